internal import Facts

/// What `kubectl get pods` shows.
///
/// - Source: the rules by which kubectl's server side sums up a pod, `pkg/printers/internalversion`, in our own words: a waiting
///   or ended container's reason goes before the pod's phase, the first container's before the others'.
enum PodColumns {
    static let all: [Table.Column] = [
        Table.Column("Ready") { pod, _ in
            let statuses = containerStatuses(of: pod)
            let ready = statuses.filter { $0["ready"] == true && $0.value(at: "state", "running") != nil }.count
            return .string("\(ready)/\(pod.value(at: "spec", "containers")?.elements?.count ?? 0)")
        },
        Table.Column("Status") { pod, _ in .string(status(of: pod)) },
        Table.Column("Restarts") { pod, now in .string(restarts(of: pod, now: now)) },
        Table.age,
        Table.text("IP", priority: 1, "status", "podIP"),
        Table.text("Node", priority: 1, "spec", "nodeName"),
        Table.text("Nominated Node", priority: 1, "status", "nominatedNodeName"),
        Table.Column("Readiness Gates", priority: 1) { pod, _ in .string(gates(of: pod)) },
    ]

    private static func containerStatuses(of pod: JSONValue) -> [JSONValue] {
        pod.value(at: "status", "containerStatuses")?.elements ?? []
    }

    static func status(of pod: JSONValue) -> String {
        let phase = pod.text(at: "status", "phase") ?? "Unknown"
        let podReason = pod.text(at: "status", "reason") ?? ""
        var status = podReason.isEmpty ? phase : podReason
        if let gated = condition("PodScheduled", of: pod), gated["reason"] == "SchedulingGated" { status = "SchedulingGated" }
        if let initial = initialStatus(of: pod) {
            status = initial
        } else {
            for container in containerStatuses(of: pod).reversed() {
                if let reason = reason(of: container["state"] ?? [:]) { status = reason }
            }
            let hasRunning = containerStatuses(of: pod).contains {
                $0["ready"] == true && $0.value(at: "state", "running") != nil
            }
            if status == "Completed", hasRunning {
                status = condition("Ready", of: pod)?["status"] == "True" ? "Running" : "NotReady"
            }
        }
        guard pod.text(at: "metadata", "deletionTimestamp") != nil else { return status }
        if podReason == "NodeLost" { return "Unknown" }
        return ["Succeeded", "Failed"].contains(phase) ? status : "Terminating"
    }

    private static func condition(_ type: String, of pod: JSONValue) -> JSONValue? {
        pod.value(at: "status", "conditions")?.elements?.first { $0["type"]?.text == type }
    }

    /// Why a container is not running; nil when it is, or nothing is known.
    private static func reason(of state: JSONValue) -> String? {
        if let reason = state.text(at: "waiting", "reason"), !reason.isEmpty { return reason }
        guard let ended = state["terminated"] else { return nil }
        if let reason = ended.text(at: "reason"), !reason.isEmpty { return reason }
        if let signal = ended["signal"]?.int, signal != 0 { return "Signal:\(signal)" }
        return "ExitCode:\(ended["exitCode"]?.int ?? 0)"
    }

    /// The first init container that has not done its work; nil when all have.
    private static func initialStatus(of pod: JSONValue) -> String? {
        let statuses = pod.value(at: "status", "initContainerStatuses")?.elements ?? []
        for (index, container) in statuses.enumerated() {
            if container.value(at: "state", "terminated", "exitCode") == 0 { continue }
            if let reason = reason(of: container["state"] ?? [:]), reason != "PodInitializing" { return "Init:" + reason }
            return "Init:\(index)/\(pod.value(at: "spec", "initContainers")?.elements?.count ?? 0)"
        }
        return nil
    }

    private static func restarts(of pod: JSONValue, now: Timestamp) -> String {
        let count = containerStatuses(of: pod).reduce(0) { $0 + ($1["restartCount"]?.int ?? 0) }
        let ends = containerStatuses(of: pod).compactMap { $0.text(at: "lastState", "terminated", "finishedAt") }
        guard count > 0, let last = ends.compactMap({ Timestamp($0) }).max() else { return String(count) }
        return "\(count) (\(Table.duration(seconds: max(0, Int(now.since(last).components.seconds)))) ago)"
    }

    private static func gates(of pod: JSONValue) -> String {
        let gates = (pod.value(at: "spec", "readinessGates")?.elements ?? []).compactMap { $0.text(at: "conditionType") }
        guard !gates.isEmpty else { return "<none>" }
        let met = gates.filter { condition($0, of: pod)?["status"] == "True" }.count
        return "\(met)/\(gates.count)"
    }
}
