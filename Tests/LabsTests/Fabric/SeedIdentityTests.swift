import Facts
import Testing

@testable import Labs

@Suite("The seed's site, pods plumbed in")
struct SeedIdentityTests {
    /// Lines without the blanks at their ends, which the seed's paste has lost.
    private func trimmed(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            while line.hasSuffix(" ") { line.removeLast() }
            return String(line)
        }
    }

    @Test("The PF's VF lines are the seed's", arguments: [1, 2, 3])
    func vfLines(worker: Int) throws {
        let site = try PlumbedSite()
        let node = try #require(site.state.nodes[NodeName("worker\(worker)")])
        let text = NodeShell(node: node, at: .seconds(60)).run("ip link show dev eno2").outputText
        // Two of the three pastes have lost the index; the lines after the first are whole.
        let pasted = try SeedOutput.answer("nodes/seed/worker\(worker)-ip-link.txt", to: "ip link show")
        #expect(text.split(separator: "\n").dropFirst() == pasted.split(separator: "\n").dropFirst())
        #expect(text.hasPrefix("5: eno2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9000 qdisc mq state UP mode DEFAULT"))
    }

    @Test("ip addr in each pod is the seed's", arguments: [1, 2, 3])
    func addresses(pod: Int) throws {
        let site = try PlumbedSite()
        let text = try #require(site.shell(pod)?.run(["ip", "addr"])).outputText
        #expect(try trimmed(text) == trimmed(SeedOutput.answer("pods/seed/ip-addr.txt", to: "kubectl exec", pod)))
        #expect(text.contains("inet6 ::1/128 scope host \n"))
    }

    @Test("The switch's MAC table is the seed's, once the pods have spoken")
    func macTable() throws {
        var site = try PlumbedSite()
        #expect(site.ping(2, at: 10) == .reply(roundTrip: .microseconds(9939)))
        #expect(site.ping(1, at: 28) == .reply(roundTrip: .microseconds(2455)))
        #expect(site.ping(3, at: 64) == .reply(roundTrip: .microseconds(4626)))
        let answer = try #require(site.device(at: 64)).run("show ethernet-switching table vlan SRIOV_201 | no-more")
        #expect(try answer.outputText == SeedOutput.answer("switches/junos/mac-table/non-els-seed.txt", to: "show "))
    }

    @Test("The switch's ARP rows are the seed's")
    func arpRows() throws {
        var site = try PlumbedSite()
        for pod in 1...3 { #expect(site.ping(pod, at: 10) != .lost) }
        let answer = try #require(site.device(at: 64)).run("show arp no-resolve | match 201.")
        #expect(try answer.outputText == SeedOutput.answer("switches/junos/arp-table/non-els-seed.txt", to: "show ", 2))
    }

    @Test("A pod that has not spoken is in no table of the switch")
    func silentPodIsNotLearned() throws {
        let site = try PlumbedSite()
        let shell = try #require(site.device(at: 60))
        #expect(!shell.run("show ethernet-switching table").outputText.contains("Learn"))
        #expect(shell.run("show arp no-resolve").outputText.hasSuffix("Total entries: 0\n"))
    }

    @Test("Before its carrier comes a VF sends nothing")
    func noCarrierNoReply() throws {
        var site = try PlumbedSite()
        #expect(site.ping(1, at: 1) == .lost)
        #expect(
            try #require(site.shell(1, at: 1)?.run(["ip", "addr"])).outputText.contains("<NO-CARRIER,BROADCAST,MULTICAST,UP>"))
        #expect(try #require(site.shell(1, at: 1)?.run(["cat", "/sys/class/net/net1/operstate"])) == CommandAnswer("down\n"))
        #expect(site.ping(1, at: 2) != .lost)
    }

    @Test("A learned MAC is forgotten after five minutes")
    func agedOut() throws {
        var site = try PlumbedSite()
        #expect(site.ping(1, at: 2) != .lost)
        #expect(try #require(site.device(at: 247)).run("show ethernet-switching table").outputText.contains("Learn       4:05"))
        #expect(try #require(site.device(at: 303)).run("show ethernet-switching table").outputText.contains("Learn") == false)
    }

    @Test("Pods of the VLAN reach each other")
    func podToPod() throws {
        var site = try PlumbedSite()
        let other = try #require(IPAddress("192.168.201.4"))
        #expect(site.state.echo(from: site.places[0], to: other, bound: nil, at: .seconds(5)) != .lost)
        let arp = try #require(site.shell(3)?.run(["cat", "/proc/net/arp"])).outputText
        #expect(arp.contains("192.168.201.2    0x1         0x2         56:7f:f1:5e:ac:52     *        net1\n"))
    }

    @Test("When a pod goes, its VF is as it was and its address is free")
    func closedSandboxLeavesNothing() throws {
        let before = try FabricState(site: SeedOutput.site())
        var site = try PlumbedSite()
        for place in site.places { site.state.closeSandbox(place) }
        for name in ["worker1", "worker2", "worker3"] {
            let was = NodeShell(node: try #require(before.nodes[NodeName(name)]), at: .zero)
            let now = NodeShell(node: try #require(site.state.nodes[NodeName(name)]), at: .zero)
            for command in ["ip -d link", "ls -l /var/lib/cni/sriov"] {
                #expect(was.run(command) == now.run(command))
            }
            // host-local keeps its folder.
            #expect(now.run("ls /var/lib/cni/networks/sriov-201") == CommandAnswer("last_reserved_ip.0\nlock\n"))
        }
    }
}
