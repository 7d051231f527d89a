import Facts
import Foundation
import Testing

@testable import Dialects

@Suite("Junos")
struct JunosTests {
    private static let title = "Ethernet-switching table: 1 unicast entries\n"
    private static let header = "  VLAN\t            MAC address       Type         Age Interfaces\n"
    private static let row = "  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 ge-0/0/19.0\n"

    private static let expected = FDBEntry(
        vlan: "SRIOV_201", mac: MACAddress("56:7f:f1:5e:ac:52"), type: "dynamic", interface: "ge-0/0/19.0", ageSeconds: 36)

    @Test(
        "A row is read however a terminal wrapped it",
        arguments: [
            "  SRIOV_201         56:7f:f1\n:5e:ac:52 Learn         36 ge-0/0/19.0\n",
            "  SRIOV_201\n56:7f:f1:5e:ac:52 Learn         36 ge-0/0/19.0\n",
            "  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 ge-0/0/1\n9.0\n",
            "  SRIOV_201         56:7f:f1:5e:ac:52\n Learn         36\n ge-0/0/19.0\n",
            "  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 \r\nge-0/0/19.0\r\n",
            "---(more)---\r            \r  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 ge-0/0/19.0\n",
            "\u{1b}[7m---(more 50%)---\u{1b}[m\r\u{1b}[K  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 ge-0/0/19.0\n",
            "SRIOV_201 56:7f:f1:5e:ac:52 Learn 36 ge-0/0/19.0\n",
        ])
    func wrapped(_ row: String) throws {
        let reading = try JunosMACTable.read(Self.title + Self.header + row)
        #expect(reading.rows == [Self.expected])
        #expect(reading.unread == [])
    }

    @Test(
        "A cut row is an unread line with its number",
        arguments: [
            "  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 ge-0/0/1\n",
            "  SRIOV_201         56:7f:f1:5e:ac:52 Learn\n",
            "  SRIOV_201         56:7f:f1:5e\n",
        ])
    func cut(_ row: String) throws {
        let reading = try JunosMACTable.read(Self.title + Self.header + row)
        #expect(reading.rows == [])
        #expect(reading.unread.map(\.number) == [3])
        #expect(!reading.statedEmpty && !reading.canShowAbsence)
    }

    @Test("Empty is what the title says, never what is left when rows are missing")
    func emptiness() throws {
        let none = "Ethernet-switching table: 0 unicast entries\n" + Self.header
        #expect(try JunosMACTable.read(none).statedEmpty)
        let floodOnly = "Ethernet-switching table: 1 entries, 0 learned\n" + Self.header
        #expect(try JunosMACTable.read(floodOnly + "  v1  *  Flood  - All-members\n").statedEmpty)
        #expect(try !JunosMACTable.read(floodOnly).statedEmpty)
        #expect(try !JunosMACTable.read(Self.title + Self.header).statedEmpty)
        let xml = "<rpc-reply><l2ng-l2ald-rtb-macdb></l2ng-l2ald-rtb-macdb></rpc-reply>"
        #expect(try JunosMACTable.read(xml).statedEmpty)
    }

    @Test("The device's error text is an error that quotes it, in text and in XML")
    func errors() {
        let text = "                                   ^\nsyntax error, expecting <command>.\n"
        #expect(throws: DialectError.deviceError("syntax error, expecting <command>.")) { try JunosMACTable.read(text) }
        let stopped = "error: the l2-learning subsystem is not running\n"
        #expect(throws: DialectError.deviceError("error: the l2-learning subsystem is not running")) {
            try JunosMACTable.read(stopped)
        }
        let xml = "<rpc-reply><xnm:error><message>syntax error</message></xnm:error></rpc-reply>"
        #expect(throws: DialectError.deviceError("syntax error")) { try JunosMACTable.read(xml) }
        #expect(throws: DialectError.nothingPrinted(expected: "a Junos MAC table")) { try JunosMACTable.read("\n\n") }
    }

    @Test("XML that breaks off gives the entries before the cut, and the cut as unread")
    func cutXML() throws {
        let whole = try SwitchFixture.named("junos/mac-table/non-els-brief.xml")
        let place = try #require(whole.range(of: "a2:1f:bc"))
        let reading = try JunosMACTable.read(String(whole[..<place.upperBound]))
        #expect(reading.rows.compactMap(\.mac?.description) == ["0a:43:80:e7:80:15", "56:7f:f1:5e:ac:52"])
        #expect(!reading.unread.isEmpty)
    }

    @Test("An entry whose address is lost is unread, and so is an address outside every entry")
    func lostXML() throws {
        let whole = try SwitchFixture.named("junos/mac-table/non-els-brief.xml")
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.contains("mac-") {
            var rest = lines
            rest.remove(at: index)
            let reading = try JunosMACTable.read(rest.joined(separator: "\n"))
            let macs = Set(reading.rows.compactMap(\.mac))
            #expect(macs.count == 4 || !reading.unread.isEmpty || line.contains("mac-address>"), "without \(line)")
        }
    }

    @Test("A VLAN name that could mean more on a command line is refused")
    func refusal() throws {
        #expect(throws: CommandRefusal.self) { try SwitchDialects.fdb(.junos, vlanName: "a | save x", vlanID: nil) }
        let ways = try SwitchDialects.fdb(.junos, vlanName: "SRIOV_201", vlanID: VLANID(201))
        #expect(
            ways.map(\.command.text).prefix(2) == [
                "show ethernet-switching table vlan SRIOV_201 | display xml | no-more",
                "show ethernet-switching table vlan SRIOV_201 | no-more",
            ])
    }
}
