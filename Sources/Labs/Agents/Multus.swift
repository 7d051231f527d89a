internal import Facts

/// Sets up a pod's network as the container runtime does by way of Multus: default network first, then what the pod asks
/// for, then the annotation.
struct Multus: Sendable {
    let cluster: Cluster
    let node: NodeName

    /// What could not be set up, in two voices.
    struct Failure: Error, Sendable {
        /// What the kubelet's event says after `failed to setup network for sandbox "…": `.
        let message: String
    }

    /// - Parameters:
    ///   - devices: VFs of the pod by resource, sorted; each attachment of that resource takes the next.
    /// - Returns: eth0.
    /// - Throws: `Failure`; the sandbox is closed again.
    func setUp(_ spec: PodSpec, containerID: String, devices: [ResourceName: [PCIAddress]]) async throws(Failure) -> PodInterface?
    {
        let place = PodPlace(node: node, uid: spec.uid)
        let eth0 = await cluster.plumbing.openSandbox(
            of: spec.reference, uid: spec.uid, containerID: containerID, containers: spec.containerNames, on: node)
        guard let eth0, await cluster.fabric.node(node)?.cni.usesMultus == true else { return eth0 }
        do throws(Failure) {
            try await attachAll(spec, place: place, eth0: eth0, devices: devices)
        } catch {
            await cluster.plumbing.closeSandbox(place)
            throw error
        }
        return eth0
    }

    private func attachAll(
        _ spec: PodSpec, place: PodPlace, eth0: PodInterface, devices: [ResourceName: [PCIAddress]]
    ) async throws(Failure) {
        let network = cluster.site.cluster.defaultNetwork
        let requests: [NetworkRequest]
        do throws(CNIFailure) {
            requests = try NetworkRequest.read(spec.annotation("k8s.v1.cni.cncf.io/networks") ?? "", in: spec.namespace)
        } catch {
            throw loading(spec, "\(error)")
        }
        var definitions: [JSONValue] = []
        for request in requests { definitions.append(try await definition(request, for: spec)) }
        await cluster.events.multus(.normal, "AddedInterface", "Add eth0 [\(list(eth0))] from \(network)", about: spec.object)
        var status = NetworkStatus()
        status.addDefault(network: network, eth0)
        var left = devices
        for (request, definition) in zip(requests, definitions) {
            let attached = try await attach(request, definition, spec: spec, place: place, devices: &left)
            let name = "\(request.namespace)/\(request.name)"
            status.add(network: name, attached)
            await cluster.events.multus(
                .normal, "AddedInterface", "Add \(request.interface) [\(list(attached.interface))] from \(name)",
                about: spec.object)
        }
        await annotate(spec, status.text)
    }

    private func list(_ interface: PodInterface) -> String { interface.addresses.map(\.description).joined(separator: " ") }

    private func definition(_ request: NetworkRequest, for spec: PodSpec) async throws(Failure) -> JSONValue {
        do {
            return try await cluster.store.get(.networkAttachmentDefinitions, namespace: request.namespace, name: request.name)
        } catch {
            let why =
                "cannot find a network-attachment-definition (\(request.name)) in namespace (\(request.namespace)): "
                + "network-attachment-definitions.k8s.cni.cncf.io \"\(request.name)\" not found"
            await cluster.events.multus(.warning, "NoNetworkFound", why, about: spec.object)
            throw loading(spec, why)
        }
    }

    private func loading(_ spec: PodSpec, _ why: String) -> Failure {
        Failure(
            message: "plugin type=\"multus\" name=\"multus-cni-network\" failed (add): Multus: [\(spec.reference)/\(spec.uid)]: "
                + "error loading k8s delegates k8s args: TryLoadPodDelegates: error in getting k8s network for pod: "
                + "GetNetworkDelegates: failed getting the delegate: getKubernetesDelegate: \(why)")
    }

    private func attach(
        _ request: NetworkRequest, _ definition: JSONValue, spec: PodSpec, place: PodPlace,
        devices: inout [ResourceName: [PCIAddress]]
    ) async throws(Failure) -> AttachedInterface {
        let key = "k8s.v1.cni.cncf.io/resourceName"
        let resource = definition.value(at: "metadata", "annotations")?[key]?.text.map { ResourceName($0) }
        var device: PCIAddress?
        if let resource, devices[resource]?.isEmpty == false { device = devices[resource]?.removeFirst() }
        let text = definition.text(at: "spec", "config") ?? ""
        let given = device
        let now = cluster.time.now()
        do throws(CNIFailure) {
            let configuration = try CNIConfiguration(parsing: text)
            let attached = try await cluster.plumbing.attach(configuration, request: request, device: given, to: place, at: now)
            await cluster.ledger.note("carrier", from: now, to: now + cluster.site.latencies.carrier)
            return attached
        } catch {
            throw Failure(
                message:
                    "plugin type=\"multus\" name=\"multus-cni-network\" failed (add): [\(spec.reference)/\(spec.uid):\(request.name)]: "
                    + "error adding container to network \"\(request.name)\": \(error)")
        }
    }

    private func annotate(_ spec: PodSpec, _ text: String) async {
        // A pod that is gone meanwhile needs no annotation.
        _ = try? await cluster.store.change(
            .pods, namespace: spec.namespace, name: spec.name, options: WriteOptions(fieldManager: "multus")
        ) { object throws(StoreRefusal) in
            guard object.text(at: "metadata", "uid") == spec.uid else { return }
            object.set("metadata", "annotations", "k8s.v1.cni.cncf.io/network-status", to: .string(text))
        }
    }
}

extension Fabric {
    func attach(
        _ configuration: CNIConfiguration, request: NetworkRequest, device: PCIAddress?, to place: PodPlace, at now: Duration
    ) throws(CNIFailure) -> AttachedInterface {
        let attached = try note(configuration, request: request, device: device, to: place, at: now)
        change { $0.befall(attached, at: place, now: now) }
        return attached
    }

    /// `FabricState.attach`, with its error's type kept.
    func note(
        _ configuration: CNIConfiguration, request: NetworkRequest, device: PCIAddress?, to place: PodPlace, at now: Duration
    ) throws(CNIFailure) -> AttachedInterface {
        let result = change { state -> Result<AttachedInterface, CNIFailure> in
            Result { () throws(CNIFailure) in
                try state.attach(configuration, request: request, device: device, to: place, at: now)
            }
        }
        return try result.get()
    }
}
