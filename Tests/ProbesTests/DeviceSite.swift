import Facts
import Foundation
import Kubernetes
import Probes
import SSHPeer
import Transports

/// A run's door to one sshd, which is both the switch `sw1` and the node `node1`, and no cluster behind it.
struct DeviceSite {
    let daemon: SSHDaemon
    let ssh: SSHConnections
    let prober: Prober<LiveDoor>
    let captured = ExchangeCollector()
    private let log: String

    init(_ daemon: SSHDaemon, log: String = "", commandDeadline: Duration = .seconds(20)) throws {
        self.daemon = daemon
        self.log = log
        ssh = daemon.connections()
        let site = SiteMap(
            nodes: ["node1": .init(sshHost: "node", sudo: true)], devices: ["sw1": .init(sshHost: "node", platform: .ios)],
            commandDeadline: commandDeadline)
        let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: 1_700_000_000_000_000_000) }
        let cluster = KubernetesClient(
            access: ClusterAccess(server: "https://127.0.0.1:9", origin: "no cluster"), engine: try HTTPEngine(), now: now)
        let collector = captured
        let door = LiveDoor(cluster: cluster, ssh: ssh, site: site, now: now).capturing { collector.add($0) }
        prober = Prober(door: door, site: site)
    }

    /// The lines that were typed into the device's shell, in order.
    func typed() -> [String] {
        guard let text = try? String(contentsOfFile: log, encoding: .utf8) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    func close() async { await ssh.closeAll() }
}

/// A folder of a test's own, gone afterwards.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "/plumbline-probe-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

func withIOSSwitch(_ shell: IOSShell, body: (DeviceSite) async throws -> Void) async throws {
    try await withFolder { folder in
        try shell.script(log: folder + "/typed").write(toFile: folder + "/ios", atomically: true, encoding: .utf8)
        try await withSSHD("ForceCommand /bin/sh \(folder)/ios") { daemon in
            try await body(try DeviceSite(daemon, log: folder + "/typed"))
        }
    }
}
