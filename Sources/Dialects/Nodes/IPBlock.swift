internal import Facts

/// What one interface's block of `ip link` or `ip addr` says, from text or JSON.
struct IPBlock {
    var header: IPHeader
    /// The header's line, or the only one; nil for JSON and for blocks without one.
    var source: TextLine?
    /// `ether`, `loopback`, `infiniband`, …; nil where no link line was printed.
    var linkType: String?
    var mac: MACAddress?
    var altNames: [String] = []
    var vfs: [VirtualFunction] = []
    var addresses: [IPPrefix] = []
    /// False for VF lines under no header, whose PF only the pasted command names.
    var hasHeader = true
    /// A row of `ip -br`, which is all that is printed of an interface.
    var isBrief = false

    /// Nothing stands below the header yet.
    var isBare: Bool { linkType == nil && vfs.isEmpty && addresses.isEmpty && altNames.isEmpty }

    init(header: IPHeader, source: TextLine? = nil, hasHeader: Bool = true) {
        self.header = header
        self.source = source
        self.hasHeader = hasHeader
    }
}

/// All blocks of one output.
struct IPOutput {
    var blocks: [IPBlock] = []
    var unread: [UnreadLine] = []
    /// `[]`, or a list of nothing but empty objects.
    var statedEmpty = false
    /// An `inet` line, `addr_info` or a row of `ip -br addr` was seen.
    var showsAddresses = false
    /// A row of `ip -br link` was seen: neither addresses nor VFs are stated.
    var isBriefLink = false
    var isJSON = false

    /// Which program wrote the headers.
    enum Writer { case iproute2, busybox, either }

    var writer: Writer {
        if isJSON || isBriefLink { return .iproute2 }
        let headers = blocks.filter { $0.hasHeader && $0.source != nil && !$0.isBrief }.map(\.header)
        if headers.contains(where: { $0.hasMode || $0.hasGroup }) { return .iproute2 }
        return headers.contains { $0.hasState } || headers.isEmpty ? .either : .busybox
    }

    /// True when the headers are those of `ip link`, where VFs would be shown: `mode` since iproute2 3.0.
    var wouldShowVFs: Bool {
        isJSON ? !showsAddresses && !blocks.isEmpty : blocks.contains { $0.header.hasMode } && !showsAddresses
    }
}
