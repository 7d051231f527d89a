package import Facts

/// `ip link show`, text or JSON, of iproute2 since 2.6.34 and of busybox.
package enum IPLink {
    package enum Platform: Sendable {
        case iproute2
        case busybox
        /// Whichever wrote it: a container has one or the other.
        case any
    }

    /// All links, in the order of the output.
    ///
    /// - Throws: `DialectError`: another program's output, an error text, broken JSON.
    /// - Source: `fixtures/nodes/seed-worker*-ip-link.txt`, `fixtures/nodes/igb-*.txt`.
    package static func read(_ text: String, platform: Platform = .iproute2) throws(DialectError) -> Reading<Link> {
        let (lines, output) = try readBlocks(text, platform: platform, table: "ip link")
        var draft = TableDraft<Link>(expected: expected("ip link", platform), own: [.ipLink])
        draft.statedEmpty = output.statedEmpty
        draft.unread = output.unread
        draft.rows = output.blocks.filter(\.hasHeader).map { block in
            Link(
                index: block.header.index, interface: block.header.name, mac: block.mac, mtuBytes: block.header.mtuBytes,
                operState: block.header.operState, flags: block.header.flags, altNames: block.altNames, vfs: block.vfs)
        }
        draft.sawOwnFurniture = output.blocks.contains { !$0.hasHeader }
        return try draft.finish(lines, form: form(output))
    }

    static func expected(_ command: String, _ platform: Platform) -> String {
        switch platform {
        case .iproute2: "`\(command)` of iproute2"
        case .busybox: "`\(command)` of busybox"
        case .any: "`\(command)`"
        }
    }

    static func form(_ output: IPOutput) -> String {
        output.isJSON ? "json" : output.writer == .busybox ? "text/busybox" : "text"
    }

    /// The blocks of any `ip link` or `ip addr` output; refuses the other program's.
    static func readBlocks(
        _ text: String, platform: Platform, table: String
    ) throws(DialectError) -> (lines: TextLines, output: IPOutput) {
        let lines = TextLines(text)
        let output = JSONDocuments.isJSON(lines) ? IPJSONReader.read(try JSONDocuments(lines)) : IPTextReader.read(lines)
        switch (platform, output.writer) {
        case (.iproute2, .busybox):
            throw .wrongPlatform(
                expected: expected(table, platform),
                looksLike: "busybox `ip` output, which states neither groups nor VFs")
        case (.busybox, .iproute2):
            throw .wrongPlatform(expected: expected(table, platform), looksLike: "iproute2 `ip` output")
        default: return (lines, output)
        }
    }
}
