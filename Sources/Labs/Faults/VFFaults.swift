/// Faults of a node's virtual functions.
enum VFFaults {
    static let all = [
        Fault("vfs-not-persisted", at: [.node], "the node came up with no VFs: nothing wrote sriov_numvfs after the last boot") {
            place, state in
            for name in state.nodes(at: place) {
                for index in state.nodes[name]?.functions.indices ?? 0..<0 {
                    state.nodes[name]?.functions[index].virtualFunctions = []
                }
            }
        }
    ]
}
