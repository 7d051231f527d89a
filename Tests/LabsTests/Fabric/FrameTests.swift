import Facts
import Testing

@testable import Labs

@Suite("Frames between VFs, card and switch")
struct FrameTests {
    /// The seed's site with a second pod on worker1, in this VLAN or in none, with the address .9.
    private func twoOnOneCard(secondVLAN: Int?) throws -> (site: PlumbedSite, second: PodPlace) {
        var site = try PlumbedSite()
        let second = PodPlace(node: "worker1", uid: "second")
        site.state.openSandbox(
            of: PodReference(namespace: "default", name: "second"), uid: second.uid,
            containerID: String(repeating: "9", count: 64),
            containers: ["c"], on: "worker1")
        let vlan = secondVLAN.map { "\"vlan\": \($0)," } ?? ""
        let network = PlumbedSite.network.replacing("\"vlan\": 201,", with: vlan)
        let request = NetworkRequest(namespace: "default", name: "n", interface: "net1", addresses: ["192.168.201.9"])
        _ = try site.state.attach(
            CNIConfiguration(parsing: network), request: request, device: PCIAddress("0000:01:10.7"), to: second, at: .zero)
        return (site, second)
    }

    @Test("VFs of one card and VLAN talk inside the card, and only what is for all reaches the switch")
    func insideTheCard() throws {
        var (site, _) = try twoOnOneCard(secondVLAN: 201)
        let ninth = try #require(IPAddress("192.168.201.9"))
        #expect(site.state.echo(from: site.places[0], to: ninth, bound: "net1", at: .seconds(9)) != .lost)
        // The question went to all; the answer and the echo stayed inside.
        let learned = site.state.switches["fabric-switch"]?.learned.map(\.mac.description)
        #expect(learned == ["56:7f:f1:5e:ac:52"])
    }

    @Test("VFs of one card in different VLANs do not hear each other", arguments: [nil, 202])
    func isolated(vlan: Int?) throws {
        var (site, _) = try twoOnOneCard(secondVLAN: vlan)
        let ninth = try #require(IPAddress("192.168.201.9"))
        #expect(site.state.echo(from: site.places[0], to: ninth, bound: "net1", at: .seconds(9)) == .lost)
    }

    @Test("A VF whose tag its port does not carry reaches nobody on another node")
    func isolatedOverTheSwitch() throws {
        var (site, second) = try twoOnOneCard(secondVLAN: 202)
        let other = try #require(IPAddress("192.168.201.3"))
        #expect(site.state.echo(from: second, to: other, bound: "net1", at: .seconds(9)) == .lost)
        #expect(site.state.echo(from: site.places[0], to: other, bound: "net1", at: .seconds(9)) != .lost)
    }

    @Test("With spoof check on, frames with another source MAC do not leave the VF")
    func spoofCheck() throws {
        var site = try PlumbedSite()
        let place = NICPlace(node: "worker1", name: "eno2")
        let forged = Frame(source: MACAddress(bits: 0x0200_0000_0001), destination: Frame.broadcast)
        #expect(site.state.send(forged, from: place, vf: 1, at: .seconds(9)).isEmpty)
        site.state.nodes["worker1"]?.functions[3].virtualFunctions[1].spoofCheck = false
        #expect(!site.state.send(forged, from: place, vf: 1, at: .seconds(9)).isEmpty)
    }

    @Test("A port that blocks, or is switched off, learns nothing and passes nothing", arguments: [true, false])
    func blockedPort(bySpanningTree: Bool) throws {
        var site = try PlumbedSite()
        let index = try #require(site.state.switches["fabric-switch"]?.ports.firstIndex { $0.name == "ge-0/0/9" })
        if bySpanningTree {
            site.state.switches["fabric-switch"]?.ports[index].spanningTreeForwarding = false
        } else {
            site.state.switches["fabric-switch"]?.ports[index].adminUp = false
        }
        #expect(site.ping(1, at: 9) == .lost)
        #expect(site.state.switches["fabric-switch"]?.learned == [])
        #expect(site.ping(2, at: 9) != .lost)
    }
}
