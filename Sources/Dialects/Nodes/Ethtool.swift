package import Facts

/// `ethtool -i`, `-S` and `-k` of one interface.
package enum Ethtool {
    /// Driver, versions and bus of one interface.
    ///
    /// - Source: ethtool `ethtool.c` (`dump_drvinfo`); `fixtures/nodes/igb/ethtool-i-eno2.txt`, `fixtures/nodes/ethtool`.
    package static func driver(_ text: String) throws(DialectError) -> Reading<DriverInfo> {
        let lines = TextLines(text)
        var draft = TableDraft<DriverInfo>(expected: "`ethtool -i`")
        var block: [Substring: Substring] = [:]
        var first: TextLine?
        func close() {
            guard let start = first else { return }
            let said = { (key: Substring) in block[key].flatMap { $0.isEmpty ? nil : String($0) } }
            if let driver = said("driver"), block["bus-info"] != nil {
                draft.rows.append(
                    DriverInfo(
                        driver: driver, version: said("version"), firmwareVersion: said("firmware-version"),
                        busInfo: said("bus-info")))
            } else {
                draft.leaveUnread(start)
            }
            block = [:]
            first = nil
        }
        for line in lines where !line.isBlank {
            guard let colon = line.text.firstIndex(of: ":"), keys.contains(line.text[..<colon].trimmedBlanks) else {
                if !SessionNoise.matches(line.text), ErrorText.classify(line.trimmed) == nil { draft.leaveUnread(line) }
                continue
            }
            let key = line.text[..<colon].trimmedBlanks
            // One that comes again is the next interface's.
            if block[key] != nil { close() }
            first = first ?? line
            block[key] = line.text[line.text.index(after: colon)...].trimmedBlanks
        }
        close()
        return try draft.finish(lines, form: "text")
    }

    private static let keys: Set<Substring> = [
        "driver", "version", "firmware-version", "expansion-rom-version", "bus-info", "supports-statistics", "supports-test",
        "supports-eeprom-access", "supports-register-dump", "supports-priv-flags",
    ]

    /// The counters of `-S`, in the order printed. `no stats available` is a stated emptiness.
    ///
    /// - Source: ethtool `ethtool.c` (`do_gstats`: `NIC statistics:`, then name and number).
    package static func statistics(_ text: String) throws(DialectError) -> Reading<NamedValue> {
        try list(text, title: "NIC statistics:", nothing: "no stats available", expected: "`ethtool -S`") { name, value in
            value.isDecimal && !name.isEmpty ? NamedValue(name: String(name), value: String(value)) : nil
        }
    }

    /// The features of `-k`, in the order printed.
    ///
    /// - Source: ethtool `ethtool.c` (`dump_features`: `on`/`off`, then `[fixed]`, `[requested on]`).
    package static func features(_ text: String) throws(DialectError) -> Reading<NamedValue> {
        // Releases before 3.4 call them offload parameters, and some names have blanks (`tcp segmentation offload`).
        let isOld = text.contains("Offload parameters for ")
        let title = isOld ? "Offload parameters for " : "Features for "
        return try list(text, title: title, expected: "`ethtool -k`") { name, value in
            let words = value.words
            guard isOld || !name.utf8.contains(0x20), let state = words.first, state == "on" || state == "off",
                words.count == 1 || words[1].hasPrefix("[") && words.last?.hasSuffix("]") == true
            else { return nil }
            return NamedValue(name: String(name), value: String(state), isFixed: words.contains("[fixed]"))
        }
    }

    /// `NAME: VALUE` a line below a title.
    private static func list(
        _ text: String, title: String, nothing: String? = nil, expected: String, row: (Substring, Substring) -> NamedValue?
    ) throws(DialectError) -> Reading<NamedValue> {
        let lines = TextLines(text)
        var draft = TableDraft<NamedValue>(expected: expected)
        var scan = RowScan<NamedValue>(lines, isFurniture: { $0.text.hasPrefix(title) }) { line in
            guard let colon = line.lastIndex(of: ":") else { return nil }
            return row(line[..<colon].trimmedBlanks, line[line.index(after: colon)...].trimmedBlanks)
        }
        guard scan.sawFurniture else {
            draft.statedEmpty = nothing.map { words in lines.contains { $0.trimmed == words } } == true && scan.rows.isEmpty
            return try draft.finish(lines, form: "text")
        }
        scan.dropCutRow(lines) { _, _, _ in false }
        draft.take(scan)
        return try draft.finish(lines, form: "text")
    }
}
