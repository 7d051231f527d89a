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
        },
        Fault(
            "vfs-refused", at: [.node],
            "the kernel has no room for the VFs' registers: there are none, and its log says why"
        ) { place, state in
            for name in state.nodes(at: place) {
                for index in state.nodes[name]?.functions.indices ?? 0..<0 {
                    state.nodes[name]?.functions[index].virtualFunctions = []
                    state.nodes[name]?.functions[index].lacksRoom = true
                }
            }
        },
        Fault("pf-down", at: [.node], "the PF is administratively down") { place, state in
            state.changePF(at: place) { $0.adminUp = false }
        },
        Fault("cable-pulled", at: [.node], "the cable between the PF and its switch port is out") { place, state in
            state.changePF(at: place) { $0.carrier = false }
        },
        Fault(
            "vfs-taken-away", at: [.node],
            "as soon as the pod has its VF, sriov_numvfs is set to 0: the interface vanishes from the pod without a word"
        ) { place, state in state.addMishap(.functionsTakenAway, at: place) },
        Fault(
            "pod-mac-changed", at: [.node], "the pod gives its interface another MAC; everything works, with that one"
        ) { place, state in state.addMishap(.macChanged, at: place) },
        Fault(
            "admin-mac-changed", at: [.node],
            "the PF's administrator gives the pod's VF another MAC while it is up; the interface keeps its own"
        ) { place, state in state.addMishap(.adminMACSet, at: place) },
        Fault("pod-interface-down", at: [.node], "the pod's interface is set down after it was attached") { place, state in
            state.addMishap(.interfaceDown, at: place)
        },
        Fault(
            "wrong-subnet", at: [.node],
            "the pod's interface has an address of the next subnet, though Multus reports the right one"
        ) { place, state in state.addMishap(.addressReplaced, at: place) },
    ]
}

extension FabricState {
    /// Lets something befall every VF that a pod of these nodes is given.
    mutating func addMishap(_ mishap: Mishap, at place: FaultPlace) {
        for name in nodes(at: place) { nodes[name]?.cni.mishaps.insert(mishap) }
    }

    fileprivate mutating func changePF(at place: FaultPlace, _ change: (inout PhysicalFunctionState) -> Void) {
        for name in nodes(at: place) {
            guard let index = nodes[name]?.functions.firstIndex(where: { $0.site.cable != nil }),
                var function = nodes[name]?.functions[index]
            else { continue }
            change(&function)
            nodes[name]?.functions[index] = function
        }
    }
}
