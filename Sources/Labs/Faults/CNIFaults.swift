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
    ]
}
