/// One trunk of a switch with the VLANs that it lets through.
///
/// - Source: IOS and EOS `show interfaces trunk`, NX-OS `show interface trunk`.
package struct TrunkPort: Hashable, Sendable {
    package var interface: InterfaceName
    /// `trunking`, `not-trunking`, `trnk-bndl`, as printed; nil where the table's head has no row for the port.
    package var status: String?
    package var nativeVLAN: VLANID?
    /// What is configured. Nil in each: the table has no such list.
    package var allowed: VLANSet?
    /// Those of them that exist on the device.
    package var active: VLANSet?
    /// Those of them that spanning tree and pruning let through.
    package var forwarding: VLANSet?

    package init(
        interface: InterfaceName, status: String? = nil, nativeVLAN: VLANID? = nil, allowed: VLANSet? = nil,
        active: VLANSet? = nil, forwarding: VLANSet? = nil
    ) {
        self.interface = interface
        self.status = status
        self.nativeVLAN = nativeVLAN
        self.allowed = allowed
        self.active = active
        self.forwarding = forwarding
    }
}

extension TrunkPort: Row {
    package var json: JSONValue {
        [
            "interface": .text(interface), "status": .text(status), "nativeVlan": .int(nativeVLAN?.number),
            "allowed": .text(allowed), "active": .text(active), "forwarding": .text(forwarding),
        ]
    }
}
