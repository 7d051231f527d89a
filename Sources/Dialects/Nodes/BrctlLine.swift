internal import Facts

/// One line of `brctl showmacs`: `  2	02:00:c0:a8:c9:01	no		   0.02`. The port is its number; some builds put the
/// interface's name behind.
///
/// - Source: bridge-utils `brctl_cmd.c`, busybox `brctl.c`; `fixtures/nodes/brctl`.
enum BrctlLine {
    static func isTable(_ lines: TextLines) -> Bool { lines.prefix(60).contains { isHeader($0.trimmed) } }

    static func isHeader(_ line: Substring) -> Bool {
        let words = line.words
        return words.count >= 8 && words.prefix(6) == ["port", "no", "mac", "addr", "is", "local?"]
    }

    static func startsRow(_ line: TextLine) -> Bool {
        let words = line.words
        return words.count > 1 && words[0].isDecimal && words[1].contains(":")
    }

    /// A local address is `permanent`, as `bridge fdb` calls it. Nil when the line is no row.
    static func row(_ line: Substring) -> FDBEntry? {
        let words = line.words
        guard words.count == 4 || words.count == 5, words[0].isDecimal, let mac = MACAddress(linux: words[1]),
            words[2] == "yes" || words[2] == "no", let seconds = seconds(words[3])
        else { return nil }
        let isLocal = words[2] == "yes"
        var entry = FDBEntry(
            mac: mac, type: isLocal ? "permanent" : "dynamic", interface: InterfaceName(words.count == 5 ? words[4] : words[0]))
        entry.ageSeconds = isLocal ? nil : seconds
        return entry
    }

    /// Whole seconds of `12.34`, which always has two digits behind the point; nil when it is something else.
    private static func seconds(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2, parts[1].isDecimal else { return nil }
        return parts[0].decimal
    }
}
