internal import Facts
internal import Foundation

extension Lab {
    /// Brings an emulated site up, runs the body, and takes the site down again, as `run` does with a simulated one.
    static func emulate<Result: Sendable>(
        _ site: Site, in directory: String, access: SiteAccess, prepare: @Sendable (inout FabricState) -> Void,
        _ body: @escaping @Sendable (Lab) async throws -> Result
    ) async throws -> Result {
        let time = SiteTime.system()
        let fabric = Fabric(site: site, time: time)
        await fabric.change(prepare)
        let parts = try await GuestParts.ready()
        let hosts = site.nodes.filter { !$0.nics.isEmpty }.map(\.name.text) + site.switches.map(\.name.text)
        try checkMemory(for: hosts.count)
        let files = SSHFiles(directory: directory, user: "root")
        let ports = try LoopbackPorts.free(for: hosts)
        try files.write(ports: ports, keys: try await files.makeKeys(hosts: hosts))
        let plan = try GuestPlan(await fabric.read { $0 }, ports: ports, directory: directory)
        let fleet = GuestFleet(parts: parts, plan: plan, files: files, directory: directory, time: time)
        let channels = Dictionary(
            uniqueKeysWithValues: hosts.map { (NodeName($0), GuestChannel(host: $0, files: files, time: time)) })
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await fleet.run()
                return nil
            }
            group.addTask {
                try await fleet.settle()
                return try await inhabit(fabric, files: files, channels: channels, access: access, body)
            }
            defer { group.cancelAll() }
            for try await ended in group { if let ended { return ended } }
            throw LabError("site \(site.name): nothing ran")
        }
    }

    /// The cluster over guests that are up.
    private static func inhabit<Result: Sendable>(
        _ fabric: Fabric, files: SSHFiles, channels: [NodeName: GuestChannel], access: SiteAccess,
        _ body: @escaping @Sendable (Lab) async throws -> Result
    ) async throws -> Result {
        let time = fabric.time
        let ledger = WaitLedger(time: time)
        let plumbing = GuestPlumbing(fabric: fabric, channels: channels)
        let cluster = await Cluster(
            fabric: fabric, plumbing: plumbing, store: ObjectStore(now: { time.timestamp }), ledger: ledger)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            for channel in channels.values {
                group.addTask {
                    try await channel.hold()
                    return nil
                }
            }
            group.addTask {
                try await learn(fabric, channels)
                let runtime = GuestRuntime(fabric: fabric, ledger: ledger, channels: channels)
                let front = try await ClusterFront.open(cluster, runtime: runtime, access: access, in: files.directory)
                for node in fabric.site.nodes { await plumbing.writeFiles(node.name) }
                let lab = Lab(
                    fabric: fabric, ledger: ledger, directory: files.directory, kubeconfig: front.kubeconfig,
                    administratorKubeconfig: front.administratorKubeconfig, sshConfiguration: files.configuration, api: front.api)
                let result = try await withAgents(of: cluster) { try await body(lab) }
                await front.close()
                return result
            }
            defer { group.cancelAll() }
            for try await ended in group { if let ended { return ended } }
            throw LabError("site \(fabric.site.name): nothing ran")
        }
    }

    /// Asks every worker's kernel for its VFs.
    private static func learn(_ fabric: Fabric, _ channels: [NodeName: GuestChannel]) async throws {
        for site in fabric.site.nodes where !site.nics.isEmpty {
            guard let channel = channels[site.name] else { continue }
            try await channel.settle()
            let answer = await channel.run(GuestTruth.script)
            guard answer.status == 0, let truth = GuestTruth(answer.outputText) else {
                throw LabError("\(site.name): its guest does not tell its VFs: \(answer.outputText)\(answer.errorText)")
            }
            await fabric.change { state in
                guard var node = state.nodes[site.name] else { return }
                truth.write(to: &node)
                state.nodes[site.name] = node
            }
        }
    }

    /// Runs the cluster's agents while the body runs.
    private static func withAgents<Result: Sendable>(
        of cluster: Cluster, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await ClusterContents(cluster: cluster).settle()
                return try await body()
            }
            group.addTask { try await serving { try await Kubelets(cluster: cluster).run() } }
            group.addTask { try await serving { try await Scheduler(cluster: cluster).run() } }
            group.addTask { try await serving { try await Daemons(cluster: cluster).run() } }
            defer { group.cancelAll() }
            for try await ended in group { if let ended { return ended } }
            throw LabError("site \(cluster.site.name): nothing ran")
        }
    }

    /// - Throws: `LabError` when the machine has not enough memory for so many guests.
    private static func checkMemory(for guests: Int) throws(LabError) {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return }
        let needed = guests * (GuestPlan.memoryMiB + 80)
        guard kibibytes / 1024 >= needed else {
            throw LabError("\(guests) guests need \(needed) MiB of memory; \(kibibytes / 1024) MiB are available")
        }
    }
}
