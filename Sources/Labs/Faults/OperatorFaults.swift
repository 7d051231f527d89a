/// Faults of the SR-IOV operator; without effect on a site that has none.
enum OperatorFaults {
    static let all = [
        Fault("operator-sync-failed", at: [.node], "the SR-IOV operator could not set the node up, and says so in its node state")
        {
            place, state in
            for name in state.nodes(at: place) {
                state.nodes[name]?.operatorError = "cannot allocate memory writing sriov_numvfs"
            }
        },
        Fault("operator-stale", at: [.node], "the SR-IOV operator's node state says one VF more than there is") { place, state in
            for name in state.nodes(at: place) {
                let count = state.nodes[name]?.sriov?.virtualFunctions.count ?? 0
                state.nodes[name]?.operatorCount = count + 1
            }
        },
    ]
}
