package import Facts

/// `bridge link show`, text and JSON: what the kernel's bridge lets each of its ports do.
package enum BridgeLink {
    /// One entry a port, in the order of the output. A bridge without spanning tree has its ports `forwarding` while they have
    /// carrier, and `disabled` else.
    ///
    /// With `-d` releases before 5.10 print the bridge itself too, as its own master and without a state, which is no port.
    ///
    /// - Source: iproute2 `bridge/link.c`; `fixtures/nodes/bridge/bridge-link.txt`; `fixtures/emulated/*/switch-bridge-link*`.
    package static func read(_ text: String) throws(DialectError) -> Reading<SpanningTreePort> {
        let lines = TextLines(text)
        var draft = TableDraft<SpanningTreePort>(expected: "`bridge link show` of iproute2", own: [.ipLink])
        guard JSONDocuments.isJSON(lines) else {
            draft.take(RowScan(lines, isFurniture: isDetail, startsRow: startsRow, row: row))
            return try draft.finish(lines, form: "text")
        }
        let found = try JSONDocuments(lines)
        draft.unread = found.stray
        for document in found.documents {
            let elements = document.value.listed
            if elements.isEmpty { draft.statedEmpty = true }
            for element in elements where element["state"] != nil || !isNoPort(element) {
                guard let name = element["ifname"]?.text, let word = element["state"]?.text,
                    let state = SpanningTreeWords.state(word)
                else {
                    draft.unread.append(UnreadLine(number: document.line, text: String(element.compactText.prefix(200))))
                    continue
                }
                draft.rows.append(SpanningTreePort(interface: InterfaceName(name), state: state, printedState: word))
            }
        }
        return try draft.finish(lines, form: "json")
    }

    /// `3: swp1: <FLAGS> mtu 1500 master br0 state forwarding priority 32 cost 100`; old releases put `@NONE` or the lower
    /// device behind the name, and the link's state before the flags.
    private static func row(_ line: Substring) -> SpanningTreePort? {
        let words = line.words
        guard words.count >= 8, words[0].hasSuffix(":"), words[0].dropLast().isDecimal, words.contains("master"),
            let place = words.lastIndex(of: "state"), place + 1 < words.count,
            let state = SpanningTreeWords.state(words[place + 1]),
            let priority = words.firstIndex(of: "priority"), priority > place, let cost = words.firstIndex(of: "cost"),
            cost + 1 < words.count, words[cost + 1].isDecimal
        else { return nil }
        let name = words[1].prefix { $0 != "@" && $0 != ":" }
        return name.isEmpty
            ? nil : SpanningTreePort(interface: InterfaceName(name), state: state, printedState: String(words[place + 1]))
    }

    private static func startsRow(_ line: TextLine) -> Bool {
        line.indent == 0 && line.words.count > 1 && line.words[0].hasSuffix(":") && line.words[0].dropLast().isDecimal
    }

    private static func isNoPort(_ element: JSONValue) -> Bool {
        element["ifname"] == element["master"] || element["hwmode"] != nil && element["master"] == nil
    }

    /// What `-d` adds below a port, and the bridge itself: `6: br0: <FLAGS> mtu 1500 master br0`. A card that switches between
    /// its VFs is listed by its own mode and is no bridge's port: `7: ens1f0: <FLAGS> mtu 1500 hwmode VEB`.
    private static func isDetail(_ line: TextLine) -> Bool {
        if startsRow(line), line.words.contains("hwmode"), !line.words.contains("master") {
            return ["VEB", "VEPA", "UNDEF"].contains(line.words[line.words.count - 1])
        }
        if startsRow(line), line.words.count > 4, line.words[line.words.count - 2] == "master" {
            return line.words[1] == line.words[line.words.count - 1] + ":"
        }
        return line.indent > 0
            && line.words.contains { $0 == "hairpin" || $0 == "learning" || $0 == "flood" || $0 == "neigh_suppress" }
    }
}
