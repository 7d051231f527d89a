internal import Dialects
internal import Facts
internal import Kubernetes

/// InternalIPs of nodes, for names that ssh does not know. Each is asked for once; concurrent askers share the question.
actor NodeAddresses {
    private let cluster: KubernetesClient
    private var known: [NodeName: Task<String?, Never>] = [:]

    init(cluster: KubernetesClient) { self.cluster = cluster }

    /// Nil when the API does not say, or could not be asked: ssh then has only the name to go by.
    func internalAddress(of node: NodeName) async -> String? {
        if let task = known[node] { return await task.value }
        let client = cluster
        let task = Task<String?, Never> {
            do throws(KubernetesFailure) {
                return try await client.get(.nodes(node.text)).json["status"]?["addresses"]?.elements?.first {
                    $0["type"]?.text == "InternalIP"
                }?["address"]?.text
            } catch {
                return nil
            }
        }
        known[node] = task
        return await task.value
    }
}
