/// How one port of a switch carries VLANs: untagged as an access port, tagged as a trunk, or not at all.
///
/// - Source: IOS and EOS `show interfaces switchport`, NX-OS `show interface switchport`.
package struct PortVLANs: Hashable, Sendable {
    package var interface: InterfaceName
    /// False for a routed port; nil where not said.
    package var isSwitched: Bool?
    /// What is configured (`trunk`, `static access`, `dynamic auto`), as printed; nil where the platform does not say.
    package var configuredMode: String?
    /// What it is now (`trunk`, `static access`, `access`, `down`), as printed, without the bundle behind it.
    package var mode: String?
    /// The VLAN it has as an access port; said of a trunk too, where it counts for nothing. Nil: none, or not said.
    package var accessVLAN: VLANID?
    /// The VLAN that a trunk carries untagged; said of an access port too, where it counts for nothing. Nil: none, or not said.
    package var nativeVLAN: VLANID?
    /// Nil: none, or not said.
    package var voiceVLAN: VLANID?
    /// What a trunk is configured to carry; nil where not said.
    package var allowed: VLANSet?
    /// The port-channel it is a member of; nil where none is said.
    package var aggregate: InterfaceName?

    package init(
        interface: InterfaceName, isSwitched: Bool? = nil, configuredMode: String? = nil, mode: String? = nil,
        accessVLAN: VLANID? = nil, nativeVLAN: VLANID? = nil, voiceVLAN: VLANID? = nil, allowed: VLANSet? = nil,
        aggregate: InterfaceName? = nil
    ) {
        self.interface = interface
        self.isSwitched = isSwitched
        self.configuredMode = configuredMode
        self.mode = mode
        self.accessVLAN = accessVLAN
        self.nativeVLAN = nativeVLAN
        self.voiceVLAN = voiceVLAN
        self.allowed = allowed
        self.aggregate = aggregate
    }
}

extension PortVLANs: Row {
    package var json: JSONValue {
        [
            "interface": .text(interface), "switched": .flag(isSwitched), "configuredMode": .text(configuredMode),
            "mode": .text(mode), "accessVlan": .int(accessVLAN?.number), "nativeVlan": .int(nativeVLAN?.number),
            "voiceVlan": .int(voiceVLAN?.number), "allowed": .text(allowed), "aggregate": .text(aggregate),
        ]
    }
}
