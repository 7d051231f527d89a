/// One link of a host: a row of `ip link show`.
///
/// - Source: `ip link show`, `ip -j link show`; busybox `ip link` states neither operState nor VFs.
package struct Link: Hashable, Sendable {
    /// Nil where the pasted text has none (two of the seed's three blocks).
    package var index: Int?
    package var interface: InterfaceName
    /// Nil for links without an Ethernet address.
    package var mac: MACAddress?
    package var mtuBytes: Int?
    /// `UP`, `DOWN`, `UNKNOWN`, … as printed; nil where not printed.
    package var operState: String?
    /// The flags between `<` and `>`, in order.
    package var flags: [String]
    package var altNames: [String]
    package var vfs: [VirtualFunction]

    package init(
        index: Int? = nil, interface: InterfaceName, mac: MACAddress? = nil, mtuBytes: Int? = nil, operState: String? = nil,
        flags: [String] = [], altNames: [String] = [], vfs: [VirtualFunction] = []
    ) {
        self.index = index
        self.interface = interface
        self.mac = mac
        self.mtuBytes = mtuBytes
        self.operState = operState
        self.flags = flags
        self.altNames = altNames
        self.vfs = vfs
    }
}

extension Link: Row {
    package var json: JSONValue {
        [
            "index": .int(index), "interface": .text(interface), "mac": .text(mac), "mtu": .int(mtuBytes),
            "operState": .text(operState), "altNames": .array(altNames.map { .string($0) }), "vfs": .array(vfs.map(\.json)),
        ]
    }
}
