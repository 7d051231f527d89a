package import Facts

/// The VF lines of `ip link show`, text or JSON.
package enum VFTable {
    /// The VFs of all PFs in the output, in its order.
    ///
    /// Stated empty means that links were printed by a program that would have shown VFs, and none had any.
    /// - Throws: `DialectError`; busybox' output too, since busybox never prints VFs.
    package static func read(_ text: String) throws(DialectError) -> Reading<VirtualFunction> {
        let (lines, output) = try IPLink.readBlocks(text, platform: .iproute2, table: "ip link show")
        return try table(lines, output, output.blocks)
    }

    /// The VFs of one PF.
    ///
    /// - Throws: also when the output shows other interfaces and not this one.
    package static func read(_ text: String, pf: InterfaceName) throws(DialectError) -> Reading<VirtualFunction> {
        let (lines, output) = try IPLink.readBlocks(text, platform: .iproute2, table: "ip link show dev \(pf)")
        let mine = output.blocks.filter { $0.header.name == pf || $0.altNames.contains(pf.printed) }
        if mine.isEmpty, let other = output.blocks.first, output.unread.isEmpty {
            throw .incomplete(
                expected: "the block of \(pf) in `ip link show`", saw: "\(other.header.name), the first of \(output.blocks.count)"
            )
        }
        return try table(lines, output, mine)
    }

    private static func table(
        _ lines: TextLines, _ output: IPOutput, _ blocks: [IPBlock]
    ) throws(DialectError) -> Reading<VirtualFunction> {
        var draft = TableDraft<VirtualFunction>(expected: "VF lines of `ip link show`", own: [.ipLink])
        draft.rows = blocks.flatMap(\.vfs)
        draft.unread = output.unread
        draft.statedEmpty = output.statedEmpty || output.wouldShowVFs && !blocks.isEmpty && lines.endsWithNewline
        draft.sawOwnFurniture = !output.blocks.isEmpty
        if draft.rows.isEmpty, output.showsAddresses, output.unread.isEmpty {
            throw .wrongPlatform(
                expected: draft.expected, looksLike: "`ip addr` output, which never shows VFs")
        }
        return try draft.finish(lines, form: IPLink.form(output))
    }
}
