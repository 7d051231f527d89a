import Facts
import Testing

@testable import Dialects

/// A table as text inside of XML or JSON reads as the text itself.
@Suite("Text that XML or JSON carries") struct CarriedTextTests {
    private static let nexus = """
           VLAN     MAC Address      Type      age     Secure NTFY Ports
        ---------+-----------------+--------+---------+------+----+------------------
        *  201     0200.5e40.e5a5   dynamic  0         F      F    Eth1/13

        """

    @Test(
        "NX-API and Ansible",
        arguments: [
            #"{"jsonrpc": "2.0", "result": {"msg": TEXT}, "id": 1}"#,
            #"{"ins_api": {"sid": "eoc", "outputs": {"output": {"msg": "Success", "code": "200", "body": TEXT}}}}"#,
            #"{"changed": false, "stdout": [TEXT], "stdout_lines": [["   VLAN  …", "201 …"]]}"#,
        ])
    func nexus(frame: String) throws {
        let quoted = "\"" + Self.nexus.replacing("\n", with: "\\n") + "\""
        let reading = try NXOSMACTable.read(frame.replacing("TEXT", with: quoted))
        #expect(reading.rows == (try NXOSMACTable.read(Self.nexus)).rows)
        #expect(reading.rows.map(\.interface?.printed) == ["Eth1/13"])
        #expect(reading.form == "text" && reading.unread.isEmpty)
    }

    @Test("NX-API's word of success beside a table of fields is not taken for the table's text")
    func fields() throws {
        let frame = #"""
            {"ins_api": {"outputs": {"output": {"msg": "Success", "code": "200", "body": {"TABLE_mac_address":
            {"ROW_mac_address": {"disp_mac_addr": "0200.5e40.e5a5", "disp_type": "* ", "disp_vlan": "201",
            "disp_is_static": "disabled", "disp_age": "0", "disp_port": "Ethernet1/13"}}}}}}}
            """#
        let reading = try NXOSMACTable.read(frame)
        #expect(reading.rows.map(\.interface?.printed) == ["Ethernet1/13"])
        #expect(reading.form != "text" && reading.unread.isEmpty)
    }

    @Test("eAPI: an error inside stays an error, a table without rows stays empty")
    func eos() throws {
        let states = try EOSInterfaces.read(
            #"[{"output": "Ethernet1 is up, line protocol is up (connected)\n  Hardware is Ethernet, address is 0200.5e00.0c0b\n"}]"#
        )
        #expect(states.rows.map(\.interface.printed) == ["Ethernet1"])
        #expect(throws: DialectError.self) {
            try EOSInterfaces.read(#"{"output": "% Invalid input (at token 1: 'interfaced')\n% again\n"}"#)
        }
    }

    @Test("NETCONF's output element, entities and all")
    func junos() throws {
        let reply = """
            <rpc-reply message-id="1">
            <output>
            Vlan                MAC                 MAC         Age    Logical
            name                address             flags              interface
            sriov-201           02:00:5e:40:e5:a5   D             -   ge-0/0/9.0
            </output>
            </rpc-reply>
            """
        let lines = reply.split(separator: "\n", omittingEmptySubsequences: false)
        let text = "Ethernet switching table : 1 entries, 1 learned\n" + lines[2...4].joined(separator: "\n") + "\n"
        let carried = reply.replacing("<output>\n", with: "<output>\nEthernet switching table : 1 entries, 1 learned\n")
        let reading = try JunosMACTable.read(carried)
        #expect(reading.rows == (try JunosMACTable.read(text)).rows)
        #expect(reading.rows.map(\.interface?.printed) == ["ge-0/0/9.0"])
    }

    @Test("JSON that is no such table is told by its keys")
    func keys() {
        #expect(
            throws: DialectError.notThisTable(
                expected: "an EOS list of LLDP neighbours", line: 1, text: #"{"cmd": …, "hosts": …}"#)
        ) {
            try EOSLLDP.read(#"{"cmd": "show hosts", "hosts": [{"name": "leaf1"}]}"#)
        }
    }
}
