internal import Facts
internal import Testing

@testable import Dialects

@Suite struct TextLinesTests {
    @Test(
        "the same lines whatever the line ends",
        arguments: ["a b\nc\n", "a b\r\nc\r\n", "a b\rc\r", "a b\r\r\nc\r\r\n", "\u{feff}a b\nc"])
    func lineEnds(text: String) {
        #expect(TextLines(text).map { String($0.text) } == ["a b", "c"])
        #expect(TextLines(text).map(\.number) == [1, 2])
    }

    @Test("what a terminal adds is undone")
    func terminal() {
        let text =
            "\u{1b}[1m\u{1b}[32mge-0/0/9\u{1b}[0m up\n--More--\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}row two \nold text\rnew\u{1b}[K\n"
        #expect(TextLines(text).map { String($0.text) } == ["ge-0/0/9 up", "row two ", "new"])
    }

    @Test(
        "log lines are told from rows",
        arguments: [
            ("Jun  3 12:00:00 switch mib2d[1177]: SNMP_TRAP_LINK_DOWN: ifIndex 521", true),
            ("*Mar  1 00:00:00.123: %SYS-5-CONFIG_I: Configured from console", true),
            ("000045: *Mar  1 00:00:00.123: %SYS-5-CONFIG_I: Configured from console", true),
            ("2024 Jun  3 12:00:00 sw %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up", true),
            ("2024-06-03T12:00:00.1Z host app - - - text", true),
            ("%LINK-3-UPDOWN: Interface GigabitEthernet1/0/1, changed state to up", true),
            ("[  119.262252] igb 0000:01:00.1: Setting VLAN 201, QOS 0x0 on VF 1", true),
            ("<189>Jun  3 12:00:00 sw text", true),
            ("  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 ge-0/0/9.0", false),
            ("Maya 3 12:00:00 x", false),
            ("[rc=0]", false),
            ("192.168.201.4 dev vlan.201 lladdr 82:75:b3:9f:db:18 REACHABLE ", false),
            ("May  dynamic 0a43.80e7.8015 Et1", false),
        ])
    func syslog(line: String, isLog: Bool) {
        #expect(SyslogLine.matches(Substring(line)) == isLog)
    }

    @Test(
        "prompts and echoed commands are told from rows",
        arguments: [
            ("lab@fabric-switch> show arp no-resolve | match 201.", "show arp no-resolve | match 201."),
            ("root@worker1:~# ip link show", "ip link show"), ("[root@node01 ~]# ip link", "ip link"),
            (" kubectl exec sriov-pod201-2 -- ip addr", "kubectl exec sriov-pod201-2 -- ip addr"),
            ("$ ip -j link show eno2", "ip -j link show eno2"), ("[rc=0]", nil), ("{master:0}", nil), ("switch#", nil),
            ("LC_ALL=C ls -l /opt", "LC_ALL=C ls -l /opt"),
        ] as [(String, String?)])
    func prompts(line: String, command: String?) {
        #expect(PromptLine.matches(Substring(line)))
        #expect(PromptLine.command(in: Substring(line)).map(String.init) == command)
    }

    @Test(
        "rows are no prompts",
        arguments: [
            "5: eno2: <BROADCAST,MULTICAST> mtu 1500", "ip: command not found", "[  1.2] text",
            "56:7f:f1:5e:ac:52 192.168.201.2   vlan.201             none", "{\"a\":1}", "*  201  0a43.80e7.8015 dynamic",
        ])
    func rows(line: String) {
        #expect(!PromptLine.matches(Substring(line)))
    }
}

@Suite struct LineStampTests {
    @Test("times that a CI server puts before every line are taken off, a single one is a log line")
    func stamps() {
        let stamped = "2026-11-23T22:00:16.1234567Z 5: eno2: <UP>\n2026-11-23T22:00:16.2Z     link/ether\n"
        #expect(TextLines(stamped).map { String($0.text) } == ["5: eno2: <UP>", "    link/ether"])
        let quoted = "> 5: eno2: <UP>\n>     link/ether\n>\n"
        #expect(TextLines(quoted).map { String($0.text) } == ["5: eno2: <UP>", "    link/ether", ""])
        let single = "2026-11-23T22:00:16Z host kernel: x\n5: eno2: <UP>\n"
        #expect(TextLines(single).map { String($0.text) } == ["2026-11-23T22:00:16Z host kernel: x", "5: eno2: <UP>"])
    }
}
