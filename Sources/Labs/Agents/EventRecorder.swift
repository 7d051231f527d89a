internal import Facts

/// Writes Events as the kubelet, Multus and the scheduler do.
///
/// - Source: `get-events.resp`, `after-events-*.resp` of `recordings/kubernetes-1.36`.
struct EventRecorder: Sendable {
    let store: ObjectStore

    enum Kind: String { case normal = "Normal", warning = "Warning" }

    /// - Parameter host: the kubelet's node.
    func kubelet(
        _ host: NodeName, _ kind: Kind, _ reason: String, _ message: String, about pod: JSONValue, container: String? = nil
    ) async {
        await write(
            kind, reason, message, about: pod, container: container,
            source: ["component": "kubelet", "host": .string(host.text)],
            component: "kubelet", instance: host.text)
    }

    func multus(_ kind: Kind, _ reason: String, _ message: String, about pod: JSONValue) async {
        await write(
            kind, reason, message, about: pod, container: nil, source: ["component": "multus"], component: "multus", instance: "")
    }

    /// The scheduler's events have a time of event and no first, last and count.
    func scheduler(_ kind: Kind, _ reason: String, _ message: String, action: String, about pod: JSONValue) async {
        let now = store.now()
        let microseconds = now.nanoseconds / 1000 % 1_000_000
        let digits = String(microseconds)
        let time = now.seconds + "." + String(repeating: "0", count: 6 - digits.count) + digits + "Z"
        await create(
            pod,
            [
                .init("involvedObject", reference(pod, container: nil)), .init("reason", .string(reason)),
                .init("message", .string(message)), .init("source", [:]), .init("firstTimestamp", nil),
                .init("lastTimestamp", nil),
                .init("type", .string(kind.rawValue)), .init("eventTime", .string(time)), .init("action", .string(action)),
                .init("reportingComponent", "default-scheduler"), .init("reportingInstance", "default-scheduler-controller1"),
            ], manager: "kube-scheduler")
    }

    private func write(
        _ kind: Kind, _ reason: String, _ message: String, about pod: JSONValue, container: String?, source: JSONValue,
        component: String, instance: String
    ) async {
        let time = JSONValue.string(store.now().seconds + "Z")
        await create(
            pod,
            [
                .init("involvedObject", reference(pod, container: container)), .init("reason", .string(reason)),
                .init("message", .string(message)), .init("source", source), .init("firstTimestamp", time),
                .init("lastTimestamp", time), .init("count", 1), .init("type", .string(kind.rawValue)), .init("eventTime", nil),
                .init("reportingComponent", .string(component)), .init("reportingInstance", .string(instance)),
            ], manager: component)
    }

    private func reference(_ pod: JSONValue, container: String?) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("kind", "Pod"), .init("namespace", .string(pod.text(at: "metadata", "namespace") ?? "default")),
            .init("name", .string(pod.text(at: "metadata", "name") ?? "")),
            .init("uid", .string(pod.text(at: "metadata", "uid") ?? "")), .init("apiVersion", "v1"),
            .init("resourceVersion", .string(pod.text(at: "metadata", "resourceVersion") ?? "")),
        ]
        if let container { members.append(.init("fieldPath", .string("spec.containers{\(container)}"))) }
        return .object(members)
    }

    private func create(_ pod: JSONValue, _ members: [JSONValue.Member], manager: String) async {
        let namespace = pod.text(at: "metadata", "namespace") ?? "default"
        let name = (pod.text(at: "metadata", "name") ?? "") + "." + Hex.random(16)
        let metadata: JSONValue = ["name": .string(name), "namespace": .string(namespace)]
        let event = JSONValue.object([.init("metadata", metadata)] + members)
        // Events are best effort on a true cluster too: a namespace that is going away takes none.
        _ = try? await store.create(event, kind: .events, namespace: namespace, options: WriteOptions(fieldManager: manager))
    }
}
