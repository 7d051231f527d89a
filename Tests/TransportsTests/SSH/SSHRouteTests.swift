import Foundation
import Glibc
import SSHPeer
import Testing

@testable import Transports

/// The ways to a host: jump hosts, proxy commands, several addresses.
@Suite(.timeLimit(.minutes(1))) struct SSHRouteTests {
    private func block(_ daemon: SSHDaemon, _ name: String, _ options: String = "", port: Int? = nil) -> String {
        """
        Host \(name)
          HostName 127.0.0.1
          Port \(port ?? daemon.port)
          User \(daemon.user)
          IdentityFile \(daemon.file("user_ed25519"))
          IdentitiesOnly yes
          IdentityAgent none
          UserKnownHostsFile \(daemon.knownHosts)
          GlobalKnownHostsFile none
          \(options)

        """
    }

    private func write(_ daemon: SSHDaemon, _ text: String) throws {
        try text.write(toFile: daemon.clientConfig, atomically: true, encoding: .utf8)
    }

    @Test func aChainOfTwoJumpHostsLeadsToTheNode() async throws {
        try await withSSHD { daemon in
            try write(
                daemon,
                block(daemon, "node", "ProxyJump outer,inner") + block(daemon, "outer") + block(daemon, "inner"))
            let connections = daemon.connections()
            let output = try await connections.run("head -c 3000000 /dev/zero", on: "node", deadline: .seconds(40))
            #expect(output.stdout.count == 3_000_000)
            #expect(await daemon.log.count("Accepted publickey") == 3)
            await connections.closeAll()
        }
    }

    @Test func hostsBehindOneJumpHostShareItsConnection() async throws {
        try await withSSHD { daemon in
            let names = (0..<8).map { "node\($0)" }
            try write(daemon, names.map { block(daemon, $0, "ProxyJump bastion") }.joined() + block(daemon, "bastion"))
            let connections = daemon.connections()
            try await withThrowingTaskGroup(of: CommandOutput.self) { group in
                for name in names {
                    group.addTask { try await connections.run("seq 1 50000", on: name, deadline: .seconds(40)) }
                }
                for try await output in group { #expect(text(output.stdout).hasSuffix("49999\n50000\n")) }
            }
            #expect(await daemon.log.count("Accepted publickey") == 9)
            await connections.closeAll()
        }
    }

    @Test func aJumpHostThatCannotBeReachedIsNamedOnceForAllBehindIt() async throws {
        try await withSSHD { daemon in
            let port = try freePort()
            try write(daemon, block(daemon, "node", "ProxyJump bastion") + block(daemon, "bastion", port: port))
            let connections = daemon.connections()
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("true", on: "node", deadline: .seconds(20))
            }
            #expect(
                failure?.description
                    == "node: not reached, for want of the host on the way there: bastion: connection refused at 127.0.0.1:\(port); "
                    + "see that sshd runs there and that Port is right")
            await connections.closeAll()
        }
    }

    @Test func aJumpHostThatDoesNotGoOnSaysSo() async throws {
        try await withSSHD("AllowTcpForwarding no") { daemon in
            try write(daemon, block(daemon, "node", "ProxyJump bastion") + block(daemon, "bastion"))
            let connections = daemon.connections()
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("true", on: "node", deadline: .seconds(20))
            }
            #expect(
                failure?.description.contains("bastion: it would not connect to 127.0.0.1:\(daemon.port) (") == true)
            await connections.closeAll()
        }
    }

    @Test func aProxyCommandLeadsToTheNode() async throws {
        try await withSSHD { daemon in
            try write(
                daemon, block(daemon, "node", "ProxyCommand ssh -F \(daemon.clientConfig) -W %h:%p hop") + block(daemon, "hop"))
            let connections = daemon.connections()
            let output = try await connections.run("seq 1 100000", on: "node", deadline: .seconds(40))
            #expect(text(output.stdout).hasSuffix("100000\n"))
            await connections.closeAll()
        }
    }

    @Test func aProxyCommandThatEndsIsQuoted() async throws {
        try await withSSHD { daemon in
            try write(daemon, block(daemon, "node", "ProxyCommand sh -c 'echo no such tunnel >&2; exit 1'"))
            let connections = daemon.connections()
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("true", on: "node", deadline: .seconds(20))
            }
            #expect(
                failure?.description
                    == "node: the ProxyCommand `sh -c 'echo no such tunnel >&2; exit 1'` ended without a connection "
                    + "and said 'no such tunnel'; run it by hand")
            await connections.closeAll()
        }
    }

    @Test func overridesGoBeforeTheConfiguration() async throws {
        try await withSSHD { daemon in
            try write(daemon, block(daemon, "node", port: 1))
            let connections = daemon.connections { $0.hosts["node"] = SSHHostOptions(port: daemon.port) }
            #expect(try await connections.run("true", on: "node", deadline: .seconds(20)).exit == .code(0))
            await connections.closeAll()
        }
    }

    @Test func aNameThatSSHDoesNotKnowFallsBackToTheAddress() async throws {
        try await withSSHD { daemon in
            try write(daemon, block(daemon, "*").replacing("  HostName 127.0.0.1\n", with: ""))
            try daemon.know("127.0.0.1 \(try daemon.hostKey())\n")
            let connections = daemon.connections()
            let output = try await connections.run(
                "true", on: "worker-that-has-no-name.invalid", fallbackAddress: "127.0.0.1", deadline: .seconds(20))
            #expect(output.exit == .code(0))
            await connections.closeAll()
        }
    }

    @Test(.enabled(if: hasIPv6Loopback)) func anIPv6AddressWorks() async throws {
        try await withSSHD { daemon in
            try daemon.configure("", address: "::1")
            try daemon.know("[::1]:\(daemon.port) \(try daemon.hostKey())\n")
            let connections = daemon.connections()
            #expect(try await connections.run("true", on: "node", deadline: .seconds(20)).exit == .code(0))
            await connections.closeAll()
        }
    }

    @Test func anAddressThatDoesNotAnswerHoldsUpTheNextOneForAQuarterOfASecondOnly() async throws {
        try await withSSHD { daemon in
            let full = try FullListener()
            defer { full.stop() }
            var endpoint = try await daemon.connections().endpoint(of: "node")
            endpoint.hostName = "two.addresses"
            endpoint.hostKeyAlias = "node"
            try daemon.know("node \(try daemon.hostKey())\n")
            let session = SSHSession(
                endpoint: endpoint, settings: SSHSettings(), on: SSHEventLoop.shared[0],
                resolve: { _, _, _, answer in
                    let addresses = [full.port, daemon.port].flatMap {
                        SSHAddresses.numeric("127.0.0.1", port: $0, family: AF_UNSPEC) ?? []
                    }
                    answer(.addresses(addresses))
                })
            let began = ContinuousClock.now
            try await session.open(fallbackAddress: nil, knownHosts: SSHKnownHostsFiles(), keys: SSHKeyring())
            #expect(ContinuousClock.now - began > .milliseconds(200))
            #expect(await session.address == "127.0.0.1:\(daemon.port)")
            await session.close()
        }
    }

    @Test(
        arguments: [
            ("bastion", "bastion", nil, nil), ("ops@bastion:2222", "bastion", "ops", 2222),
            ("ssh://ops@bastion:22/", "bastion", "ops", 22), ("[2001:db8::7]:2200", "2001:db8::7", nil, 2200),
            ("2001:db8::7", "2001:db8::7", nil, nil),
        ] as [(String, String, String?, Int?)]) func hopsAreReadAsSSHWritesThem(
            text: String, name: String, user: String?, port: Int?
        )
    {
        let hop = SSHTarget(hop: text, through: [])
        #expect(hop?.name == name)
        #expect(hop?.options.user == user)
        #expect(hop?.options.port == port)
    }
}

private let hasIPv6Loopback: Bool = {
    let number = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    guard number >= 0 else { return false }
    defer { close(number) }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(number, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
        }
    }
}()

/// A listener whose queue is full, so that a further connection is neither accepted nor refused.
struct FullListener {
    private let listener: SilentListener
    private let callers: [Int32]
    var port: Int { listener.port }

    init() throws {
        listener = try SilentListener(backlog: 0)
        callers = (0..<4).map { _ in
            let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            return number
        }
        for number in callers {
            var address = FaultyProxy.loopback(port: listener.port)
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    func stop() {
        for number in callers { close(number) }
        listener.stop()
    }
}
