import Facts
import Testing

@testable import Dialects

@Suite("Marks and numbers at a row's beginning") struct CutNumberTests {
    @Test("A VLAN's number that was cut is unread where the name still has it whole")
    func vlan() throws {
        let text =
            "Name        VID  Member      Mode\n--------  -----  ----------  --------\nVlan1001   1001  Ethernet0   untagged\nVlan1002   10"
        let entry = try #require(DialectCatalogue.entry(named: "sonic/vlans"))
        let reading = try entry.parse(text)
        #expect(reading.rows.map { $0["vlanId"]?.int } == [1001])
        #expect(reading.unread.count == 1)
    }

    @Test("Each mark of a Nexus' MAC table is none of the row", arguments: ["*", "+", "G", "O", "C", "~", "A", "S", "E", " "])
    func nexus(mark: String) throws {
        let text = """
               VLAN     MAC Address      Type      age     Secure NTFY Ports
            ---------+-----------------+--------+---------+------+----+------------------
            \(mark)  201     0200.5e40.e5a5   dynamic  0         F      F    Eth1/13
            """
        let entry = try #require(DialectCatalogue.entry(named: "nxos/mac-table"))
        let reading = try entry.parse(text)
        #expect(reading.rows.map { $0["interface"]?.text } == ["Eth1/13"])
        #expect(reading.unread.isEmpty)
    }

    @Test("Brackets before a Nexus' address are not joined to one word: the row is unread")
    func brackets() throws {
        let text = """
               VLAN     MAC Address      Type      age     Secure NTFY Ports
            ---------+-----------------+--------+---------+------+----+------------------
            ( a b c) 0200.5e40.e5a5   dynamic  0         F      F    Eth1/13
            """
        let entry = try #require(DialectCatalogue.entry(named: "nxos/mac-table"))
        let reading = try entry.parse(text)
        #expect(reading.rows.isEmpty)
        #expect(reading.unread.map(\.number) == [3])
    }

    @Test("A row that is not understood costs no other")
    func unknownRow() throws {
        let text = """
            Port            Description     Status   Speed    Duplex   Mode Vlan Tagged-Vlans
            ---------------------------------------------------------------------------------
            Eth 1/1/3       Uplink          up       10G      full     T    1    10-20,30
            Eth 1/1/4                       limbo    0        auto     -    -    -
            Eth 1/1/5                       down     0        full     A    1    -
            """
        let entry = try #require(DialectCatalogue.entry(named: "os10/interfaces"))
        let reading = try entry.parse(text + "\n")
        #expect(reading.rows.map { $0["interface"]?.text } == ["Eth 1/1/3", "Eth 1/1/5"])
        #expect(reading.unread.map(\.number) == [4])
    }
}
