internal import Archives
internal import Facts
internal import Kubernetes

/// Why an object that was deleted is still there, as the API shows it.
struct HoldReason {
    let cluster: KubernetesClient
    /// For each question; the clean-up's own time is over when this is asked.
    private let deadline = Duration.seconds(5)

    init(cluster: KubernetesClient) { self.cluster = cluster }

    /// A clause without a full stop; says so where the API gives no reason.
    func reason(of object: JournalObject, _ path: ResourcePath) async -> String {
        do throws(KubernetesFailure) {
            let found = try await cluster.get(path, deadline: deadline)
            var parts: [String] = []
            let finalizers = Self.finalizers(found.json)
            if !finalizers.isEmpty { parts.append("held by the finalizer \(finalizers.joined(separator: ", "))") }
            if found.metadata?["deletionTimestamp"] == nil { parts.append("it is not marked as deleted") }
            if object.kind == "Namespace" { parts += Self.conditions(found.json) + (await contents(of: object.name)) }
            if object.kind == "Pod", finalizers.isEmpty, let node = found.json["spec"]?["nodeName"]?.text {
                parts.append("the kubelet of \(node) has not confirmed its end")
            }
            return parts.isEmpty ? "the API gives no reason" : parts.joined(separator: "; ")
        } catch {
            return "why could not be read: \(error.sentence)"
        }
    }

    private static func finalizers(_ object: JSONValue) -> [String] {
        (object["metadata"]?["finalizers"]?.elements ?? []).compactMap(\.text)
    }

    /// What the namespace's controller says that it waits for.
    ///
    /// - Source: `pkg/controller/namespace/deletion/status_condition_utils.go`.
    private static func conditions(_ namespace: JSONValue) -> [String] {
        (namespace["status"]?["conditions"]?.elements ?? []).filter { $0["status"]?.text == "True" }.compactMap { condition in
            condition["message"]?.text.map { "\(condition["type"]?.text ?? "condition"): \($0)" }
        }
    }

    /// The objects by name, of the kinds that a run may list: those that finalizers hold.
    private func contents(of namespace: String) async -> [String] {
        var held: [String] = []
        let kinds: [(String, ResourcePath)] = [
            ("Pod", .pods(namespace)), ("NetworkAttachmentDefinition", .networkAttachmentDefinitions(namespace)),
            ("ConfigMap", .configMaps(namespace)),
        ]
        for (kind, path) in kinds {
            do throws(KubernetesFailure) {
                for item in try await cluster.list(path, deadline: deadline).items {
                    let finalizers = Self.finalizers(item.json)
                    guard !finalizers.isEmpty else { continue }
                    held.append("\(kind) \(item.name) has the finalizer \(finalizers.joined(separator: ", "))")
                }
            } catch {
                // The conditions have told the kind; its names are more than is needed.
                continue
            }
        }
        return held.isEmpty ? [] : [held.prefix(10).joined(separator: ", ")]
    }
}
