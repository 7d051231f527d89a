internal import Facts
internal import Foundation

extension Lab {
    /// Brings an emulated site up, runs the body, and takes the site down again, as `run` does with a simulated one.
    static func emulate<Result: Sendable>(
        _ site: Site, in directory: String, access: SiteAccess,
        prepare: @escaping @Sendable (inout FabricState) throws -> Void,
        _ body: @escaping @Sendable (Lab) async throws -> Result
    ) async throws -> Result {
        let time = SiteTime.system()
        let fabric = Fabric(site: site, time: time)
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
                let guests = GuestSite(fabric: fabric, channels: channels, fleet: fleet)
                return try await inhabit(guests, files: files, access: access, prepare: prepare, body)
            }
            defer { group.cancelAll() }
            for try await ended in group { if let ended { return ended } }
            throw LabError("site \(site.name): nothing ran")
        }
    }

    /// The cluster over guests that are up.
    private static func inhabit<Result: Sendable>(
        _ guests: GuestSite, files: SSHFiles, access: SiteAccess,
        prepare: @escaping @Sendable (inout FabricState) throws -> Void,
        _ body: @escaping @Sendable (Lab) async throws -> Result
    ) async throws -> Result {
        let fabric = guests.fabric
        let time = fabric.time
        let ledger = WaitLedger(time: time)
        let plumbing = GuestPlumbing(site: guests)
        let cluster = await Cluster(
            fabric: fabric, plumbing: plumbing, store: ObjectStore(now: { time.timestamp }), ledger: ledger)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            for channel in guests.channels.values {
                group.addTask {
                    try await channel.hold()
                    return nil
                }
            }
            group.addTask {
                for channel in guests.channels.values { try await channel.settle() }
                try await guests.onEach(fabric.site.nodes.filter { !$0.nics.isEmpty }) { try await guests.learn($0.name) }
                try await guests.change(prepare)
                let runtime = GuestRuntime(fabric: fabric, ledger: ledger, channels: guests.channels)
                let front = try await ClusterFront.open(cluster, runtime: runtime, access: access, in: files.directory)
                try await guests.onEach(fabric.site.nodes) { await guests.writeFiles($0.name) }
                let lab = Lab(
                    fabric: fabric, ledger: ledger, directory: files.directory, kubeconfig: front.kubeconfig,
                    administratorKubeconfig: front.administratorKubeconfig, sshConfiguration: files.configuration,
                    api: front.api, guests: guests)
                let result = try await withAgents(of: cluster) { try await body(lab) }
                await front.close()
                return result
            }
            defer { group.cancelAll() }
            for try await ended in group { if let ended { return ended } }
            throw LabError("site \(fabric.site.name): nothing ran")
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

extension Lab {
    /// Fetches what a site needs beforehand.
    ///
    /// - Returns: what there is, as a clause.
    /// - Throws: `LabError` when something cannot be had, or the machine has too little memory.
    package static func prepare(_ site: Site) async throws -> String {
        guard site.kind == .emulated else { return "it needs nothing" }
        let parts = try await GuestParts.ready()
        let guests = site.nodes.filter { !$0.nics.isEmpty }.count + site.switches.count
        try checkMemory(for: guests)
        return "\(guests) guests of \(GuestPlan.memoryMiB) MiB, from \(parts.folder)"
    }

    /// Plants faults in an emulated site that is up. What the API's answers or objects are made of (`exec-forbidden`, a
    /// selector) is there from the start only, and is not changed by this.
    ///
    /// - Returns: what takes them back, before which no pod of anybody may be left: give it to `restore`.
    /// - Throws: `LabError` for a fault that there is not, where a guest does not follow, and at a simulated site.
    package func plant(_ faults: [String]) async throws -> FabricState {
        guard let guests else { throw LabError("site \(site.name): only guests that run can be changed") }
        let before = await fabric.read { $0 }
        try await guests.change { state in for fault in faults { try FaultCatalogue.plant(fault, in: &state) } }
        return before
    }

    /// Brings an emulated site back to how it was, with VFs reset and nothing learned by its switches.
    package func restore(_ state: FabricState) async throws { try await guests?.restore(state) }
}
