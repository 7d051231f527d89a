/// Faults of the SR-IOV operator and of dynamic resource allocation; without effect on a site that has none.
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
        Fault("policy-wants-more", at: [.node], "a policy of the SR-IOV operator asks for one VF more than there is") {
            place, state in
            for name in state.nodes(at: place) { state.nodes[name]?.policyWantsMore = true }
        },
        Fault("sriov-network-edited", at: [.cluster], "the SR-IOV operator's networks say another VLAN than their NADs") {
            _, state in
            state.operatorNetworksEdited = true
        },
        Fault("claim-names-other-vf", at: [.node], "ResourceClaims of the node's pods name another VF than the pods have") {
            place, state in
            for name in state.nodes(at: place) { state.nodes[name]?.claimsNameOther = true }
        },
    ]
}
