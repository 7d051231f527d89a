internal import Facts
internal import Foundation

/// A site that is up: its API, its SSH servers and what moves inside.
package struct Lab: Sendable {
    package let fabric: Fabric
    package let ledger: WaitLedger
    /// A private folder with keys and configurations, removed when the site goes down.
    package let directory: String
    /// `KUBECONFIG` takes it; its user may do everything.
    package let kubeconfig: String
    /// `ssh -F` takes it.
    package let sshConfiguration: String

    package var site: Site { fabric.site }
    /// The names that `ssh` reaches: nodes first, then switches.
    package var hosts: [String] { fabric.site.nodes.map(\.name.text) + fabric.site.switches.map(\.name.text) }

    /// Brings a site up, runs the body, and takes the site down again, whatever the body does.
    ///
    /// - Parameters:
    ///   - programs: the folder of `plumbline-lab-door`; nil: the running program's own.
    ///   - prepare: changes the truth before anybody can look: faults are planted here.
    /// - Throws: `LabError` when the site cannot come up; else what the body throws.
    package static func run<Result: Sendable>(
        _ site: Site, programs: String? = nil, prepare: @Sendable (inout FabricState) -> Void = { _ in },
        _ body: @escaping @Sendable (Lab) async throws -> Result
    ) async throws -> Result {
        let directory = try privateFolder()
        defer { removeFolder(directory) }
        let time = SiteTime.system()
        let fabric = Fabric(site: site, time: time)
        await fabric.change(prepare)
        let ledger = WaitLedger(time: time)
        let cluster = await Cluster(fabric: fabric, store: ObjectStore(now: { time.timestamp }), ledger: ledger)
        async let api = ClusterFront.open(cluster, in: directory)
        let devices = Devices(fabric: fabric, ledger: ledger)
        let socket = directory + "/door.sock"
        let server = try await DoorServer.listen(at: socket)
        let access = await fabric.read { $0.access }
        let front = try await SSHFront.open(
            hosts: devices.hosts, access: access, in: directory, door: try doorPath(in: programs), socket: socket)
        let clusterFront = try await api
        let lab = Lab(
            fabric: fabric, ledger: ledger, directory: directory, kubeconfig: clusterFront.kubeconfig,
            sshConfiguration: front.configuration)
        let result = try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await ClusterContents(cluster: cluster).settle()
                return try await body(lab)
            }
            group.addTask { try await serving { try await server.run { await devices.run($1, on: $0) } } }
            group.addTask { try await serving { await front.run() } }
            group.addTask { try await serving { try await Kubelets(cluster: cluster).run() } }
            group.addTask { try await serving { try await Scheduler(cluster: cluster).run() } }
            group.addTask { try await serving { try await Daemons(cluster: cluster).run() } }
            defer { group.cancelAll() }
            // The body ends the site; a part of the site that breaks ends the body.
            for try await ended in group { if let ended { return ended } }
            throw LabError("site \(site.name): nothing ran")
        }
        await clusterFront.close()
        return result
    }

    /// Runs a part of the site that has no result of its own.
    private static func serving<Result: Sendable>(_ part: @Sendable () async throws -> Void) async throws -> Result? {
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
