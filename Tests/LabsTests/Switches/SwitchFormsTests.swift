import Dialects
import Facts
import Testing

@testable import Labs

@Suite("What the switches of the lab print")
struct SwitchFormsTests {
    /// Sites that differ in what their switch is.
    static let sites = ["seed", "junos-els", "eos", "nxos", "ios", "linux", "sonic", "cumulus", "os10", "srlinux"]
    private static let macs = ["0a:43:80:e7:80:15", "56:7f:f1:5e:ac:52", "a2:1f:bc:be:1c:7e"]

    @Test("Every way of asking for MACs gives the same rows, and every line is read", arguments: sites)
    func macTables(site: String) throws {
        let asked = try AskedSwitch(site)
        let name = [.junos, .srlinux].contains(asked.platform) ? asked.vlan.name : nil
        let tables = try asked.answers(SwitchDialects.fdb(asked.platform, vlanName: name, vlanID: asked.vlan.tag))
        let ports = asked.device.ports.map { InterfaceName($0.name).canonicalBase }
        for (way, reading) in tables {
            #expect(reading.unread.isEmpty, "\(way)")
            let rows = reading.rows.filter { row in Self.macs.contains { row.mac?.description == $0 } }
            #expect(rows.map { $0.mac?.description ?? "" }.sorted() == Self.macs, "\(way)")
            #expect(rows.allSatisfy { $0.vlanID == asked.vlan.tag || $0.vlan == asked.vlan.name }, "\(way)")
            // worker2's MAC is the first, and its port the first of the site.
            let seen = rows.sorted { ($0.mac?.bits ?? 0) < ($1.mac?.bits ?? 0) }.map { $0.interface?.canonicalBase }
            #expect(seen == ports, "\(way)")
        }
    }

    @Test("Every way of asking for neighbours gives the same rows", arguments: sites)
    func neighbours(site: String) throws {
        let asked = try AskedSwitch(site)
        for (way, reading) in try asked.answers(SwitchDialects.neighbours(asked.platform)) {
            #expect(reading.unread.isEmpty, "\(way)")
            let rows = reading.rows.filter { $0.ip.description != "192.168.201.1" }
            #expect(rows.map(\.ip.description) == ["192.168.201.2", "192.168.201.3", "192.168.201.4"], "\(way)")
            #expect(rows.map { $0.mac?.description } == [Self.macs[1], Self.macs[0], Self.macs[2]], "\(way)")
            // SONiC's own table shows the port in place of the routed interface.
            if way == "show arp", asked.platform == .sonic { continue }
            #expect(rows.allSatisfy { $0.interface?.matches(asked.gateway) == true }, "\(way)")
        }
    }

    @Test("VLANs, interfaces and LLDP neighbours are told alike in every form", arguments: sites)
    func otherTables(site: String) throws {
        let asked = try AskedSwitch(site)
        for (way, reading) in try asked.answers(SwitchDialects.vlans(asked.platform)) {
            #expect(reading.unread.isEmpty, "\(way)")
            let members = reading.rows.filter { $0.vlanID == asked.vlan.tag }.flatMap(\.members).map(\.interface.canonicalBase)
            let ports = asked.device.ports.map { InterfaceName($0.name).canonicalBase }
            // IOS lists trunks in another table.
            #expect(members.filter(ports.contains) == (asked.platform == .ios ? [] : ports), "\(way)")
        }
        var routed: [InterfaceState] = []
        for (way, reading) in try asked.answers(SwitchDialects.interfaces(asked.platform)) {
            #expect(reading.unread.isEmpty, "\(way)")
            routed += reading.rows.filter { $0.interface.printed == asked.gateway.printed }
        }
        #expect(!routed.isEmpty && routed.allSatisfy { $0.operUp == true })
        #expect(routed.contains { $0.addresses.map(\.description) == ["192.168.201.1/24"] })
        for (way, reading) in try asked.answers(SwitchDialects.lldp(asked.platform)) {
            #expect(reading.unread.isEmpty, "\(way)")
            let heard = reading.rows.compactMap(\.neighbour).sorted()
            #expect(heard == (site == "seed" ? [] : ["worker1", "worker2", "worker3"]), "\(way)")
        }
    }

    @Test("A port that spanning tree blocks is blocked in every form, and the others are not", arguments: sites)
    func spanningTree(site: String) throws {
        let asked = try AskedSwitch(site) { state in
            for index in state.switches["fabric-switch"]?.ports.indices.dropFirst() ?? 0..<0 {
                state.switches["fabric-switch"]?.ports[index].spanningTreeForwarding = index != 1
            }
        }
        for (way, reading) in try asked.answers(SwitchDialects.spanningTree(asked.platform)) {
            #expect(reading.unread.isEmpty, "\(way)")
            #expect(
                reading.rows.filter { $0.state != .forwarding }.map(\.interface.canonicalBase) == [asked.canonical(1)], "\(way)")
            #expect(reading.rows.count == 3, "\(way)")
        }
    }

    @Test("A port channel and its port are told in every form", arguments: sites)
    func aggregates(site: String) throws {
        let names: [Platform: String] = [
            .junos: "ae7", .eos: "Port-Channel7", .nxos: "port-channel7", .ios: "Port-channel7", .linux: "bond7",
            .cumulus: "bond7", .sonic: "PortChannel7", .os10: "port-channel7", .srlinux: "lag7",
        ]
        let asked = try AskedSwitch(site) { _ in
        } changing: { device in
            let port = device.ports[0]
            device.ports[0] = SitePort(name: names[device.platform] ?? "", tagged: port.tagged, members: [port.name])
        }
        for (way, reading) in try asked.answers(SwitchDialects.aggregates(asked.platform)) {
            #expect(reading.unread.isEmpty, "\(way)")
            let port = InterfaceName(asked.device.ports[0].members[0]).canonicalBase
            #expect(reading.rows.map(\.interface.canonicalBase) == [asked.canonical(0)], "\(way)")
            #expect(reading.rows.first?.members.map(\.interface.canonicalBase) == [port], "\(way)")
        }
        // What the port takes in is learned on the aggregate. Junos without ELS knows VLANs by name only.
        let name = asked.platform == .junos ? asked.vlan.name : nil
        let table = try asked.answers(SwitchDialects.fdb(asked.platform, vlanName: name, vlanID: asked.vlan.tag))
        let row = table.first?.reading.rows.first { $0.mac?.description == Self.macs[0] }
        #expect(row?.interface?.canonicalBase == asked.canonical(0))
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
        ("ios", "show interfaces trunk", ["ios/trunks/trunk.txt"]),
        ("junos-els", "show ethernet-switching table", ["junos/mac-table/els-brief.txt"]),
        ("junos-els", "show lldp neighbors", ["junos/lldp/table.txt"]),
        ("linux", "bridge fdb show", ["../nodes/bridge/bridge-fdb.txt"]),
        ("linux", "bridge vlan show", ["../nodes/bridge/bridge-vlan.txt"]),
        ("linux", "bridge link show", ["../nodes/bridge/bridge-link.txt"]),
        ("linux", "ip neigh show", ["../nodes/bridge/ip-neigh.txt"]),
        ("sonic", "show mac", ["sonic/mac-table/show-mac.txt"]),
        ("sonic", "show arp", ["sonic/arp-table/show-arp.txt"]),
        ("os10", "show mac address-table vlan 201", ["os10/mac-table/tabs.txt"]),
        ("os10", "show ip arp", ["os10/arp-table/arp.txt"]),
        ("srlinux", "show arpnd arp-entries", ["srlinux/arp-table/arpnd.txt"]),
        ("cumulus", "net show bridge macs", ["cumulus/mac-table/net-show.txt"]),
    ]

    @Test("Each line has the form of a line that a recording has", arguments: forms.indices)
    func linesAreOfRecordings(index: Int) throws {
        let form = Self.forms[index]
        let text = try AskedSwitch(form.site).shell.run(form.command).outputText
        let lines = try form.recordings.flatMap { try SeedOutput.fixture("switches/\($0)").split(separator: "\n") }
        let known = Set(lines.map { LineForm($0) })
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
            ("os10", "show ethernet-switching table", "% Error: Unrecognized command.\n"),
            ("srlinux", "show mac address-table", "Parsing error: Unknown token 'mac'."),
            ("linux", "show vlan", "sh: 1: show: not found\n"),
            ("sonic", "show ethernet-switching table", "Error: No such command \"ethernet-switching\".\n"),
        ])
    func refusals(site: String, command: String, words: String) throws {
        #expect(try AskedSwitch(site).shell.run(command).description.contains(words))
    }

    @Test("A trunk of IOS stands in its own table, and one that carries nothing says so")
    func trunks() throws {
        let asked = try AskedSwitch("ios") { try FaultCatalogue.plant("vlan-not-trunked@worker2", in: &$0) }
        let text = asked.shell.run("show interfaces trunk").outputText
        #expect(text.contains("\nPort        Vlans allowed on trunk\nGi1/0/1     none\nGi1/0/9     201\nGi1/0/19    201\n"))
    }
}

/// A site's switch, once the pods have spoken.
struct AskedSwitch {
    let shell: SwitchShell
    let device: SiteSwitch
    let vlan: SiteVLAN

    var platform: Platform { device.platform }
    var gateway: InterfaceName { InterfaceName(vlan.gateway?.interface ?? "") }

    init(
        _ name: String, prepare: (inout FabricState) throws -> Void = { _ in },
        changing change: (inout SiteSwitch) -> Void = { _ in }
    ) throws {
        var site = try SeedOutput.site(name)
        change(&site.switches[0])
        var plumbed = try PlumbedSite(site)
        for pod in 1...3 { _ = plumbed.ping(pod, at: 10 * pod) }
        // What is wrong comes after they have spoken, so that tables have rows all the same.
        try prepare(&plumbed.state)
        device = site.switches[0]
        vlan = try #require(device.vlans.first)
        shell = try #require(plumbed.device(at: 35))
    }

    /// A port's name as it is compared.
    func canonical(_ index: Int) -> String { InterfaceName(device.ports[index].name).canonicalBase }

    /// What each way of asking gives. Those for devices of another make or release are refused, and left out.
    func answers<Record: Sendable>(_ ways: [Try<Record>]) throws -> [(way: String, reading: Reading<Record>)] {
        try ways.compactMap { way in
            let answer = shell.run(way.command.text)
            if isRefused(way.command.text) {
                #expect(throws: DialectError.self) { try way.read(answer.outputText) }
                return nil
            }
            return (way.command.text, try way.read(answer.outputText))
        }
    }

    private func isRefused(_ command: String) -> Bool {
        switch platform {
        case .junos: command.hasPrefix("show bridge mac-table")
        case .ios: command.hasPrefix("show mac-address-table")
        // The other command line, of Enterprise SONiC, and releases with spanning tree.
        case .sonic: ["show mac address-table", "show ip arp", "show spanning-tree"].contains(command)
        default: false
        }
    }
}

/// A line without what differs from device to device: addresses, numbers, names of ports and VLANs, widths.
struct LineForm: Hashable {
    let words: [String]

    init(_ line: some StringProtocol) {
        let kinds = line.lowercased().split { $0 == " " || $0 == "," || $0 == "\t" }.map { Self.kind(of: $0) }
        // However many ports a line has, they are a list, which may be empty.
        let joined = kinds.reduce(into: [String]()) { words, word in
            if word != "name" || words.last != "name" { words.append(word) }
        }
        words = joined.last == "name" ? joined.dropLast() : joined
    }

    private static func kind(of word: Substring) -> String {
        if MACAddress(word) != nil { return "MAC" }
        if IPAddress(word) != nil { return "address" }
        if ["d", "dl", "dr", "s"].contains(word) { return "flags" }
        if word.allSatisfy({ "-=+|".contains($0) }), word.count > 1 { return "rule" }
        if word.hasSuffix("-default") { return "name" }
        if word.contains(where: \.isNumber) { return word.contains(where: \.isLetter) ? "name" : "number" }
        return String(word)
    }
}
