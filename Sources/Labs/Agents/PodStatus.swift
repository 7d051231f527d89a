internal import Facts

/// A pod's `status` as the kubelet writes it, stage by stage.
///
/// - Source: `watch-pod-field.resp`: every status of one pod's life, in order; `get-pod_1.resp`.
struct PodStatus: Sendable {
    let spec: PodSpec
    let hostAddress: IPAddress
    /// When the kubelet first saw the pod, as the API writes it.
    let startTime: String
    /// VFs by container name; empty when none was given out.
    var devices: [String: [(resource: ResourceName, devices: [PCIAddress])]] = [:]
    /// The status' `extendedResourceClaimStatus`; nil where the pod has no such claim.
    var claim: JSONValue?
    /// `containerd://` identifiers by container name.
    let containerIDs: [String: String]

    enum Stage: Sendable {
        /// Admitted; `networkReady` from when the sandbox has its interfaces.
        case creating(networkReady: String?)
        case running(since: String, networkReady: String, address: IPAddress)
        /// Killed after its grace.
        case killed(at: String, since: String, address: IPAddress)
    }

    func status(_ stage: Stage) -> JSONValue {
        let phase: JSONValue
        var address: IPAddress?
        switch stage {
        case .creating: phase = "Pending"
        case .running(_, _, let podAddress): (phase, address) = ("Running", podAddress)
        case .killed(_, _, let podAddress): (phase, address) = ("Failed", podAddress)
        }
        var members: [JSONValue.Member] = [
            .init("observedGeneration", .integer(generation)), .init("phase", phase),
            .init("conditions", .array(conditions(stage))), .init("hostIP", .string(hostAddress.description)),
            .init("hostIPs", [["ip": .string(hostAddress.description)]]),
        ]
        if let address {
            members += [.init("podIP", .string(address.description)), .init("podIPs", [["ip": .string(address.description)]])]
        }
        members += [
            .init("startTime", .string(startTime)),
            .init("containerStatuses", .array(spec.containers.map { containerStatus($0, stage) })),
            .init("qosClass", .string(qualityClass)),
        ]
        if let claim { members.append(.init("extendedResourceClaimStatus", claim)) }
        if let requests = resources?["requests"] { members.append(.init("allocatedResources", requests)) }
        if let resources { members.append(.init("resources", resources)) }
        return .object(members)
    }

    /// A pod that the kubelet turns away: nothing but phase, message and reason.
    func rejected(_ reason: String, _ message: String) -> JSONValue {
        .object([
            .init("observedGeneration", .integer(generation)), .init("phase", "Failed"),
            .init("message", .string("Pod was rejected: " + message)), .init("reason", .string(reason)),
            .init("startTime", .string(startTime)), .init("qosClass", .string(qualityClass)),
        ])
    }

    private var generation: Int { spec.object.value(at: "metadata", "generation")?.int ?? 1 }

    private func conditions(_ stage: Stage) -> [JSONValue] {
        func condition(_ type: String, _ isTrue: Bool, _ time: String, _ reason: String? = nil, _ message: String? = nil)
            -> JSONValue
        {
            var members: [JSONValue.Member] = [
                .init("type", .string(type)), .init("observedGeneration", .integer(generation)),
                .init("status", isTrue ? "True" : "False"), .init("lastProbeTime", nil),
                .init("lastTransitionTime", .string(time)),
            ]
            if let reason { members.append(.init("reason", .string(reason))) }
            if let message { members.append(.init("message", .string(message))) }
            return .object(members)
        }
        let unready = "containers with unready status: [\(spec.containerNames.joined(separator: " "))]"
        switch stage {
        case .creating(let networkReady):
            return [
                condition("PodReadyToStartContainers", networkReady != nil, networkReady ?? startTime),
                condition("Initialized", true, startTime),
                condition("Ready", false, startTime, "ContainersNotReady", unready),
                condition("ContainersReady", false, startTime, "ContainersNotReady", unready),
                condition("PodScheduled", true, startTime),
            ]
        case .running(let since, let networkReady, _):
            return [
                condition("PodReadyToStartContainers", true, networkReady), condition("Initialized", true, startTime),
                condition("Ready", true, since), condition("ContainersReady", true, since),
                condition("PodScheduled", true, startTime),
            ]
        case .killed(let time, _, _):
            return [
                condition("PodReadyToStartContainers", false, time), condition("Initialized", true, startTime),
                condition("Ready", false, time, "PodFailed"), condition("ContainersReady", false, time, "PodFailed"),
                condition("PodScheduled", true, startTime),
            ]
        }
    }

    private func containerStatus(_ container: JSONValue, _ stage: Stage) -> JSONValue {
        let name = container.text(at: "name") ?? ""
        let image = container.text(at: "image") ?? ""
        let identifier = JSONValue.string("containerd://" + (containerIDs[name] ?? ""))
        let state: JSONValue
        var isRunning = false
        var isCreated = true
        switch stage {
        case .creating:
            state = ["waiting": ["reason": "ContainerCreating"]]
            isCreated = false
        case .running(let since, _, _):
            state = ["running": ["startedAt": .string(since)]]
            isRunning = true
        case .killed(let time, let since, _):
            state = [
                "terminated": [
                    "exitCode": 137, "reason": "Error", "startedAt": .string(since), "finishedAt": .string(time),
                    "containerID": identifier,
                ]
            ]
        }
        var members: [JSONValue.Member] = [
            .init("name", .string(name)), .init("state", state), .init("lastState", [:]), .init("ready", .bool(isRunning)),
            .init("restartCount", 0), .init("image", .string(isCreated ? Self.fullName(image) : image)),
            .init("imageID", .string(isCreated ? "sha256:" + Hex.stable(image, count: 64) : "")),
        ]
        if isCreated { members.append(.init("containerID", identifier)) }
        members.append(.init("started", .bool(isRunning)))
        members += resourceMembers(container, isCreated: isCreated)
        return .object(members)
    }

    private func resourceMembers(_ container: JSONValue, isCreated: Bool) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        let resources = container["resources"]
        if isCreated {
            if let requests = resources?["requests"] { members.append(.init("allocatedResources", requests)) }
            members.append(.init("resources", resources ?? [:]))
        }
        let mounts = (container["volumeMounts"]?.elements ?? []).map { mount in
            JSONValue.object(
                (mount.members ?? []).sorted { $0.key == "name" && $1.key != "name" } + [.init("recursiveReadOnly", "Disabled")])
        }
        if !mounts.isEmpty { members.append(.init("volumeMounts", .array(mounts))) }
        let given = devices[container.text(at: "name") ?? ""] ?? []
        if !given.isEmpty {
            let list = given.map { resource, devices in
                JSONValue.object([
                    .init("name", .string(resource.text)),
                    .init(
                        "resources",
                        .array(devices.map { ["resourceID": .string($0.description), "health": "Healthy"] })),
                ])
            }
            members.append(.init("allocatedResourcesStatus", .array(list)))
        }
        return members
    }

    /// The first container's requests and limits, which for one container are the pod's.
    private var resources: JSONValue? {
        guard let resources = spec.containers.first?["resources"], !(resources.members ?? []).isEmpty else { return nil }
        return resources
    }

    /// `docker.io/library/busybox:1.28` for `busybox:1.28`.
    private static func fullName(_ image: String) -> String {
        if image.split(separator: "/").count == 1 { return "docker.io/library/" + image }
        return image
    }

    private var qualityClass: String {
        if let given = spec.object.text(at: "status", "qosClass") { return given }
        let hasCompute = spec.containers.contains { container in
            ["requests", "limits"].contains { key in
                container.value(at: "resources", key)?["cpu"] != nil || container.value(at: "resources", key)?["memory"] != nil
            }
        }
        return hasCompute ? "Burstable" : "BestEffort"
    }
}
