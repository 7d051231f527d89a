package import Facts

/// `dmesg` or `journalctl -k`: the lines that name a fault of SR-IOV.
package enum KernelLog {
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
                if let whole = joined.first(where: { KernelFaults.fault(in: $0) != nil }),
                    let parts = KernelLogLine(whole.trimmedBlanks),
                    let fault = KernelFaults.fault(in: whole)
                {
                    draft.rows.append(parts.entry(fault))
                    open = nil
                } else if KernelFaults.fault(in: line.trimmed) != nil {
                    draft.leaveUnread(line)
                } else {
                    open = joined.first
                }
                continue
            }
            open = KernelFaults.fault(in: parts.message) == nil ? line.text : nil
            saw = true
            guard let fault = KernelFaults.fault(in: parts.message) else { continue }
            draft.rows.append(parts.entry(fault))
        }
        draft.statedEmpty = saw && draft.rows.isEmpty
        return try draft.finish(lines, form: "text")
    }
}
