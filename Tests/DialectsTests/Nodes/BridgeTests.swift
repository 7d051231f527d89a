import Facts
import Testing

@testable import Dialects

@Suite struct BridgeTests {
    @Test("brctl's table has the learned addresses of the same bridge's FDB, with the port's number")
    func brctl() throws {
        let table = try BridgeFDB.read(try Recorded.text("nodes/brctl/brctl-showmacs.txt"))
        #expect(table.form == "text/brctl" && table.unread.isEmpty && table.rows.count == 6)
        let learned = table.rows.filter { $0.type == "dynamic" }
        let fdb = try BridgeFDB.read(try Recorded.text("nodes/brctl/bridge-fdb.txt")).rows.filter { $0.type == "dynamic" }
        #expect(Set(learned.map(\.mac)) == Set(fdb.map(\.mac)))
        #expect(learned.map(\.interface) == ["2", "1", "3"] && learned.map(\.ageSeconds) == [0, 0, 2])
        #expect(throws: DialectError.self) { _ = try BridgeFDB.read(try Recorded.text("nodes/brctl/brctl-show.txt")) }
        #expect(try BridgeFDB.read("port no\tmac addr\t\tis local?\tageing timer\n").statedEmpty)
    }

    @Test("learned rows and the bridge's own, in text and JSON")
    func fdb() throws {
        let text = try BridgeFDB.read(try Recorded.text("nodes/bridge/bridge-fdb.txt"))
        let json = try BridgeFDB.read(try Recorded.text("nodes/bridge/bridge-fdb.json"))
        #expect(text.rows == json.rows && text.unread.isEmpty && text.rows.count == 26)
        let learned = text.rows.filter { $0.type == "dynamic" }
        #expect(learned.map { $0.mac?.description } == ["aa:46:b8:c3:b8:51", "82:f2:10:5a:6d:71", "82:75:b3:9f:db:18"])
        #expect(learned.map { $0.interface?.printed } == ["ge-0-0-9", "ge-0-0-1", "ge-0-0-19"])
        #expect(learned.allSatisfy { $0.vlanID == VLANID(201) && $0.ageSeconds == nil })
    }

    @Test("times since a MAC was seen last, in text and JSON")
    func ages() throws {
        let text = try BridgeFDB.read(try Recorded.text("nodes/bridge/bridge-fdb-201-dynamic-statistics.txt"))
        let json = try BridgeFDB.read(try Recorded.text("nodes/bridge/bridge-fdb-201-dynamic-statistics.json"))
        #expect(text.rows.map(\.ageSeconds) == [7, 7, 1] && json.rows.map(\.ageSeconds) == [7, 7, 1])
    }

    @Test(
        "rows of other releases and of VXLAN",
        arguments: [
            ("00:11:22:33:44:55 dev vxlan10 dst 10.0.0.2 self \n", nil, "self", "vxlan10"),
            ("00:11:22:33:44:55 dev vxlan10 vlan 10 extern_learn master br0 \n", 10, "dynamic", "vxlan10"),
            ("00:11:22:33:44:55 dev swp1 vlan 10 offload master br0 \n", 10, "dynamic", "swp1"),
            // 4.18 leaves the words master and dst out.
            ("00:11:22:33:44:55 dev swp1 vlan 10 br0 permanent\n", 10, "permanent", "swp1"),
            ("00:11:22:33:44:55 dev vxlan10 10.0.0.2 self permanent\n", nil, "permanent", "vxlan10"),
            ("00:11:22:33:44:55 dev swp1 vlan 10 master br0 static\n", 10, "static", "swp1"),
            ("00:11:22:33:44:55 dev swp1 used 3/12 master br0 stale\n", nil, "stale", "swp1"),
            (
                #"[{"mac":"00:11:22:33:44:55","dev":"swp1","vlan":10,"flags":[],"master":"br0","state":""}]"# + "\n", 10,
                "dynamic", "swp1"
            ),
        ] as [(String, Int?, String, String)])
    func rows(text: String, vlan: Int?, type: String, port: String) throws {
        let reading = try BridgeFDB.read(text)
        #expect(
            reading.rows == [
                FDBEntry(
                    vlan: vlan.map(String.init), vlanID: vlan.flatMap { VLANID($0) }, mac: MACAddress("00:11:22:33:44:55"),
                    type: type,
                    interface: InterfaceName(port), ageSeconds: type == "stale" ? 12 : nil)
            ])
    }

    @Test("a row cut anywhere is unread, broken JSON an error", arguments: [10, 17, 20, 31, 36, 40, 44, 47])
    func cut(width: Int) throws {
        let lines = try Recorded.text("nodes/bridge/bridge-fdb.txt").split(separator: "\n")
        let reading = try BridgeFDB.read(lines[0] + "\n" + lines[1].prefix(width))
        #expect(reading.rows.count == 1 && reading.unread.count == 1)
        let json = try Recorded.text("nodes/bridge/bridge-fdb.json")
        #expect(throws: DialectError.self) { _ = try BridgeFDB.read(String(json.prefix(400))) }
    }

    @Test("VLANs by number, from ports that list them")
    func vlans() throws {
        let text = try BridgeVLAN.read(try Recorded.text("nodes/bridge/bridge-vlan.txt"))
        let json = try BridgeVLAN.read(try Recorded.text("nodes/bridge/bridge-vlan.json"))
        #expect(text.rows == json.rows && text.rows.count == 1 && text.rows[0].vlanID == VLANID(201))
        #expect(text.rows[0].members.map(\.interface.printed) == ["ge-0-0-9", "ge-0-0-1", "ge-0-0-19", "br0"])
        #expect(text.rows[0].members.allSatisfy { $0.tagged == true })
    }

    // The forms are those of iproute2 `bridge/vlan.c` before and since 5.5.
    @Test(
        "native VLANs, ranges and several lines a port",
        arguments: [
            "port\tvlan ids\nswp1\t 1 PVID Egress Untagged\n\t 10\n\t 20-22\n\nswp2\t 10\n\ndocker0\tNone\n",
            "port              vlan-id  \nswp1              1 PVID Egress Untagged\n                  10\n                  20-22\nswp2              10\n",
            #"[{"ifname":"swp1","vlans":[{"vlan":1,"flags":["PVID","Egress Untagged"]},{"vlan":10},{"vlan":20,"vlanEnd":22}]},{"ifname":"swp2","vlans":[{"vlan":10}]}]"#,
            #"{"swp1":[{"vlan":1,"flags":["PVID","Egress Untagged"]},{"vlan":10},{"vlan":20,"vlanEnd":22}],"swp2":[{"vlan":10}]}"#,
        ])
    func ranges(text: String) throws {
        let reading = try BridgeVLAN.read(text)
        #expect(reading.unread.isEmpty && reading.rows.map { $0.vlanID?.number } == [1, 10, 20, 21, 22])
        #expect(reading.rows[0].members == [VLANEntry.Member(interface: "swp1", tagged: false)])
        #expect(reading.rows[1].members.map(\.interface.printed) == ["swp1", "swp2"])
    }

    @Test("a VLAN line cut in its flags is unread")
    func cutVLAN() throws {
        let reading = try BridgeVLAN.read(
            "port              vlan-id  \nswp1              10\nswp2              1 PVID Egress Unta")
        #expect(reading.unread.count == 1 && reading.rows.map { $0.vlanID?.number } == [10])
        #expect(throws: DialectError.self) {
            _ = try BridgeVLAN.read("Name           Tag     Interfaces\nmgmt           99     \n")
        }
    }

    // The forms are those of lldpd `src/client/display.c` and `json_writer.c`.
    @Test(
        "one LLDP neighbour in each of lldpctl's forms",
        arguments: [
            "-------\nLLDP neighbors:\n-------\nInterface:    eno2, via: LLDP, RID: 1, Time: 0 day, 00:01:02\n  Chassis:     \n    ChassisID:    mac 00:11:22:33:44:55\n    SysName:      fabric-switch\n    Capability:   Bridge, on\n  Port:        \n    PortID:       ifname ge-0/0/9\n    PortDescr:    to worker1\n    TTL:          120\n-------\n",
            "lldp.eno2.via=LLDP\nlldp.eno2.rid=1\nlldp.eno2.chassis.mac=00:11:22:33:44:55\nlldp.eno2.chassis.name=fabric-switch\nlldp.eno2.port.ifname=ge-0/0/9\nlldp.eno2.port.descr=to worker1\n",
            #"{"lldp":{"interface":{"eno2":{"via":"LLDP","chassis":{"fabric-switch":{"id":{"type":"mac","value":"00:11:22:33:44:55"}}},"port":{"id":{"type":"ifname","value":"ge-0/0/9"},"descr":"to worker1"}}}}}"#,
            #"{"lldp":{"interface":[{"eno2":{"chassis":{"fabric-switch":{"id":{"type":"mac","value":"00:11:22:33:44:55"}}},"port":{"id":{"type":"ifname","value":"ge-0/0/9"}}}}]}}"#,
            #"{"lldp":[{"interface":[{"name":"eno2","chassis":[{"id":[{"type":"mac","value":"00:11:22:33:44:55"}],"name":[{"value":"fabric-switch"}]}],"port":[{"id":[{"type":"local","value":"ge-0/0/9"}],"descr":[{"value":"x"}]}]}]}]}"#,
        ])
    func lldp(text: String) throws {
        let reading = try LLDPNeighbours.read(text)
        #expect(reading.unread.isEmpty)
        #expect(
            reading.rows == [
                LLDPNeighbour(
                    localInterface: "eno2", neighbour: "fabric-switch", neighbourInterface: "ge-0/0/9",
                    chassisID: "00:11:22:33:44:55")
            ])
    }

    @Test("a port that only its description names, a neighbour cut short, and none at all")
    func lldpEdges() throws {
        let described =
            "lldp.eno2.via=LLDP\nlldp.eno2.chassis.mac=00:11:22:33:44:55\nlldp.eno2.port.mac=00:11:22:33:44:56\nlldp.eno2.port.descr=ge-0/0/9\n"
        #expect(try LLDPNeighbours.read(described).rows.first?.neighbourInterface == "ge-0/0/9")
        let cut = try LLDPNeighbours.read(described + "lldp.eno1.via=LLDP\nlldp.eno1.chassis.mac=00:11:22:33:44:55\n")
        #expect(cut.rows.count == 1 && cut.unread.count == 1)
        #expect(try LLDPNeighbours.read(#"{"lldp":{}}"#).statedEmpty)
    }

    @Test("interfaces of a bridge as a switch's ports: up, carrier and addresses")
    func interfaces() throws {
        let reading = try LinuxInterfaces.read(try Recorded.text("nodes/igb/ip-addr.txt"))
        let pf = try #require(reading.rows.first { $0.interface == "eno2" })
        #expect(pf.adminUp == true && pf.operUp == true)
        #expect(reading.rows.first { $0.interface == "eno2v0" }?.operUp == false)
        #expect(
            reading.rows.first { $0.interface == "lo" }?.operUp == true, "UNKNOWN is what virtual interfaces say while they work")
    }
}
