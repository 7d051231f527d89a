import Dialects
import Facts
import Testing

@testable import Labs

@Suite("What the switches of the lab print")
struct SwitchFormsTests {
    /// Sites that differ in what their switch is.
    static let sites = ["seed", "junos-els", "eos", "nxos", "ios", "linux"]

    /// A site with its pods' echoes answered, a static ARP entry, and what LLDP is heard.
    static func shell(_ site: String) throws -> (shell: SwitchShell, platform: Platform, vlan: SiteVLAN) {
        let read = try SeedOutput.site(site)
        var plumbed = try PlumbedSite(read)
        for pod in 1...3 { _ = plumbed.ping(pod, at: 10 * pod) }
        let device = try #require(read.switches.first)
        let vlan = try #require(device.vlans.first)
        return (try #require(plumbed.device(at: 35)), device.platform, vlan)
    }

    /// Commands for devices of another make, which are refused.
    private static let refused = ["show bridge mac-table", "show mac-address-table vlan 201"]

    /// The rows that each way of asking gives, those that are refused left out.
    private func answers<Record: Sendable>(_ ways: [Try<Record>], _ shell: SwitchShell) throws -> [(
        way: String, reading: Reading<Record>
    )] {
        try ways.compactMap { way in
            let answer = shell.run(way.command.text)
            if Self.refused.contains(where: { way.command.text.hasPrefix($0) }) {
                #expect(throws: DialectError.self) { try way.read(answer.outputText) }
                return nil
            }
            return (way.command.text, try way.read(answer.outputText))
        }
    }

    @Test("Every way of asking gives the same rows, and every line is read", arguments: sites)
    func formsAgree(site: String) throws {
        let (shell, platform, vlan) = try Self.shell(site)
        let name = platform == .junos ? vlan.name : nil
        let fdb = try answers(SwitchDialects.fdb(platform, vlanName: name, vlanID: vlan.tag), shell)
        let macs = ["0a:43:80:e7:80:15", "56:7f:f1:5e:ac:52", "a2:1f:bc:be:1c:7e"]
        for (way, reading) in fdb {
            #expect(reading.unread.isEmpty, "\(way)")
            let rows = reading.rows.filter { row in macs.contains { row.mac?.description == $0 } }
            #expect(rows.map { $0.mac?.description ?? "" }.sorted() == macs, "\(way)")
            #expect(rows.allSatisfy { $0.vlanID == vlan.tag || $0.vlan == vlan.name }, "\(way)")
            #expect(
                rows.map { $0.interface?.canonicalBase }
                    == fdb[0].reading.rows.filter { rows.map(\.mac).contains($0.mac) }
                    .map { $0.interface?.canonicalBase }, "\(way)")
        }
        let arp = try answers(SwitchDialects.neighbours(platform), shell)
        for (way, reading) in arp {
            #expect(reading.unread.isEmpty, "\(way)")
            let rows = reading.rows.filter { $0.ip.description != "192.168.201.1" }
            #expect(rows.map(\.ip.description) == ["192.168.201.2", "192.168.201.3", "192.168.201.4"], "\(way)")
            #expect(rows.map { $0.mac?.description } == [macs[1], macs[0], macs[2]], "\(way)")
            #expect(rows.allSatisfy { $0.interface?.matches(InterfaceName(vlan.gateway?.interface ?? "")) == true }, "\(way)")
        }
        try otherTablesAgree(platform, shell, vlan)
    }

    private func otherTablesAgree(_ platform: Platform, _ shell: SwitchShell, _ vlan: SiteVLAN) throws {
        for (way, reading) in try answers(SwitchDialects.vlans(platform), shell) {
            #expect(reading.unread.isEmpty, "\(way)")
            let entry = reading.rows.filter { $0.vlanID == vlan.tag }
            // IOS lists trunks in another table.
            let ports = platform == .ios ? 0 : 3
            let count = entry.flatMap(\.members).filter { !["Cpu", "br0"].contains($0.interface.printed) }.count
            #expect(count == ports, "\(way)")
        }
        for (way, reading) in try answers(SwitchDialects.interfaces(platform), shell) where way != "show ip interface brief" {
            #expect(reading.unread.isEmpty, "\(way)")
            let routed = reading.rows.filter { $0.interface.printed == vlan.gateway?.interface }
            #expect(routed.map(\.addresses) == [[vlan.gateway?.address].compactMap { $0 }], "\(way)")
            #expect(routed.allSatisfy { $0.operUp == true }, "\(way)")
        }
        for (way, reading) in try answers(SwitchDialects.lldp(platform), shell) {
            #expect(reading.unread.isEmpty, "\(way)")
            let heard = reading.rows.compactMap(\.neighbour).sorted()
            #expect(heard == (vlan.gateway?.interface == "vlan.201" ? [] : ["worker1", "worker2", "worker3"]), "\(way)")
        }
    }

    /// What a command prints, and the recording that has its form.
    private static let forms: [(site: String, command: String, recordings: [String])] = [
        ("eos", "show mac address-table", ["eos/mac-table/two-tables.txt"]),
        ("eos", "show ip arp vrf all", ["eos/arp-table/vrf-all.txt"]),
        ("eos", "show vlan", ["eos/vlans/vlan.txt", "ios/vlans/brief.txt"]),
        ("eos", "show lldp neighbors", ["eos/lldp/table.txt"]),
        ("nxos", "show mac address-table vlan 201", ["nxos/mac-table/vpc.txt"]),
        ("nxos", "show vlan brief", ["nxos/vlans/brief.txt"]),
        ("ios", "show mac address-table", ["ios/mac-table/catalyst.txt"]),
        ("ios", "show vlan brief", ["ios/vlans/brief.txt"]),
        ("junos-els", "show ethernet-switching table", ["junos/mac-table/els-brief.txt"]),
        ("junos-els", "show lldp neighbors", ["junos/lldp/table.txt"]),
        ("linux", "bridge fdb show", ["../nodes/bridge/bridge-fdb.txt"]),
        ("linux", "bridge vlan show", ["../nodes/bridge/bridge-vlan.txt"]),
        ("linux", "bridge link show", ["../nodes/bridge/bridge-link.txt"]),
        ("linux", "ip neigh show", ["../nodes/bridge/ip-neigh.txt"]),
    ]

    @Test("Each line has the form of a line that a recording has", arguments: forms.indices)
    func linesAreOfRecordings(index: Int) throws {
        let form = Self.forms[index]
        let text = try Self.shell(form.site).shell.run(form.command).outputText
        let known = try Set(
            form.recordings.flatMap { try SeedOutput.fixture("switches/\($0)").split(separator: "\n").map(LineForm.init) })
        #expect(!text.isEmpty)
        for line in text.split(separator: "\n") where !known.contains(LineForm(line)) {
            Issue.record("\(form.command): no recording has a line like '\(line)'")
        }
    }

    @Test(
        "What it does not know is refused in the device's own words",
        arguments: [
            ("eos", "show bridge mac-table", "% Invalid input (at token 1: 'bridge')\n"),
            ("nxos", "show ethernet-switching table", "% Invalid command at '^' marker.\n"),
            ("ios", "show mac-address-table", "% Invalid input detected at '^' marker.\n"),
            ("junos-els", "show mac address-table", "syntax error, expecting <command>.\n"),
        ])
    func refusals(site: String, command: String, words: String) throws {
        #expect(try Self.shell(site).shell.run(command).outputText.contains(words))
        #expect(try Self.shell("linux").shell.run("show vlan").errorText == "sh: 1: show: not found\n")
    }

    @Test("A trunk of IOS stands in its own table, and one that carries nothing says so")
    func trunks() throws {
        var plumbed = try PlumbedSite(try SeedOutput.site("ios")) {
            try FaultCatalogue.plant("vlan-not-trunked@worker2", in: &$0)
        }
        _ = plumbed.ping(1, at: 10)
        let text = try #require(plumbed.device(at: 20)).run("show interfaces trunk").outputText
        #expect(text.contains("\nPort        Vlans allowed on trunk\nGi1/0/1     none\nGi1/0/9     201\nGi1/0/19    201\n"))
    }
}

/// A line without what differs from device to device: addresses, numbers, names of ports and VLANs, widths.
struct LineForm: Hashable {
    let words: [String]

    init(_ line: some StringProtocol) {
        words = line.lowercased().split { $0 == " " || $0 == "," || $0 == "\t" }.map { word in
            if MACAddress(word) != nil { return "MAC" }
            if IPAddress(word) != nil { return "address" }
            if ["d", "dl", "dr", "s"].contains(word) { return "flags" }
            if word.hasSuffix("-default") { return "name" }
            if word.contains(where: \.isNumber) { return word.contains(where: \.isLetter) ? "name" : "number" }
            return String(word)
        }.reduce(into: []) { words, word in
            // However many ports a line has, they are a list.
            if word != "name" || words.last != "name" { words.append(word) }
        }.droppingLast("name")
    }
}

extension [String] {
    /// Without its last element, where it is this one: a list of ports may be empty.
    fileprivate func droppingLast(_ element: String) -> [String] { last == element ? Array(dropLast()) : self }
}
