package import Facts

/// `ip addr`, text or JSON, of iproute2 and of busybox.
package enum IPAddr {
    /// All interfaces with their addresses, in the order of the output.
    ///
    /// - Parameter platform: `.any` takes either program's text; the form says which it was.
    /// - Throws: `DialectError`; `ip link` output too, since an interface without addresses there has none stated.
    /// - Source: the seed's three pods (busybox 1.28), `fixtures/pods`.
    package static func read(
        _ text: String, platform: IPLink.Platform = .any
    ) throws(DialectError) -> Reading<InterfaceAddresses> {
        let (lines, output) = try IPLink.readBlocks(text, platform: platform, table: "ip addr")
        var draft = TableDraft<InterfaceAddresses>(expected: IPLink.expected("ip addr", platform), own: [.ipLink])
        draft.statedEmpty = output.statedEmpty
        draft.unread = output.unread
        let isLink =
            output.isBriefLink || output.blocks.contains { $0.header.hasMode || !$0.vfs.isEmpty } && !output.showsAddresses
        if isLink {
            throw .wrongPlatform(expected: draft.expected, looksLike: "`ip link` output, which never shows addresses")
        }
        draft.rows = output.blocks.filter(\.hasHeader).map(addresses)
        return try draft.finish(lines, form: IPLink.form(output))
    }

    private static func addresses(_ block: IPBlock) -> InterfaceAddresses {
        let flags = block.header.flags
        return InterfaceAddresses(
            index: block.header.index, interface: block.header.name, mac: block.mac, mtuBytes: block.header.mtuBytes,
            up: flags.isEmpty ? nil : flags.contains("UP"), lowerUp: flags.isEmpty ? nil : flags.contains("LOWER_UP"),
            ipv4: block.addresses.filter(\.address.isIPv4), ipv6: block.addresses.filter { !$0.address.isIPv4 })
    }
}
