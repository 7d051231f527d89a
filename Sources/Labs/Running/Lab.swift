internal import Facts
internal import Foundation

/// A site that is up: its API, its SSH servers and what moves inside.
package struct Lab: Sendable {
    package let fabric: Fabric
    package let ledger: WaitLedger
    /// A private folder with keys and configurations, removed when the site goes down.
    package let directory: String
    /// `KUBECONFIG` takes it; its user may do everything, or where roles decide what they say.
    package let kubeconfig: String
    /// The same for a user who may do everything.
    package let administratorKubeconfig: String
    /// `ssh -F` takes it.
    package let sshConfiguration: String
    package let api: LabAPI
    /// Where true kernels stand behind the names; nil at a simulated site.
    var guests: GuestSite?

    package var site: Site { fabric.site }
    /// The names that `ssh` reaches: nodes first, then switches.
    package var hosts: [String] { fabric.site.nodes.map(\.name.text) + fabric.site.switches.map(\.name.text) }

    /// Brings a site up, runs the body, and takes the site down again, whatever the body does.
    ///
    /// - Parameters:
    ///   - programs: the folder of `plumbline-lab-door`; nil: the running program's own.
    ///   - access: who may do what with the API.
    ///   - prepare: changes the truth before anybody can look: faults are planted here.
    /// - Throws: `LabError` when the site cannot come up; else what the body throws.
    package static func run<Result: Sendable>(
        _ site: Site, programs: String? = nil, access: SiteAccess = SiteAccess(),
        prepare: @escaping @Sendable (inout FabricState) throws -> Void = { _ in },
        _ body: @escaping @Sendable (Lab) async throws -> Result
    ) async throws -> Result {
        let directory = try privateFolder()
        defer { removeFolder(directory) }
        if site.kind == .emulated { return try await emulate(site, in: directory, access: access, prepare: prepare, body) }
        let time = SiteTime.system()
        let fabric = Fabric(site: site, time: time)
        try await fabric.change(prepare)
        let ledger = WaitLedger(time: time)
        let cluster = await Cluster(fabric: fabric, store: ObjectStore(now: { time.timestamp }), ledger: ledger)
        let devices = Devices(fabric: fabric, ledger: ledger)
        let fronts = try await Fronts.open(
            cluster, devices: devices, access: access, in: directory, door: try doorPath(in: programs))
        let lab = Lab(
            fabric: fabric, ledger: ledger, directory: directory, kubeconfig: fronts.cluster.kubeconfig,
            administratorKubeconfig: fronts.cluster.administratorKubeconfig, sshConfiguration: fronts.ssh.configuration,
            api: fronts.cluster.api)
        do {
            let result = try await serve(cluster, devices: devices, fronts) { try await body(lab) }
            await fronts.cluster.close()
            return result
        } catch {
            await fronts.cluster.close()
            throw error
        }
    }

    /// Everything that somebody outside can connect to.
    private struct Fronts: Sendable {
        let ssh: SSHFront
        let cluster: ClusterFront
        let door: DoorServer

        /// Opens all of them; what was opened is closed again when one cannot be.
        static func open(
            _ cluster: Cluster, devices: Devices, access rights: SiteAccess, in directory: String, door: String
        ) async throws -> Fronts {
            let runtime = SiteRuntime(fabric: cluster.fabric, ledger: cluster.ledger)
            async let opening = ClusterFront.open(cluster, runtime: runtime, access: rights, in: directory)
            let socket = directory + "/door.sock"
            let access = await cluster.fabric.read { $0.access }
            let ssh = try await SSHFront.open(hosts: devices.names, access: access, in: directory, door: door, socket: socket)
            do {
                let front = try await opening
                do {
                    return Fronts(ssh: ssh, cluster: front, door: try await DoorServer.listen(at: socket))
                } catch {
                    await front.close()
                    throw error
                }
            } catch {
                ssh.close()
                throw error
            }
        }
    }

    /// Runs the site's parts beside the body, until the body ends.
    private static func serve<Result: Sendable>(
        _ cluster: Cluster, devices: Devices, _ fronts: Fronts, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await ClusterContents(cluster: cluster).settle()
                return try await body()
            }
            group.addTask { try await serving { try await fronts.door.run(devices.hosts) } }
            group.addTask { try await serving { await fronts.ssh.run() } }
            group.addTask { try await serving { try await Kubelets(cluster: cluster).run() } }
            group.addTask { try await serving { try await Scheduler(cluster: cluster).run() } }
            group.addTask { try await serving { try await Daemons(cluster: cluster).run() } }
            defer { group.cancelAll() }
            // The body ends the site; a part of the site that breaks ends the body.
            for try await ended in group { if let ended { return ended } }
            throw LabError("site \(cluster.site.name): nothing ran")
        }
    }

    /// Runs a part of the site that has no result of its own.
    static func serving<Result: Sendable>(_ part: @Sendable () async throws -> Void) async throws -> Result? {
        try await part()
        return nil
    }

    private static func privateFolder() throws(LabError) -> String {
        // Short: a unix socket's path may have 107 bytes.
        var template = Array("/tmp/plumbline-lab.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw LabError("no folder for the site in /tmp: \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func removeFolder(_ path: String) {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            FileHandle.standardError.write(Data("plumbline-lab: \(path) is left behind: \(error)\n".utf8))
        }
    }

    /// The door stands beside the running program.
    private static func doorPath(in programs: String?) throws(LabError) -> String {
        let own = ((Bundle.main.executablePath ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent
        let path = (programs ?? own) + "/plumbline-lab-door"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw LabError("\(path) is not there; build it with 'swift build --product plumbline-lab-door'")
        }
        return path
    }
}
