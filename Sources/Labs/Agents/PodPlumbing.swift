internal import Facts

/// What the agents have a node do for a pod: simulated nodes do it in the fabric, emulated ones in their guest.
protocol PodPlumbing: Sendable {
    /// Makes a pod's network namespace with `lo` and, by the default network, `eth0`.
    ///
    /// - Returns: eth0; nil when there is no such node, or it cannot.
    func openSandbox(
        of pod: PodReference, uid: String, containerID: String, containers: [String], on name: NodeName
    ) async -> PodInterface?

    /// sriov-cni's ADD, as `FabricState.attach` describes it.
    func attach(
        _ configuration: CNIConfiguration, request: NetworkRequest, device: PCIAddress?, to place: PodPlace, at now: Duration
    ) async throws(CNIFailure) -> AttachedInterface

    /// CNI DEL of every interface, and the end of the namespace. What is not there any more is passed over.
    func closeSandbox(_ place: PodPlace) async
}

extension Fabric: PodPlumbing {
    func openSandbox(
        of pod: PodReference, uid: String, containerID: String, containers: [String], on name: NodeName
    ) -> PodInterface? {
        change { $0.openSandbox(of: pod, uid: uid, containerID: containerID, containers: containers, on: name) }
    }

    func closeSandbox(_ place: PodPlace) { change { $0.closeSandbox(place) } }
}
