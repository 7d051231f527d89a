/// Recognises log lines that a console or a terminal monitor printed into an output.
///
/// - Source: RFC 3164 and RFC 5424 headers; IOS `*Mar  1 00:00:00.123: %SYS-5-…`, NX-OS `2024 Jun  3 12:00:00 sw %…`,
///   kernel `[  119.262252] igb …`, syslogd's `Message from syslogd@host at …`.
enum SyslogLine {
    private static let months: Set<Substring> = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func matches(_ line: Substring) -> Bool {
        let start = line.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        guard let first = start.first, mayBegin(first, start.dropFirst().first) else { return false }
        let trimmed = line.trimmedBlanks
        switch first {
        case 0x5b: return isKernelTime(trimmed)
        case 0x25: return isFacility(trimmed.words.first ?? "")
        case 0x3c: return isPriority(trimmed)
        default: break
        }
        if trimmed.hasPrefix("Message from syslogd") { return true }
        return startsWithDate(trimmed)
    }

    /// Tells most lines of tables, and tags of XML, by their first two bytes.
    private static func mayBegin(_ first: UInt8, _ second: UInt8?) -> Bool {
        switch first {
        case 0x3c: (0x30...0x39).contains(second ?? 0)
        // A bracket, a facility, a number, a sign before a month, or the letters of the months (and of `Message`).
        case 0x5b, 0x25, 0x2a, 0x2e, 0x30...0x39, 0x41, 0x44, 0x46, 0x4a, 0x4d, 0x4e, 0x4f, 0x53: true
        default: false
        }
    }

    /// `[  119.262252] words`
    private static func isKernelTime(_ line: Substring) -> Bool {
        guard let close = line.utf8.firstIndex(of: 0x5d) else { return false }
        let inner = line[line.index(after: line.startIndex)..<close].trimmedBlanks
        let parts = inner.utf8.split(separator: 0x2e, omittingEmptySubsequences: false).map { Substring($0) }
        return parts.count == 2 && parts.allSatisfy(\.isDecimal)
    }

    /// `%ETHPORT-5-IF_UP:`, a Cisco message without its time.
    private static func isFacility(_ word: Substring) -> Bool {
        let parts = word.dropFirst().utf8.split(separator: 0x2d).map { Substring($0) }
        return parts.count >= 3 && parts.contains { $0.utf8.count == 1 && $0.isDecimal }
    }

    /// `<189>` and something after it.
    private static func isPriority(_ line: Substring) -> Bool {
        guard let close = line.utf8.firstIndex(of: 0x3e) else { return false }
        let number = line[line.index(after: line.startIndex)..<close]
        return number.isDecimal && number.utf8.count <= 3 && line.utf8.index(after: close) < line.utf8.endIndex
    }

    private static func startsWithDate(_ line: Substring) -> Bool {
        var cursor = WordCursor(line)
        guard var first = cursor.take() else { return false }
        if first.hasPrefix("*") || first.hasPrefix(".") { first = first.dropFirst() }
        if isISODateTime(first) { return !cursor.isAtEnd }
        // An IOS sequence number: `000123: *Mar  1 …`.
        if first.hasSuffix(":"), first.dropLast().isDecimal, let month = cursor.next {
            first = month.hasPrefix("*") || month.hasPrefix(".") ? month.dropFirst() : month
            cursor.index += 1
        }
        if first.isDecimal, first.utf8.count == 4, let month = cursor.next, months.contains(month) {
            first = month
            cursor.index += 1
        }
        guard months.contains(first), let day = cursor.take(), let number = day.decimal, (1...31).contains(number),
            var clock = cursor.take()
        else { return false }
        if clock.isDecimal, clock.utf8.count == 4, let later = cursor.take() { clock = later }
        return isClock(clock) && !cursor.isAtEnd
    }

    /// `12:00:00`, with a fraction and a colon allowed behind.
    private static func isClock(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8.prefix(8))
        guard bytes.count == 8, bytes[2] == 0x3a, bytes[5] == 0x3a else { return false }
        return [0, 1, 3, 4, 6, 7].allSatisfy { (0x30...0x39).contains(bytes[$0]) }
    }

    /// `2024-06-03T12:00:00…`
    private static func isISODateTime(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8.prefix(19))
        guard bytes.count == 19, bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[10] == 0x54 else { return false }
        return isClock(word.dropFirst(11)) && (0x30...0x39).contains(bytes[0])
    }
}
