import Facts
import Foundation
import Testing

@testable import Dialects

@Suite("Tables about ports")
struct PortTablesTests {
    private func read(_ name: String, _ text: String) throws -> ParsedTable {
        try #require(DialectCatalogue.entry(named: name)).parse(text)
    }

    @Test(
        "are empty only where the device says so",
        arguments: [
            ("ios/spanning-tree", "sw1#show spanning-tree\n\nNo spanning tree instance exists.\n\nsw1#\n"),
            ("nxos/spanning-tree", "\nNo spanning tree instances exist.\n"),
            ("eos/spanning-tree", "{\"spanningTreeInstances\": {}}\n"),
            ("sonic/spanning-tree", "Spanning-tree Mode: PVST\n"),
            ("eos/aggregates", "{\n    \"portChannels\": {}\n}\n"),
            (
                "eos/aggregates",
                "Number of channels in use: 0\nNumber of aggregators: 0\n\n   Port-Channel       Protocol    Ports\n"
                    + "------------------ -------------- -----\n\n"
            ),
            ("linux/spanning-tree", "[]\n"),
            (
                "linux/aggregates",
                "2: eno1: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000\n"
                    + "    link/ether 02:02:a4:00:01:03 brd ff:ff:ff:ff:ff:ff\n"
            ),
            (
                "junos/aggregates",
                "Interface               Admin Link Proto    Local                 Remote\nge-0/0/0                up    up\n"
                    + "ge-0/0/0.0              up    up   eth-switch\n"
            ),
        ])
    func statedEmpty(_ name: String, _ text: String) throws {
        let table = try read(name, text)
        #expect(table.rows.isEmpty && table.statedEmpty && table.unread.isEmpty)
    }

    @Test(
        "are an error where the device complains, is another, or prints nothing",
        arguments: [
            ("junos/spanning-tree", "error: the l2cpd-service subsystem is not running\n", "not running"),
            ("ios/spanning-tree", "% Invalid input detected at '^' marker.\n", "Invalid input"),
            ("ios/trunks", "sw1#show interfaces trunk\n\nsw1#\n", "no line belongs to it"),
            ("nxos/aggregates", "{\"portChannels\": {}}\n", "EOS output"),
            ("linux/spanning-tree", "bash: bridge: command not found\n", "command not found"),
        ])
    func refused(_ name: String, _ text: String, _ part: String) throws {
        let error = #expect(throws: DialectError.self) { try read(name, text) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test("A bridge's own list is read from a true kernel, as text and JSON")
    func bridgeLink() throws {
        let table = try read("linux/spanning-tree", Recorded.text("nodes/bridge/bridge-link.txt"))
        #expect(table.rows.map { $0["interface"]?.text } == ["ge-0-0-9", "ge-0-0-1", "ge-0-0-19"])
        #expect(table.rows.allSatisfy { $0["state"]?.text == "forwarding" })
        let json = try read(
            "linux/spanning-tree",
            #"[{"ifindex":3,"ifname":"ge-0-0-9","flags":["UP"],"mtu":1500,"master":"br0","state":"blocking","priority":32,"cost":100}]"#
        )
        #expect(json.rows.map { $0["state"]?.text } == ["blocking"])
    }

    @Test("An interface whose line was broken or spaced otherwise is read or its line is unread")
    func brokenRows() throws {
        for (name, path, damage) in [
            ("ios/interfaces", "ios/interfaces/paragraphs.txt", (" is ", "\nis ")),
            ("nxos/interfaces", "nxos/interfaces/paragraphs.txt", (" is ", "\nis ")),
            ("sonic/interfaces", "sonic/interfaces/status.txt", ("Ethernet4      ", "  Ethernet4            ")),
        ] {
            let text = try SwitchFixture.named(path)
            let first = try #require(text.firstRange(of: damage.0))
            let whole = Set(try read(name, text).rows.map { $0["interface"] })
            let table = try read(name, text.replacingCharacters(in: first, with: damage.1))
            let lost = whole.subtracting(table.rows.map { $0["interface"] })
            #expect(lost.isEmpty || !table.unread.isEmpty, "\(path): \(lost)")
        }
    }

    @Test("Whose table it is is not guessed where the title is lost")
    func lostTitles() throws {
        for (path, title) in [
            ("ios/spanning-tree/pvst.txt", "VLAN0201"), ("junos/spanning-tree/vstp.txt", "parameters for VLAN 201"),
            ("junos/aggregates/lacp.txt", "Aggregated interface: ae1"),
        ] {
            let whole = try SwitchFixture.named(path)
            let cut = whole.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains(title) }
            let name = path.split(separator: "/").prefix(2).joined(separator: "/")
            let rows = Set(try read(name, whole).rows)
            let table = try read(name, cut.joined(separator: "\n"))
            #expect(!table.unread.isEmpty && table.rows.allSatisfy { rows.contains($0) }, "\(path)")
        }
    }

    @Test(
        "A list of VLANs is what it says",
        arguments: [("1,10,20-30", [1, 10, 25], [2, 31]), ("none", [], [1]), ("All", [1, 4094], [])])
    func vlanSets(_ text: String, _ inside: [Int], _ outside: [Int]) throws {
        let set = try #require(VLANSet(text))
        for number in inside { #expect(set.contains(try #require(VLANID(number)))) }
        for number in outside { #expect(!set.contains(try #require(VLANID(number)))) }
        #expect(VLANSet("1,x") == nil && VLANSet("20-10") == nil && VLANSet("") == nil)
    }

    private static let recordings = SwitchFixture.all.filter { ["spanning-tree", "aggregates", "trunks"].contains($0.table) }
    private static let rounds = ProcessInfo.processInfo.environment["PLUMBLINE_MUTATIONS"].flatMap { Int($0) } ?? 60

    /// Ports named by rows: members too.
    private static func ports(_ rows: [JSONValue]) -> Set<String> {
        Set(rows.flatMap { row in ([row] + (row["members"]?.elements ?? [])).compactMap { $0["interface"]?.text } })
    }

    @Test("never lose a port without an unread line or an error", arguments: recordings)
    func nothingIsLostInSilence(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let text = try fixture.text
        let names = Self.ports(try entry.parse(text).rows)
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed) &+ UInt64(text.utf8.count) << 20)
            let (damaged, kinds) = mutator.mutate(
                text, with: [.delete, .repeatLine, .squeeze, .stretch, .wrapWords, .noise, .crlf, .blank])
            guard let table = try? entry.parse(damaged), table.unread.isEmpty else { continue }
            // A member whose own line was deleted leaves no trace; one that stands in a row's line has to be read.
            let lost = names.subtracting(Self.ports(table.rows)).filter { name in
                damaged.split(separator: "\n").contains { line in
                    let words = line.split(separator: " ").map { String($0.prefix { $0 != "(" }) }
                    return words.count > 4 && words.first == name
                }
            }
            #expect(lost.isEmpty, "seed \(seed), \(kinds): \(lost) is there but not read in\n\(damaged)")
        }
    }

    @Test("give no row that was not there", arguments: recordings)
    func nothingIsInvented(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let text = try fixture.text
        let rows = Set(try entry.parse(text).rows)
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed) &+ UInt64(text.utf8.count) << 20)
            let (damaged, kinds) = mutator.mutate(text, with: [.squeeze, .noise, .crlf, .blank, .stretch])
            guard let table = try? entry.parse(damaged) else { continue }
            let invented = table.rows.filter { !rows.contains($0) }
            #expect(
                invented.isEmpty || !table.unread.isEmpty, "seed \(seed), \(kinds): \(invented.map(\.compactText))\n\(damaged)")
        }
    }

    @Test("A row of a kind that is not known is unread, not the rest of the row before, which it adds nothing to")
    func unknownRows() throws {
        let text = """
            Interface                      Status         Protocol Description
            Lo0                            up             up
            Quux0/1                        up             up       uplink
            Vl201                          down           down

            """
        let table = try read("ios/interfaces", text)
        #expect(table.rows.map { $0["interface"]?.text } == ["Lo0", "Vl201"])
        #expect(table.unread.map(\.number) == [3])
    }

    @Test("A port above the header of a list of interfaces is unread")
    func rowsAboveTheHeader() throws {
        let table = try read(
            "nxos/interfaces",
            "Eth1/1  x  y  z\nPort          Name               Status    Vlan      Duplex  Speed   Type\n"
                + "Eth1/2        worker2            connected 201       full    25G     SFP-H25GB-CU3M\n")
        #expect(table.rows.count == 1)
        #expect(table.unread.map(\.number) == [1])
    }

    @Test("What a neighbour's description says of ports and names is not what the switch says")
    func descriptionsOfNeighbours() throws {
        let text = """
            ------------------------------------------------
            Local Intf: Gi1/0/1
            Chassis id: 0000.5e00.5301
            Port id: ens1f0
            System Name: worker1

            System Description:
            A firmware that explains itself
            Port id: 7
            System Name: another

            Time remaining: 98 seconds

            """
        let row = try #require(try read("ios/lldp", text).rows.first)
        #expect(row["neighbour"]?.text == "worker1")
        #expect(row["neighbourInterface"]?.text == "ens1f0")
    }

    @Test("A card that switches between its VFs is no port of a bridge")
    func cardsOwnSwitch() throws {
        let port = "3: swp1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state forwarding priority 32 cost 100 \n"
        let table = try read("linux/spanning-tree", port + "7: ens1f0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 hwmode VEB \n")
        #expect(table.rows.map { $0["interface"]?.text } == ["swp1"])
        #expect(table.unread.isEmpty)
    }

    @Test(
        "A capture that breaks off within a line says nothing that the line did not come to",
        arguments: [
            ("eos/arp-table", "eos/arp-table/vrf-all.txt", "\n10.10.1.1", 10),
            ("nxos/interfaces", "nxos/interfaces/ip-brief.txt", "/admin-up", 8),
            ("nxos/interfaces", "nxos/interfaces/paragraphs.txt", " is up", 4),
            ("ios/interfaces", "ios/interfaces/paragraphs.txt", "line protocol is up", 18),
            ("eos/interfaces", "eos/interfaces/status-names.txt", "connected in 3", 14),
            ("os10/vlans", "os10/vlans/os9-vlt.txt", "T Po10(Te", 9),
            ("cumulus/vlans", "cumulus/vlans/net-show.txt", "PVID, Egress Untagged", 9),
            ("ios/lldp", "ios/lldp/table.txt", "B,R", 3), ("sonic/vlans", "sonic/vlans/config.txt", "1001", 3),
        ])
    func cutCaptures(_ name: String, _ path: String, _ word: String, _ kept: Int) throws {
        let text = try SwitchFixture.named(path)
        let place = try #require(text.firstRange(of: word))
        let whole = Set(try read(name, text).rows)
        let cut = String(text[..<text.index(place.lowerBound, offsetBy: kept)])
        guard let table = try? read(name, cut) else { return }
        #expect(!table.unread.isEmpty, "\(table.rows.filter { !whole.contains($0) }.map(\.compactText))")
    }
}
