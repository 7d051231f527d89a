import Facts
import Testing

@testable import Labs

@Suite("busybox ping in a pod")
struct BusyboxPingTests {
    private func ping(_ arguments: [String], pod: Int = 1, prepare: @Sendable (inout FabricState) -> Void = { _ in }) async throws
        -> CommandAnswer
    {
        let clock = JumpingClock()
        let fabric = try Fabric(site: SeedOutput.site(), time: clock.time)
        let plumbed = try PlumbedSite(prepare: prepare)
        await fabric.change { $0 = plumbed.state }
        clock.advance(by: .seconds(10))
        return try await BusyboxPing(arguments).run(from: plumbed.places[pod - 1], in: fabric)
    }

    @Test("An answered ping is the seed's", arguments: [1, 2, 3])
    func answered(pod: Int) async throws {
        let answer = try await ping(["192.168.201.1", "-c1"], pod: pod)
        #expect(try answer == CommandAnswer(SeedOutput.answer("pods/seed/ping.txt", to: "kubectl exec", pod)))
    }

    @Test("A ping without an answer says so as in the recordings")
    func lost() async throws {
        let answer = try await ping(["-c", "1", "-W", "1", "-I", "net1", "192.168.201.1"]) { $0.setGateways(up: false) }
        let expected = """
            PING 192.168.201.1 (192.168.201.1): 56 data bytes

            --- 192.168.201.1 ping statistics ---
            1 packets transmitted, 0 packets received, 100% packet loss

            """
        #expect(answer == CommandAnswer(expected, status: 1))
    }

    @Test(
        "Refusals are busybox's",
        arguments: [
            (["-c1", "-I", "net9", "192.168.201.1"], "ping: bad address 'net9'\n"),
            (["-c1", "nosuchhost.invalid"], "ping: bad address 'nosuchhost.invalid'\n"),
        ])
    func refused(arguments: [String], errors: String) async throws {
        #expect(try await ping(arguments) == CommandAnswer("", errors: errors, status: 1))
    }

    /// Linux takes an address without a route for a neighbour where the socket is bound to an interface.
    @Test("An address out of net1's subnet is looked for on net1 and does not answer")
    func outOfTheSubnet() async throws {
        let answer = try await ping(["-c", "1", "-W", "1", "-I", "net1", "10.9.9.9"])
        let expected = """
            PING 10.9.9.9 (10.9.9.9): 56 data bytes

            --- 10.9.9.9 ping statistics ---
            1 packets transmitted, 0 packets received, 100% packet loss

            """
        #expect(answer == CommandAnswer(expected, status: 1))
    }

    @Test("busybox has no -M")
    func noMTUDiscovery() {
        #expect(throws: BusyboxPing.Refusal.self) { try BusyboxPing(["-M", "do", "192.168.201.1"]) }
    }
}

extension FabricState {
    mutating func setGateways(up: Bool) {
        for name in switches.keys {
            for index in switches[name]?.gateways.indices ?? 0..<0 { switches[name]?.gateways[index].adminUp = up }
        }
    }
}
