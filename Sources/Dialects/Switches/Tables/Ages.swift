/// Ages as IOS-like systems print them, in whole seconds.
enum Ages {
    /// `0:08:16`, `00:17:02`, `17:02`, `1d02h`, `2w3d`, `0.106174`; nil for `-`, `N/A`, `~~~` and everything else.
    static func clock(_ word: some StringProtocol) -> Int? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2 || parts.count == 3 {
            var total = 0
            for part in parts {
                guard let value = Substring(part).decimal, value < 1_000_000 else { return nil }
                total = total * 60 + value
            }
            return total
        }
        return parts.count == 1 ? letters(word) ?? fraction(word) : nil
    }

    /// `1d02h`, `2w3d`, `3y12w`
    private static func letters(_ word: some StringProtocol) -> Int? {
        var total = 0
        var value: Int?
        for byte in word.utf8 {
            if (0x30...0x39).contains(byte) {
                value = (value ?? 0) * 10 + Int(byte - 0x30)
                guard value ?? 0 < 1_000_000 else { return nil }
                continue
            }
            guard let number = value, let unit = seconds(byte) else { return nil }
            total += number * unit
            value = nil
        }
        return value == nil && !word.isEmpty ? total : nil
    }

    private static func seconds(_ unit: UInt8) -> Int? {
        switch unit {
        case 0x79: 31_536_000  // y
        case 0x77: 604_800  // w
        case 0x64: 86_400  // d
        case 0x68: 3_600  // h
        case 0x6d: 60  // m
        case 0x73: 1  // s
        default: nil
        }
    }

    private static func fraction(_ word: some StringProtocol) -> Int? {
        guard let dot = word.utf8.firstIndex(of: 0x2e), Substring(word[word.utf8.index(after: dot)...]).isDecimal else {
            return nil
        }
        return Substring(word[..<dot]).decimal
    }

    /// `PT7S`, `P1M17DT4H49M`: an ISO 8601 duration, a month as 30 days and a year as 365.
    static func iso(_ word: some StringProtocol) -> Int? {
        guard word.utf8.first == 0x50 else { return nil }
        var total = 0
        var value: Int?
        var isTime = false
        for byte in word.utf8.dropFirst() {
            switch byte {
            case 0x30...0x39:
                value = (value ?? 0) * 10 + Int(byte - 0x30)
                guard value ?? 0 < 1_000_000 else { return nil }
            case 0x54: isTime = true
            default:
                guard let number = value, let unit = isoSeconds(byte, isTime: isTime) else { return nil }
                total += number * unit
                value = nil
            }
        }
        return value == nil ? total : nil
    }

    private static func isoSeconds(_ unit: UInt8, isTime: Bool) -> Int? {
        switch (unit, isTime) {
        case (0x59, false): 31_536_000
        case (0x4d, false): 2_592_000
        case (0x57, false): 604_800
        case (0x44, false): 86_400
        case (0x48, true): 3_600
        case (0x4d, true): 60
        case (0x53, true): 1
        default: nil
        }
    }
}
