import Facts

@testable import Labs

/// Starts pods that are bound to a node and ends those that are marked, at once.
struct BenchKubelet {
    let store: ObjectStore

    func run() async {
        // A watch from now on is never refused.
        guard let changes = try? await store.watch(.pods) else { return }
        for await event in changes where event.change != .deleted {
            if event.object.text(at: "metadata", "deletionTimestamp") != nil {
                // Gone meanwhile is as good as ended.
                try? await store.remove(.pods, namespace: event.namespace, name: event.name)
            } else if event.object.text(at: "status", "phase") == "Pending", event.object.text(at: "spec", "nodeName") != nil {
                _ = try? await store.change(
                    .pods, namespace: event.namespace, name: event.name, options: WriteOptions(fieldManager: "kubelet")
                ) { pod in
                    pod.set("status", "phase", to: "Running")
                    pod.set("status", "conditions", to: [["type": "Ready", "status": "True"]])
                }
            }
        }
    }
}
