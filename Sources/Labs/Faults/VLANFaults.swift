internal import Facts

/// Faults of the VLAN on a VF.
enum VLANFaults {
    static let all = [
        Fault("vlan-not-applied", at: [.node], "sriov-cni attaches the VF and sets no VLAN on it") { place, state in
            for name in state.nodes(at: place) { state.nodes[name]?.cni.vlanWriting = .never }
        },
        Fault("wrong-vlan", at: [.node], "the VF gets another VLAN than the network says") { place, state in
            for name in state.nodes(at: place) {
                let used = Set(state.site.switches.flatMap(\.vlans).map(\.tag))
                let other = (1...).lazy.compactMap { offset in used.max().flatMap { VLANID($0.number + offset) } }.first {
                    !used.contains($0)
                }
                if let other { state.nodes[name]?.cni.vlanWriting = .other(other) }
            }
        },
    ]
}
