internal import Facts

/// Faults of the device plugin and of what the kubelet gives out.
enum DevicePluginFaults {
    static let all = [
        Fault(
            "selector-matches-nothing", at: [.cluster, .node],
            "the device plugin's selector fits no VF: on the cluster its ConfigMap asks for another device, on a node the card is another"
        ) { place, state in
            guard case .node(let name) = place else {
                state.devicePluginConfig = state.devicePluginConfig.replacing("\"1515\"", with: "\"154c\"")
                return
            }
            for index in state.nodes[name]?.functions.indices ?? 0..<0 {
                guard state.nodes[name]?.functions[index].site.model == .x540 else { continue }
                state.nodes[name]?.functions[index].model = .x550
            }
        },
        Fault(
            "stale-allocatable", at: [.node],
            "VFs were made after the device plugin had looked: the node offers fewer than there are"
        ) { place, state in
            for name in state.nodes(at: place) {
                guard let node = state.nodes[name], let vfs = node.sriov?.virtualFunctions else { continue }
                let first = node.site.attachment?.virtualFunction ?? 0
                // The half that it saw, with the VF that it gives out first among them.
                let others = vfs.map(\.index).filter { $0 != first }.prefix(max(0, vfs.count / 2 - 1))
                state.nodes[name]?.devicePlugin.sawOnly = Set(
                    vfs.filter { $0.index == first || others.contains($0.index) }.map(\.address))
            }
        },
        Fault("no-free-vf", at: [.node], "another tenant's pod holds every VF of the node") { place, state in
            state.occupied.formUnion(state.nodes(at: place))
        },
    ]
}
