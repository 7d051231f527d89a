import Facts
import Testing

@testable import Labs

@Suite("What the Junos switch answers")
struct JunosShellTests {
    private func device(pinging seconds: [Int: Int] = [:], prepare: (inout FabricState) throws -> Void = { _ in }) throws
        -> SwitchShell
    {
        var site = try PlumbedSite(prepare: prepare)
        for (pod, moment) in seconds { _ = site.ping(pod, at: moment) }
        return try #require(site.device(at: 64))
    }

    @Test("The MAC table in XML has the elements and values of the recorded form")
    func macTableXML() throws {
        let text = try device(pinging: [2: 10, 1: 28, 3: 64]).run(
            "show ethernet-switching table vlan SRIOV_201 | display xml | no-more"
        ).outputText
        let recorded = try SeedOutput.fixture("switches/junos/mac-table/non-els-brief.xml").split(separator: "\n")
        // The recording's rows of this VLAN, up to the gateway's own; it is of another release and has one more VLAN.
        let start = try #require(recorded.firstIndex { $0.contains("<mac-table-entry") })
        let end = try #require(recorded.firstIndex { $0.contains("<mac-type>Static") })
        let rows = recorded[start..<end].joined(separator: "\n")
        #expect(text.contains(rows))
        #expect(text.hasPrefix("<rpc-reply xmlns:junos=\"http://xml.juniper.net/junos/15.1R7.9/junos\">\n"))
    }

    @Test(
        "VLANs, ports and the routed interface are told in their forms",
        arguments: [
            (
                "show vlans",
                "Name           Tag     Interfaces\nSRIOV_201      201\n                       ge-0/0/1.0*, ge-0/0/9.0*, ge-0/0/19.0*\n"
            ),
            ("show vlans detail", "VLAN: SRIOV_201, 802.1Q Tag: 201, Admin State: Enabled\n  Primary IP: 192.168.201.1/24\n"),
            ("show vlans extensive", "Layer 3 interface: vlan.201 (UP), IPV4 addresses: 192.168.201.1/24\n"),
            ("show ethernet-switching interfaces ge-0/0/9", "ge-0/0/9.0   up     SRIOV_201           201   tagged   unblocked\n"),
            ("show interfaces terse", "ge-0/0/9                up    up\nge-0/0/9.0              up    up   eth-switch\n"),
            ("show interfaces terse vlan.201", "vlan.201                up    up   inet     192.168.201.1/24\n"),
            ("show interfaces ge-0/0/9", "Physical interface: ge-0/0/9, Enabled, Physical link is Up\n"),
            (
                "show spanning-tree interface",
                "ge-0/0/9.0   128:514    128:514     32768.ac4bc82b77c1        20000  FWD    DESG\n"
            ),
            ("show version", "Hostname: fabric-switch\nModel: ex4200-48t\n"),
            ("show arp no-resolve | no-more", "Total entries: 0\n"),
            ("cli -c \"show version\"", "Hostname: fabric-switch\n"),
        ])
    func forms(command: String, part: String) throws {
        #expect(try device().run(command).outputText.contains(part))
    }

    @Test("A port without a link is down everywhere")
    func portDown() throws {
        let shell = try device { try FaultCatalogue.plant("miscabled-port@worker1", in: &$0) }
        #expect(shell.run("show interfaces terse ge-0/0/9").outputText.contains("ge-0/0/9                up    down\n"))
        #expect(shell.run("show vlans").outputText.contains("ge-0/0/9.0,"))
        #expect(shell.run("show vlans").outputText.contains("ge-0/0/47.0*"))
        #expect(
            shell.run("show spanning-tree interface").outputText.contains(
                "ge-0/0/9.0   128:514    128:514     32768.ac4bc82b77c1        20000  BLK    DIS\n"))
    }

    @Test(
        "What it does not know is answered by an error, not by an empty table",
        arguments: [
            "show bridge mac-table", "show mac address-table", "configure", "show ethernet-switching table vlan NOPE",
            "show interfaces terse ge-9/9/9",
            "show vlans | display json",
        ])
    func errors(command: String) throws {
        #expect(try device().run(command).outputText.contains("error: "))
    }

    @Test("The dot of a match is any character")
    func matchIsARegularExpression() throws {
        let text = try device(pinging: [1: 10]).run("show arp no-resolve | match 2.1.2").outputText
        #expect(text == "56:7f:f1:5e:ac:52 192.168.201.2   vlan.201             none\n")
    }
}
