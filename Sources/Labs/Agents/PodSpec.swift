internal import Facts

/// What the agents read of a pod object.
struct PodSpec: Sendable {
    let object: JSONValue

    init(_ object: JSONValue) { self.object = object }

    var namespace: String { object.text(at: "metadata", "namespace") ?? "default" }
    var name: String { object.text(at: "metadata", "name") ?? "" }
    var uid: String { object.text(at: "metadata", "uid") ?? "" }
    var reference: PodReference { PodReference(namespace: namespace, name: name) }
    /// Nil while no scheduler has bound it.
    var node: NodeName? {
        guard let name = object.text(at: "spec", "nodeName"), !name.isEmpty else { return nil }
        return NodeName(name)
    }
    var isBeingDeleted: Bool { object.text(at: "metadata", "deletionTimestamp") != nil }
    var graceSeconds: Int { object.value(at: "metadata", "deletionGracePeriodSeconds")?.int ?? 30 }
    var hasEnded: Bool { ["Failed", "Succeeded"].contains(object.text(at: "status", "phase")) }
    var isDaemon: Bool {
        object.value(at: "metadata", "ownerReferences")?[0]?.text(at: "kind") == "DaemonSet"
    }
    var containers: [JSONValue] { object.value(at: "spec", "containers")?.elements ?? [] }
    var ephemeralContainers: [JSONValue] { object.value(at: "spec", "ephemeralContainers")?.elements ?? [] }
    var containerNames: [String] { containers.compactMap { $0.text(at: "name") } }
    func annotation(_ key: String) -> String? { object.value(at: "metadata", "annotations")?[key]?.text }

    /// Extended resources (those with a slash) that a container asks for, by name.
    func extendedResources(of container: JSONValue) -> [(resource: ResourceName, count: Int)] {
        (container.value(at: "resources", "limits")?.members ?? []).compactMap { member in
            guard member.key.contains("/"), let count = Self.count(member.value), count > 0 else { return nil }
            return (ResourceName(member.key), count)
        }
    }

    /// All extended resources of the pod, summed.
    var extendedResources: [ResourceName: Int] {
        var sums: [ResourceName: Int] = [:]
        for container in containers {
            for (resource, count) in extendedResources(of: container) { sums[resource, default: 0] += count }
        }
        return sums
    }

    private static func count(_ value: JSONValue) -> Int? { value.int ?? value.text.flatMap { Int($0) } }
}
