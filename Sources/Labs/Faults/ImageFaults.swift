internal import Facts

/// Faults of the pods' images and of what their containers are allowed.
enum ImageFaults {
    static let all = [
        Fault("image-without-ip", at: [.node], "the image of the node's pods has no ip and no readlink") { place, state in
            change(&state, at: place) { $0.missingPrograms.formUnion(["ip", "readlink"]) }
        },
        Fault("image-without-ping", at: [.node], "the image of the node's pods has no ping") { place, state in
            change(&state, at: place) { $0.missingPrograms.formUnion(["ping", "busybox"]) }
        },
        Fault("image-without-programs", at: [.node], "the image of the node's pods holds its own program and nothing else") {
            place, state in change(&state, at: place) { $0.hasNoPrograms = true }
        },
        Fault("net-raw-dropped", at: [.node], "no container on the node gets NET_RAW, whatever it asks for") { place, state in
            change(&state, at: place) { $0.withholdsRaw = true }
        },
    ]

    private static func change(_ state: inout FabricState, at place: FaultPlace, _ change: (inout ContainerLimits) -> Void) {
        for name in state.nodes(at: place) {
            guard var limits = state.nodes[name]?.containers else { continue }
            change(&limits)
            state.nodes[name]?.containers = limits
        }
    }
}
