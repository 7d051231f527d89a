internal import Facts

/// One pod on its node, from admission to the end of its sandbox.
///
/// - Source: `watch-pod-field.resp` for the order of statuses; `after-events-*.resp` for what is said when it does not work.
struct PodLife: Sendable {
    enum Signal: Sendable {
        /// The API has marked the pod for deletion.
        case terminate(PodSpec)
        /// The object is gone, without a grace.
        case gone
        /// Something was added to the pod: an ephemeral container.
        case changed(PodSpec)
    }

    let cluster: Cluster
    let node: NodeName
    let spec: PodSpec

    /// How long the kubelet waits before it makes another sandbox: 13 s in the recordings.
    private static let sandboxRetry = Duration.seconds(12)

    /// Runs until the pod is gone; cancellation leaves it as it is, the site being on its way down.
    func run(_ signals: AsyncStream<Signal>) async {
        let progress = PodProgress()
        let ending = await withDiscardingTaskGroup { group -> Signal? in
            group.addTask { await start(progress) }
            defer { group.cancelAll() }
            for await signal in signals {
                guard case .changed(let changed) = signal else { return signal }
                group.addTask { await startAdded(changed, progress) }
            }
            return nil
        }
        // Only now, when nothing more is being started.
        if let ending { await stop(ending, progress) }
    }

    private func start(_ progress: PodProgress) async {
        guard var status = await admit() else { return }
        let driver = cluster.site.cluster.deviceDriver.map { DeviceDriver(cluster: cluster, name: $0) }
        status.claim = await driver?.claim(for: spec, status.devices, on: node)
        await progress.admitted(status)
        await write(status.status(.creating(networkReady: nil)))
        while !Task.isCancelled {
            await cluster.wait(cluster.site.latencies.networkSetup, for: "network")
            if Task.isCancelled { return }
            if let eth0 = await setUpNetwork(status) {
                await driver?.tellNetwork(of: spec, on: node)
                await begin(status, address: eth0.addresses.first?.address, progress)
                return
            }
            // The kubelet's own pace, not a wait of the site that a caller could count on.
            do { try await cluster.time.sleep(Self.sandboxRetry) } catch { return }
        }
    }

    /// Gives devices out, or turns the pod away.
    ///
    /// - Returns: nil when it was turned away.
    private func admit() async -> PodStatus? {
        guard let state = await cluster.fabric.node(node) else { return nil }
        let identifiers = Dictionary(uniqueKeysWithValues: Set(spec.containerNames).map { ($0, Hex.random(64)) })
        var status = PodStatus(spec: spec, hostAddress: state.site.address, startTime: cluster.stamp, containerIDs: identifiers)
        for container in spec.containers {
            let name = container.text(at: "name") ?? ""
            for (resource, count) in spec.extendedResources(of: container) {
                // The kubelet drops extended resources that its node does not have, and admits the pod without.
                guard state.devicePlugin.registered[resource] != nil else { continue }
                let uid = spec.uid
                let (devices, free) = await cluster.fabric.change { fabric in
                    let free = fabric.nodes[node]?.devicePlugin.free(resource).count ?? 0
                    return (fabric.allocate(resource, count: count, to: name, of: uid, on: node), free)
                }
                guard let devices else {
                    await reject(
                        status, "requested number of devices unavailable for \(resource). Requested: \(count), Available: \(free)"
                    )
                    return nil
                }
                status.devices[name, default: []].append((resource, devices))
            }
        }
        return status
    }

    private func reject(_ status: PodStatus, _ why: String) async {
        let message = "Allocate failed due to \(why), which is unexpected"
        let uid = spec.uid
        await cluster.fabric.change { $0.release(uid, on: node) }
        await cluster.events.kubelet(node, .warning, "UnexpectedAdmissionError", message, about: spec.object)
        await write(status.rejected("UnexpectedAdmissionError", message))
    }

    /// - Returns: eth0; nil when the sandbox could not be made, which the pod's events tell.
    private func setUpNetwork(_ status: PodStatus) async -> PodInterface? {
        var devices: [ResourceName: [PCIAddress]] = [:]
        for (resource, given) in status.devices.values.flatMap({ $0 }) { devices[resource, default: []] += given }
        let sandbox = Hex.random(64)
        do throws(Multus.Failure) {
            let multus = Multus(cluster: cluster, node: node)
            let eth0 = try await multus.setUp(spec, containerID: sandbox, devices: devices.mapValues { $0.sorted() })
            await writeEnvironment(status)
            await OperatorContents.refresh(node, in: cluster)
            return eth0
        } catch {
            await cluster.events.kubelet(
                node, .warning, "FailedCreatePodSandBox",
                "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox \"\(sandbox)\": "
                    + error.message, about: spec.object)
            return nil
        }
    }

    /// `PCIDEVICE_…` and what the container's own `env` says.
    private func writeEnvironment(_ status: PodStatus) async {
        var environments: [String: [(key: String, value: String)]] = [:]
        var rights: [String: ContainerRights] = [:]
        for container in spec.containers {
            let name = container.text(at: "name") ?? ""
            rights[name] = ContainerRights(container)
            var variables = (container["env"]?.elements ?? []).compactMap { variable -> (key: String, value: String)? in
                guard let key = variable.text(at: "name"), let value = variable.text(at: "value") else { return nil }
                return (key, value)
            }
            for (resource, devices) in status.devices[name] ?? [] {
                let addresses = devices.map(\.description)
                variables.append((resource.environmentVariable, addresses.joined(separator: ",")))
                let info = addresses.map { JSONValue.Member($0, ["generic": ["deviceID": .string($0)], "netdevice": [:]]) }
                variables.append((resource.environmentVariable + "_INFO", JSONValue.object(info).compactText))
            }
            environments[name] = variables
        }
        let uid = spec.uid
        let (written, allowed) = (environments, rights)
        await cluster.fabric.change { state in
            guard let index = state.nodes[node]?.sandboxes.firstIndex(where: { $0.uid == uid }) else { return }
            state.nodes[node]?.sandboxes[index].environments = written
            state.nodes[node]?.sandboxes[index].rights = allowed
        }
    }

    /// Starts ephemeral containers that do not run yet, once the pod itself runs.
    ///
    /// - Source: `EphemeralContainerStatuses` of the Kubernetes API; the kubelet starts each once and never again.
    private func startAdded(_ changed: PodSpec, _ progress: PodProgress) async {
        for container in changed.ephemeralContainers {
            let name = container.text(at: "name") ?? ""
            guard await progress.state.since != nil, await progress.isNew(name) else { continue }
            await cluster.wait(cluster.site.latencies.containerStart, for: "container")
            if Task.isCancelled { return }
            let uid = spec.uid
            await cluster.fabric.change { state in
                guard let index = state.nodes[node]?.sandboxes.firstIndex(where: { $0.uid == uid }) else { return }
                state.nodes[node]?.sandboxes[index].rights[name] = ContainerRights(container, isEphemeral: true)
            }
            await cluster.events.kubelet(node, .normal, "Started", "Container started", about: spec.object, container: name)
            await writeAdded(container, name, since: cluster.stamp)
        }
    }

    private func writeAdded(_ container: JSONValue, _ name: String, since: String) async {
        let image = container["image"] ?? ""
        let status: JSONValue = [
            "name": .string(name), "state": ["running": ["startedAt": .string(since)]], "lastState": [:], "ready": false,
            "restartCount": 0, "image": image, "imageID": .string("sha256:" + Hex.stable(image.text ?? "", count: 64)),
            "containerID": .string("containerd://" + Hex.random(64)),
        ]
        // A pod that is gone meanwhile needs no status.
        _ = try? await cluster.store.change(
            .pods, namespace: spec.namespace, name: spec.name, subresource: "status",
            options: WriteOptions(fieldManager: "kubelet")
        ) { object throws(StoreRefusal) in
            let others = object.value(at: "status", "ephemeralContainerStatuses")?.elements ?? []
            object.set("status", "ephemeralContainerStatuses", to: .array(others + [status]))
        }
    }

    private func begin(_ status: PodStatus, address: IPAddress?, _ progress: PodProgress) async {
        let networkReady = cluster.stamp
        await write(status.status(.creating(networkReady: networkReady)))
        await cluster.wait(cluster.site.latencies.containerStart, for: "container")
        guard !Task.isCancelled, let address else { return }
        for container in spec.containers {
            let image = container.text(at: "image") ?? ""
            let name = container.text(at: "name")
            let pulled = "Container image \"\(image)\" already present on machine and can be accessed by the pod"
            await cluster.events.kubelet(node, .normal, "Pulled", pulled, about: spec.object, container: name)
            await cluster.events.kubelet(node, .normal, "Created", "Container created", about: spec.object, container: name)
            await cluster.events.kubelet(node, .normal, "Started", "Container started", about: spec.object, container: name)
        }
        let since = cluster.stamp
        await progress.running(since: since, address: address)
        let uid = spec.uid
        await cluster.fabric.change { $0.setRunning(true, uid, on: node) }
        await write(status.status(.running(since: since, networkReady: networkReady, address: address)))
    }

    /// Ends the containers, gives the VF back and lets the object go.
    private func stop(_ ending: Signal, _ progress: PodProgress) async {
        let state = await progress.state
        if case .terminate(let marked) = ending, state.since != nil {
            for name in spec.containerNames {
                await cluster.events.kubelet(
                    node, .normal, "Killing", "Stopping container \(name)", about: spec.object, container: name)
            }
            // A shell as process 1 ignores SIGTERM: the whole grace passes.
            await cluster.wait(.seconds(marked.graceSeconds), for: "grace")
        }
        let uid = spec.uid
        await cluster.fabric.change { $0.setRunning(false, uid, on: node) }
        await cluster.wait(cluster.site.latencies.networkTeardown, for: "network")
        let place = PodPlace(node: node, uid: uid)
        await cluster.plumbing.closeSandbox(place)
        await cluster.fabric.change { $0.release(uid, on: place.node) }
        await OperatorContents.refresh(node, in: cluster)
        if cluster.site.cluster.deviceDriver != nil { await DeviceDriver.release(spec, in: cluster) }
        guard case .terminate = ending else { return }
        if let status = state.status, let since = state.since, let address = state.address {
            await write(status.status(.killed(at: cluster.stamp, since: since, address: address)))
        }
        // Gone meanwhile is what was wanted.
        _ = try? await cluster.store.remove(.pods, namespace: spec.namespace, name: spec.name, uid: uid)
    }

    private func write(_ status: JSONValue) async {
        let uid = spec.uid
        // A pod that is gone meanwhile needs no status.
        _ = try? await cluster.store.change(
            .pods, namespace: spec.namespace, name: spec.name, subresource: "status",
            options: WriteOptions(fieldManager: "kubelet")
        ) { object throws(StoreRefusal) in
            if object.text(at: "metadata", "uid") == uid { object.set("status", to: status) }
        }
    }
}

/// How far a pod has come; what its end has to know.
private actor PodProgress {
    struct State: Sendable {
        var status: PodStatus?
        /// Since when its containers run; nil while they do not.
        var since: String?
        var address: IPAddress?
    }

    private(set) var state = State()
    private var added: Set<String> = []

    /// True once for each ephemeral container.
    func isNew(_ name: String) -> Bool { added.insert(name).inserted }

    func admitted(_ status: PodStatus) { state.status = status }

    func running(since: String, address: IPAddress) {
        state.since = since
        state.address = address
    }
}

extension FabricState {
    /// Whether the containers of a pod run, which `exec` asks.
    mutating func setRunning(_ isRunning: Bool, _ uid: String, on node: NodeName) {
        guard let index = nodes[node]?.sandboxes.firstIndex(where: { $0.uid == uid }) else { return }
        nodes[node]?.sandboxes[index].isRunning = isRunning
    }
}
