/// Faults of the CNI installation on a node.
enum CNIFaults {
    static let all = [
        Fault(
            "multus-not-running", at: [.node, .cluster],
            "Multus does not run and has left no configuration: pods get the default network only, and nobody says so"
        ) { place, state in
            for name in state.nodes(at: place) {
                state.nodes[name]?.cni.multusRunning = false
                state.nodes[name]?.cni.configurations["00-multus.conf"] = nil
            }
        },
        Fault("cni-binary-missing", at: [.node], "/opt/cni/bin/sriov is not there") { place, state in
            for name in state.nodes(at: place) { state.nodes[name]?.cni.binaries["sriov"] = nil }
        },
        Fault("vf-refuses-vlan", at: [.node], "the PF's driver refuses to set a VLAN on a VF: pods stay in ContainerCreating") {
            place, state in
            for name in state.nodes(at: place) { state.nodes[name]?.cni.vlanWriting = .refused }
        },
        Fault("vf-not-reset", at: [.node], "sriov-cni gives the VF back and resets nothing on it, so the pod's tag stays") {
            place, state in
            for name in state.nodes(at: place) { state.nodes[name]?.cni.resetsOnDelete = false }
        },
        Fault(
            "sandbox-lost", at: [.node],
            "the pod's namespace is gone before sriov-cni's DEL: the VF comes back down, named as in the pod, and tagged"
        ) { place, state in state.addMishap(.namespaceLost, at: place) },
        Fault("vf-not-returned", at: [.node], "the pod's namespace outlives the pod and keeps its VF") { place, state in
            state.addMishap(.namespaceKept, at: place)
        },
    ]
}
