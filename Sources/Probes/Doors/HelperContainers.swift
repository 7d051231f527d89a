internal import Dialects
internal import Facts
internal import Kubernetes

/// Adds ephemeral containers to pods of the run whose images lack what is asked for, one a pod, and remembers them.
actor HelperContainers {
    private let cluster: KubernetesClient
    private var known: [PodReference: Task<Result<String, ProbeFailure>, Never>] = [:]
    /// What the report says of them, in the order in which they were added.
    private(set) var notes: [(pod: PodReference, sentence: String)] = []

    init(cluster: KubernetesClient) { self.cluster = cluster }

    /// The name of the pod's helper, running; made when it is first asked for. Concurrent askers share it.
    ///
    /// - Throws: `ProbeFailure` when it could not be added, or does not start.
    func container(_ helper: HelperContainer, in pod: PodReference) async throws(ProbeFailure) -> String {
        if let task = known[pod] { return try await task.value.get() }
        let client = cluster
        let task = Task<Result<String, ProbeFailure>, Never> {
            do throws(KubernetesFailure) {
                try await Self.add(helper, to: pod, client)
                return .success(helper.name)
            } catch {
                return .failure(ProbeFailure(error, source: .pod(pod)))
            }
        }
        known[pod] = task
        let result = await task.value
        if case .success(let name) = result {
            notes.append(
                (pod, "\(pod): looked at through the ephemeral container \(name) (\(helper.image)), which the run added to it"))
        }
        return try result.get()
    }

    private static func add(_ helper: HelperContainer, to pod: PodReference, _ client: KubernetesClient)
        async throws(KubernetesFailure)
    {
        let path = ResourcePath.pods(pod.namespace, pod.name)
        let object = try await client.get(path)
        // Ours is what we made: nothing is ever added to a pod that somebody else runs.
        guard object.label(helper.labelKey) == helper.labelValue else {
            throw KubernetesFailure(
                kind: .configuration, sentence: "pod \(pod): no ephemeral container is added, since this run did not make the pod"
            )
        }
        let patch: JSONValue = [
            "metadata": ["uid": .string(object.uid)], "spec": ["ephemeralContainers": [helper.json]],
        ]
        _ = try await client.patch(path.named(pod.name, subresource: "ephemeralcontainers"), strategic: patch)
        try await awaitRunning(helper, in: pod, uid: object.uid, client)
    }

    private static func awaitRunning(
        _ helper: HelperContainer, in pod: PodReference, uid: String, _ client: KubernetesClient
    ) async throws(KubernetesFailure) {
        var seen = "no status yet"
        do throws(KubernetesFailure) {
            let watch = client.watch(
                .pods(pod.namespace), fieldSelector: "metadata.name=\(pod.name)", deadline: helper.deadline)
            for try await event in watch {
                switch event {
                case .added(let object), .modified(let object):
                    guard object.uid == uid else { throw gone(helper, pod) }
                    switch HelperState(object.json, container: helper.name) {
                    case .running: return
                    case .hopeless(let why):
                        throw KubernetesFailure(
                            kind: .containerNotRunning,
                            sentence:
                                "pod \(pod): the ephemeral container \(helper.name) (\(helper.image)) does not start: \(why)",
                            next: "look at the image in 'ephemeral' of the scenario, and at the pod's events")
                    case .starting(let why): seen = why
                    }
                case .deleted, .vanished: throw gone(helper, pod)
                case .synchronized: break
                }
            }
        } catch {
            guard error.kind == .timedOut else { throw error }
            throw KubernetesFailure(
                kind: .timedOut,
                sentence: "pod \(pod): the ephemeral container \(helper.name) (\(helper.image)) did not run within "
                    + "\(helper.deadline.components.seconds) s; last seen: \(seen)", next: "look at the pod's events")
        }
    }

    private static func gone(_ helper: HelperContainer, _ pod: PodReference) -> KubernetesFailure {
        KubernetesFailure(
            kind: .notFound, sentence: "pod \(pod): it was deleted before the ephemeral container \(helper.name) ran")
    }
}

/// What the pod's status says of one ephemeral container.
enum HelperState: Hashable {
    case running
    case starting(String)
    /// It will not run; ephemeral containers are never started a second time.
    case hopeless(String)

    /// - Source: Kubernetes API, `ContainerStatus`; the kubelet's waiting reasons in `pkg/kubelet/images/types.go`.
    init(_ pod: JSONValue, container: String) {
        let statuses = pod["status"]?["ephemeralContainerStatuses"]?.elements ?? []
        guard let state = statuses.first(where: { $0["name"]?.text == container })?["state"] else {
            self = .starting("no status yet")
            return
        }
        if state["running"] != nil {
            self = .running
        } else if let ended = state["terminated"] {
            self = .hopeless("it ended with code \(ended["exitCode"]?.int ?? -1) (\(ended["reason"]?.text ?? "no reason given"))")
        } else {
            let reason = state["waiting"]?["reason"]?.text ?? "waiting"
            let words = reason + (state["waiting"]?["message"]?.text.map { ": \($0)" } ?? "")
            let final = [
                "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError",
                "CreateContainerError", "RunContainerError",
            ]
            self = final.contains(reason) ? .hopeless(words) : .starting(words)
        }
    }
}
