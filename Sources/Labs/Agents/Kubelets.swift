internal import Facts

/// The kubelets of all nodes: each pod that is bound to a node lives its life in a task of its own.
struct Kubelets: Sendable {
    let cluster: Cluster

    /// Runs until cancelled.
    ///
    /// - Throws: when the store refuses the watch.
    func run() async throws {
        let events = try await cluster.store.watch(.pods, from: cluster.beginning)
        await withDiscardingTaskGroup { group in
            var lives: [String: AsyncStream<PodLife.Signal>.Continuation] = [:]
            for await event in events {
                let spec = PodSpec(event.object)
                if event.change == .deleted {
                    lives.removeValue(forKey: spec.uid)?.yield(.gone)
                } else if spec.isBeingDeleted {
                    lives[spec.uid]?.yield(.terminate(spec))
                } else if let life = lives[spec.uid] {
                    if !spec.ephemeralContainers.isEmpty { life.yield(.changed(spec)) }
                } else if let node = spec.node, lives[spec.uid] == nil, !spec.hasEnded, !spec.isDaemon,
                    await cluster.fabric.node(node) != nil
                {
                    let (signals, continuation) = AsyncStream.makeStream(of: PodLife.Signal.self)
                    lives[spec.uid] = continuation
                    group.addTask { await PodLife(cluster: cluster, node: node, spec: spec).run(signals) }
                }
            }
            group.cancelAll()
        }
    }
}
