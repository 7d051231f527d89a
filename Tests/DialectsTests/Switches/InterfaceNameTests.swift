import Facts
import Testing

@Suite("Interface names")
struct InterfaceNameTests {
    @Test(
        "that mean one interface match",
        arguments: [
            ("ge-0/0/9", "ge-0/0/9.0"), ("Et5", "Ethernet5"), ("Eth1/5", "Ethernet1/5"), ("Et11/3", "Ethernet11/3"),
            ("Po10", "Port-Channel10"), ("Po10", "port-channel10"), ("Po10", "PortChannel10"),
            ("Gi1/0/1", "GigabitEthernet1/0/1"),
            ("Te1/1/4", "TenGigabitEthernet1/1/4"), ("Twe1/0/3", "TwentyFiveGigE1/0/3"), ("Hu1/0/50", "HundredGigE1/0/50"),
            ("Fo1/1/1", "FortyGigabitEthernet1/1/1"), ("Vl87", "Vlan87"), ("vlan.201", "vlan.201"),
            ("xe-0/0/51:0", "xe-0/0/51:0.0"),
            ("ethernet1/1/11", "Eth 1/1/11"), ("Te 0/22", "TenGigabitEthernet 0/22"), ("ethernet-1/3", "ethernet-1/3.0"),
            ("ETHERNET5", "Et5"), ("swp1s0", "swp1s0"), ("ae3", "ae3.0"), ("eth1/5", "Ethernet1/5"),
        ])
    func same(_ pair: (String, String)) {
        #expect(InterfaceName(pair.0).matches(InterfaceName(pair.1)))
        #expect(InterfaceName(pair.1).matches(InterfaceName(pair.0)))
    }

    @Test(
        "that mean two interfaces do not match",
        arguments: [
            ("ge-0/0/1", "ge-0/0/19.0"), ("vlan.200", "vlan.201"), ("Et1", "Et11"), ("eth0", "Ethernet0"),
            ("et-0/0/1", "Et0/0/1"),
            ("Po1", "Po10"), ("Gi1/0/1", "Te1/0/1"), ("xe-0/0/51:0", "xe-0/0/51:1.0"), ("irb.201", "vlan.201"),
        ])
    func different(_ pair: (String, String)) {
        #expect(!InterfaceName(pair.0).matches(InterfaceName(pair.1)))
    }

    @Test("keep what was printed and set the unit apart")
    func parts() {
        let name = InterfaceName("ge-0/0/9.0")
        #expect(name.printed == "ge-0/0/9.0")
        #expect(name.canonicalBase == "ge-0/0/9")
        #expect(name.unit == 0)
        #expect(InterfaceName("ge-0/0/9").unit == nil)
        #expect(InterfaceName("ge-0/0/9") != InterfaceName("ge-0/0/9.0"))
    }
}
