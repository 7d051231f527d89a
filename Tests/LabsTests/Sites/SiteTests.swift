import Documents
import Facts
import Testing

@testable import Labs

@Suite("Sites")
struct SiteTests {
    @Test(
        "The seed's site has the identity rows of the seed",
        arguments: [
            ("worker1", 1, "56:7f:f1:5e:ac:52", "192.168.201.2", "ge-0/0/9"),
            ("worker2", 2, "0a:43:80:e7:80:15", "192.168.201.3", "ge-0/0/1"),
            ("worker3", 7, "a2:1f:bc:be:1c:7e", "192.168.201.4", "ge-0/0/19"),
        ])
    func identityRows(name: String, vf: Int, mac: String, address: String, port: String) throws {
        let node = try #require(SeedOutput.site().node(NodeName(name)))
        let nic = try #require(node.nics.first { $0.name == "eno2" })
        #expect(node.attachment?.virtualFunction == vf)
        #expect(nic.virtualFunctions[vf].mac.description == mac)
        #expect(node.attachment?.address.description == address)
        #expect(nic.cable?.name == port)
    }

    @Test("The same number draws the same site, another number another")
    func drawingIsRepeatable() throws {
        let base = try SeedOutput.site()
        #expect(SiteDrawing(from: base, seed: 17).site == SiteDrawing(from: base, seed: 17).site)
        #expect(SiteDrawing(from: base, seed: 17).site.switches != SiteDrawing(from: base, seed: 18).site.switches)
    }

    @Test("Pods of a drawn site reach their gateway, and each MAC is learned where its cable ends", arguments: 1...20)
    func drawnSitesWork(seed: UInt64) throws {
        let site = SiteDrawing(from: try SeedOutput.site(), seed: seed).site
        let macs = site.nodes.flatMap(\.nics).flatMap { [$0.mac] + $0.virtualFunctions.map(\.mac) }
        #expect(Set(macs).count == macs.count && !macs.contains { $0.isGroup })
        let vlan = try #require(site.switches.first?.vlans.first)
        let network = """
            {"type": "sriov", "vlan": \(vlan.tag), "name": "n",
             "ipam": {"type": "host-local", "ranges": [[{"subnet": "\(try #require(vlan.gateway).address.network)"}]]}}
            """
        var plumbed = try PlumbedSite(site, network: network)
        for place in plumbed.places {
            let gateway = try #require(vlan.gateway).address.address
            #expect(plumbed.state.echo(from: place, to: gateway, bound: "net1", at: .seconds(9)) != .lost)
        }
        let learned = plumbed.state.switches.values.flatMap(\.learned)
        for node in site.nodes {
            guard let attachment = node.attachment, let nic = node.nics.first(where: { $0.cable != nil }) else { continue }
            let mac = nic.virtualFunctions[attachment.virtualFunction].mac
            #expect(learned.first { $0.mac == mac }?.port == nic.cable?.name)
        }
    }

    @Test(
        "A site file that is wrong is told where and what",
        arguments: [
            ("port: ge-0/0/9", "port: ge-0/0/8", "fabric-switch ge-0/0/8, which is no port of this site"),
            ("vf: 7, address", "vf: 8, address", "its attachment is VF 8, and there is no such VF"),
            ("platform: junos", "platform: junoz", "did you mean 'junos'?"), ("cluster:", "clutser:", "did you mean 'cluster'?"),
            ("56:7f:f1:5e:ac:52", "56:7f:f1:5e:ac", "a MAC address such as"),
            ("- name: worker2", "- name: worker1", "two hosts of this site are called worker1"),
        ])
    func wrongFiles(part: String, wrong: String, sentence: String) throws {
        let text = try SeedOutput.fixture("sites/seed.yaml").replacing(part, with: wrong, maxReplacements: 1)
        let error = #expect(throws: ProblemList.self) { try Site(reading: text, file: "x.yaml", name: "x") }
        #expect(error?.description.contains(sentence) == true)
    }

    @Test("A site that extends another says its switches anew, and its nodes only where they differ")
    func extending() throws {
        let site = try SeedOutput.site("eos")
        #expect(site.switches.map(\.platform) == [.eos])
        #expect(site.node("worker3")?.nics.first { $0.name == "eno2" }?.cable?.name == "Ethernet19")
        #expect(try site.node("worker3")?.nics.map(\.mac) == SeedOutput.site().node("worker3")?.nics.map(\.mac))
        let text = try SeedOutput.fixture("sites/eos.yaml")
        let error = #expect(throws: ProblemList.self) { try Site(reading: text, file: "eos.yaml", name: "eos") }
        #expect(error?.description.contains("eos.yaml:2:10") == true)
        #expect(error?.description.contains("there is no site to extend at './seed.yaml'") == true)
    }
}
