internal import Facts

/// Takes back what is whole in itself but lacks what all its neighbours have, or what every program prints after it: it was
/// cut short in the capture.
struct IPCutLines {
    private var output: IPOutput
    private let lines: TextLines

    static func dropped(from output: IPOutput, vfLines: [IPTextReader.VFRecord], lines: TextLines) -> IPOutput {
        var cut = IPCutLines(output: output, lines: lines)
        cut.dropVFs(vfLines)
        cut.drop { $0.isHeaderCut($1) }
        cut.drop { $0.isBriefRowCut($1) }
        return cut.output
    }

    private init(output: IPOutput, lines: TextLines) {
        self.output = output
        self.lines = lines
    }

    private mutating func dropVFs(_ vfLines: [IPTextReader.VFRecord]) {
        let lastNumber = lines.last { !$0.isBlank }?.number
        for (block, records) in Dictionary(grouping: vfLines, by: \.block) where output.blocks.indices.contains(block) {
            let usual = records.reduce(into: Set<VFLine.ConstantPart>()) { $0.formUnion($1.vf.constantParts) }
            var cut: Set<Int> = []
            for record in records {
                // Since 5.3 a link state is always printed; a last line without one was cut before it.
                let endsEarly =
                    record.vf.isNewForm && !record.vf.constantParts.contains(.linkState) && record.line.number == lastNumber
                guard record.vf.constantParts != usual || endsEarly else { continue }
                cut.insert(record.vf.vf.index)
                output.unread.append(record.line.unread)
            }
            if !cut.isEmpty { output.blocks[block].vfs.removeAll { cut.contains($0.index) } }
        }
    }

    /// What the headers of this output have in common.
    private struct Usual {
        var hasState = false
        var hasGroup = false
        var hasLinkLine = false
        var hasFlags = false
        var endsWithBlank = false
    }

    private mutating func drop(_ isCut: (IPCutLines, (block: IPBlock, usual: Usual)) -> Bool) {
        let headers = output.blocks.filter { $0.source != nil && !$0.isBrief }
        let briefs = output.blocks.filter(\.isBrief)
        let usual = Usual(
            hasState: headers.contains { $0.header.hasState }, hasGroup: headers.contains { $0.header.hasGroup },
            // `ip -4 addr` prints no link lines at all; else every header is followed by one.
            hasLinkLine: headers.contains { $0.linkType != nil || $0.header.hasMode },
            hasFlags: briefs.contains { !$0.header.flags.isEmpty },
            endsWithBlank: briefs.contains { $0.source?.text.utf8.last == 0x20 })
        let cut = output.blocks.map { isCut(self, ($0, usual)) }
        guard cut.contains(true) else { return }
        output.unread += zip(output.blocks, cut).filter(\.1).compactMap { $0.0.source?.unread }
        output.blocks = zip(output.blocks, cut).filter { !$0.1 }.map(\.0)
    }

    private func isHeaderCut(_ subject: (block: IPBlock, usual: Usual)) -> Bool {
        let (block, usual) = subject
        guard let source = block.source, !block.isBrief else { return false }
        // A queue's length comes behind the group: where it is printed there was no group to cut, as in outputs put together.
        return usual.hasState && !block.header.hasState
            || usual.hasGroup && !block.header.hasGroup && !block.header.hasQueueLength
            || (usual.hasLinkLine || lines.mayBeCut(source)) && block.linkType == nil
    }

    /// `ip -br link` ends every row with its flags; `ip -br addr` puts a blank behind each address.
    private func isBriefRowCut(_ subject: (block: IPBlock, usual: Usual)) -> Bool {
        let (block, usual) = subject
        guard block.isBrief, let source = block.source else { return false }
        if usual.hasFlags { return block.header.flags.isEmpty && !source.text.contains("<>") }
        return lines.mayBeCut(source) && source.text.utf8.last != 0x20 && (usual.endsWithBlank || output.blocks.count == 1)
    }
}
