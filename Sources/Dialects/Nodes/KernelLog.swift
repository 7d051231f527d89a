package import Facts

/// `dmesg` or `journalctl -k`: the lines that name a fault of SR-IOV.
package enum KernelLog {
    /// What a fault's line contains. The words are those of the kernel: `drivers/pci/iov.c`, the PF drivers igb, ixgbe, i40e and
    /// ice, `net/sched/sch_generic.c`, `drivers/iommu/intel/dmar.c`.
    private static let marks: [(words: String, fault: KernelMessage.Fault)] = [
        ("not enough MMIO resources for SR-IOV", .mmioTooSmall), ("SR-IOV: IOV BARS not allocated", .mmioTooSmall),
        ("SR-IOV: bus number out of range", .busRangeTooSmall),
        ("attempted to override administratively set MAC", .vfMACOverride),
        ("attempted to override administratively set VLAN", .vfVLANOverride),
        ("attempted to set invalid mac", .vfMACInvalid), ("attempted to set invalid MAC", .vfMACInvalid),
        ("VF is not trusted", .vfNotTrusted), ("Spoof event(s) detected on VF", .spoofedPackets),
        ("Spoofed packets detected", .spoofedPackets), ("Malicious Driver Detection event", .maliciousDriver),
        ("NIC Link is Down", .linkDown), ("NETDEV WATCHDOG", .transmitTimeout), ("] Request device [", .iommuFault),
    ]

    /// The faults in the order of the log. A log without any states so; what a ring buffer has lost it cannot say.
    ///
    /// - Throws: `DialectError` when no line has the time of a kernel log.
    package static func read(_ text: String) throws(DialectError) -> Reading<KernelMessage> {
        let lines = TextLines(text)
        var draft = TableDraft<KernelMessage>(expected: "`dmesg` or `journalctl -k`")
        var saw = false
        var open: Substring?
        for line in lines where !line.isBlank {
            guard let parts = KernelLogLine(line.trimmed) else {
                // A line that a terminal broke, the more of a message, or something that names a fault and is no line of a log.
                let joined = open.map { [Substring($0 + line.text), Substring($0 + " " + line.trimmed)] } ?? []
                if let whole = joined.first(where: { fault(in: $0) != nil }), let parts = KernelLogLine(whole.trimmedBlanks),
                    let fault = fault(in: whole)
                {
                    draft.rows.append(parts.entry(fault))
                    open = nil
                } else if fault(in: line.trimmed) != nil {
                    draft.leaveUnread(line)
                } else {
                    open = joined.first
                }
                continue
            }
            open = fault(in: parts.message) == nil ? line.text : nil
            saw = true
            guard let fault = fault(in: parts.message) else { continue }
            draft.rows.append(parts.entry(fault))
        }
        draft.statedEmpty = saw && draft.rows.isEmpty
        return try draft.finish(lines, form: "text")
    }

    private static func fault(in text: Substring) -> KernelMessage.Fault? {
        marks.first { text.contains($0.words) }?.fault
    }
}

/// `[  119.262252] igb 0000:01:00.1 eno2: message`; the time may be a date (`dmesg -T`), and a journal's head may stand before.
private struct KernelLogLine {
    let time: String
    let message: Substring

    init?(_ line: Substring) {
        var rest = line
        var stamp: Substring?
        if let kernel = rest.firstRange(of: " kernel: "), kernel.upperBound < rest.endIndex, !rest.hasPrefix("[") {
            stamp = rest[..<kernel.lowerBound]
            rest = rest[kernel.upperBound...].trimmedBlanks
        } else if let level = rest.firstIndex(of: ":"), rest[..<level].trimmedBlanks == "kern",
            let open = rest.firstIndex(of: "[")
        {
            // `dmesg -x`: facility and level.
            rest = rest[open...]
        }
        if rest.hasPrefix("["), let close = rest.firstIndex(of: "]"),
            Self.isTime(rest[rest.index(after: rest.startIndex)..<close])
        {
            stamp = stamp ?? rest[rest.index(after: rest.startIndex)..<close].trimmedBlanks
            rest = rest[rest.index(after: close)...]
        }
        guard let stamp else { return nil }
        // The head of a journal's line ends with the host's name.
        let words = stamp.words
        time = words.count == 4 && words[2].contains(":") ? words.dropLast().joined(separator: " ") : String(stamp)
        message = rest.trimmedBlanks
    }

    /// `  119.262252`, `Mon Nov 23 10:10:10 2026`
    private static func isTime(_ text: Substring) -> Bool {
        let words = text.words
        if words.count == 1 {
            let parts = words[0].split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy(\.isDecimal)
        }
        return words.count == 5 && words[3].contains(":") && words[4].isDecimal
    }

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
        if fault == .iommuFault, let open = message.firstRange(of: "Request device [") {
            entry.pciAddress = PCIAddress(message[open.upperBound...].prefix { $0 != "]" })
        }
        if let place = words.lastIndex(where: { $0 == "VF" || $0 == "VF#" }), place + 1 < words.count {
            entry.vf = words[place + 1].decimal
        }
        entry.text = String(message[start...].drop { $0 == " " || $0 == ":" })
        return entry
    }
}
