internal import Facts

/// `[  119.262252] igb 0000:01:00.1 eno2: message`; the time may be a date (`dmesg -T`), a day or a difference (`dmesg -H`), and a
/// journal's head may stand before.
///
/// - Source: util-linux `sys-utils/dmesg.c` for the forms of its times, systemd `logs-show.c` for those of a journal's head.
struct KernelLogLine {
    /// As printed, without brackets and without the host.
    let time: String
    let message: Substring

    init?(_ line: Substring) {
        var rest = line
        var stamp: Substring?
        if let kernel = rest.firstRange(of: " kernel: "), kernel.upperBound < rest.endIndex, !rest.hasPrefix("[") {
            stamp = rest[..<kernel.lowerBound]
            rest = rest[kernel.upperBound...].trimmedBlanks
        } else if rest.hasPrefix("<"), let close = rest.firstIndex(of: ">"), rest[..<close].dropFirst().isDecimal {
            // `dmesg -r`: facility and level as one number.
            rest = rest[rest.index(after: close)...]
        } else if let level = rest.firstIndex(of: ":"), rest[..<level].trimmedBlanks == "kern",
            let open = rest.firstIndex(of: "[")
        {
            // `dmesg -x`: facility and level.
            rest = rest[open...]
        } else if let first = rest.words.first, Self.isISOTime(first) {
            stamp = first
            rest = rest[first.endIndex...]
        }
        if rest.hasPrefix("["), let close = rest.firstIndex(of: "]"),
            Self.isTime(rest[rest.index(after: rest.startIndex)..<close])
        {
            stamp = stamp ?? rest[rest.index(after: rest.startIndex)..<close].trimmedBlanks
            rest = rest[rest.index(after: close)...]
        }
        guard let stamp else { return nil }
        time = Self.withoutHost(stamp)
        message = rest.trimmedBlanks
    }

    /// The head of a journal's line ends with the host's name, unless that was left out: then with the time.
    private static func withoutHost(_ stamp: Substring) -> String {
        let words = stamp.words
        let endsWithHost = words.count == 2 && !words[1].contains(":") || words.count == 4 && words[2].contains(":")
        return endsWithHost ? words.dropLast().joined(separator: " ") : String(stamp)
    }

    /// `  119.262252`, `  +0.000006`, `Dec13 23:57`, `Mon Nov 23 10:10:10 2026`
    private static func isTime(_ text: Substring) -> Bool {
        let words = text.words
        switch words.count {
        case 1:
            let parts = (words[0].hasPrefix("+") ? words[0].dropFirst() : words[0])
                .split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy(\.isDecimal)
        case 2:
            let clock = words[1].split(separator: ":", omittingEmptySubsequences: false)
            return words[0].dropFirst(3).isDecimal && clock.count == 2 && clock.allSatisfy(\.isDecimal)
        // `[Aug 4 09:48]`: a day of one figure has a blank before it.
        case 3: return words[0].utf8.count == 3 && words[1].isDecimal && words[2].contains(":")
        default: return words.count == 5 && words[3].contains(":") && words[4].isDecimal
        }
    }

    /// `2024-05-06T10:10:10,123456+00:00`
    private static func isISOTime(_ word: Substring) -> Bool {
        let parts = word.split(separator: "T", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].utf8.count == 10 && parts[0].split(separator: "-").allSatisfy(\.isDecimal)
            && parts[1].contains(":") && parts[1].contains(",")
    }

    /// The fault with the device, interface and VF that the message names.
    func entry(_ fault: KernelMessage.Fault) -> KernelMessage {
        let words = message.words
        var start = message.startIndex
        var entry = KernelMessage(fault: fault, text: "")
        entry.time = time
        if words.count > 2, let address = PCIAddress(words[1].hasSuffix(":") ? words[1].dropLast() : words[1]) {
            entry.driver = String(words[0])
            entry.pciAddress = address
            start = words[1].endIndex
            // `eno2:`, and `(unnamed net_device) (uninitialized):`
            if !words[1].hasSuffix(":"), words[2].hasSuffix(":") {
                entry.interface = InterfaceName(words[2].dropLast())
                start = words[2].endIndex
            }
        }
        if fault == .iommuFault { entry.pciAddress = requester ?? entry.pciAddress }
        entry.vf = Self.vf(words)
        entry.text = String(message[start...].drop { $0 == " " || $0 == ":" })
        return entry
    }

    /// The device that an IOMMU complains of: `Request device [01:10.3]`, `Request device [0xe2:0x00.0]`, `device=01:10.0`.
    private var requester: PCIAddress? {
        if let open = message.firstRange(of: "Request device [") {
            let words = message[open.upperBound...].prefix { $0 != "]" }.split(separator: ":")
            return PCIAddress(words.map { $0.hasPrefix("0x") ? $0.dropFirst(2) : $0 }.joined(separator: ":"))
        }
        return message.words.first { $0.hasPrefix("device=") }.flatMap { PCIAddress($0.dropFirst("device=".count)) }
            ?? message.firstRange(of: "device=").flatMap { PCIAddress(message[$0.upperBound...].prefix { $0 != " " }) }
    }

    /// `VF 3`, `VF# 4`, `VF number 0x05`; the last that is named.
    private static func vf(_ words: [Substring]) -> Int? {
        guard let place = words.lastIndex(where: { $0 == "VF" || $0 == "VF#" }), place + 1 < words.count else { return nil }
        if words[place + 1] == "number", place + 2 < words.count, words[place + 2].hasPrefix("0x") {
            return Int(words[place + 2].dropFirst(2), radix: 16)
        }
        return words[place + 1].prefix { $0 != "," && $0 != "." && $0 != ":" }.decimal
    }
}
