/// What spanning tree lets one port do, in one of its instances.
///
/// - Source: Junos `show spanning-tree interface`; EOS, NX-OS, IOS, SONiC `show spanning-tree`; Linux `bridge link`.
package struct SpanningTreePort: Hashable, Sendable {
    /// What becomes of frames there. Only `forwarding` passes them.
    package enum State: String, Hashable, Sendable, CaseIterable {
        case forwarding, blocking, discarding, learning, listening, disabled
        /// Held down by an inconsistency that spanning tree found (`BKN*`).
        case broken
    }

    /// As printed: `VLAN0201`, `MST0`, `instance 0`; nil where the device has one tree and does not name it.
    package var instance: String?
    /// The VLAN that the instance is for; nil where it is for several, or for all.
    package var vlanID: VLANID?
    /// The VLANs mapped to the instance, where the device lists them.
    package var vlans: VLANSet?
    package var interface: InterfaceName
    /// `root`, `designated`, `alternate`, `backup`, `master`, `disabled`, else as printed; nil where not shown.
    package var role: String?
    package var state: State
    /// The state in the device's own word: `FWD`, `BKN`, `DISCARDING`.
    package var printedState: String
    /// The device's word for what is inconsistent: `PVID_Inc`; nil where nothing is said to be.
    package var inconsistency: String?
    /// `rstp`, `mstp`, `rapid-pvst`, `ieee`, as printed; nil where the table does not say.
    package var protocolName: String?

    package init(
        instance: String? = nil, vlanID: VLANID? = nil, vlans: VLANSet? = nil, interface: InterfaceName, role: String? = nil,
        state: State, printedState: String? = nil, inconsistency: String? = nil, protocolName: String? = nil
    ) {
        self.instance = instance
        self.vlanID = vlanID
        self.vlans = vlans
        self.interface = interface
        self.role = role
        self.state = state
        self.printedState = printedState ?? state.rawValue
        self.inconsistency = inconsistency
        self.protocolName = protocolName
    }
}

extension SpanningTreePort: Row {
    package var json: JSONValue {
        [
            "instance": .text(instance), "vlanId": .int(vlanID?.number), "vlans": .text(vlans), "interface": .text(interface),
            "role": .text(role), "state": .string(state.rawValue), "printedState": .string(printedState),
            "inconsistency": .text(inconsistency), "protocol": .text(protocolName),
        ]
    }
}
