internal import Facts

extension Site {
    /// The site of the seed, number by number: three workers with eight X540 VFs each on `eno2`, a controller without any,
    /// and one non-ELS Junos switch which is the gateway as well.
    package static let seed = Site(
        name: "seed",
        cluster: SiteCluster(
            resource: "intel.com/intel_sriov_netdevice",
            devicePluginConfig: """
                {
                    "resourceList": [{
                            "resourceName": "intel_sriov_netdevice",
                            "selectors": {
                                "vendors": ["8086"],
                                "devices": ["1515"],
                                "drivers": ["ixgbevf"]
                            }
                        }
                    ]
                }

                """),
        nodes: [
            worker(
                "worker1", at: "192.168.24.113", pf: "bc:30:5b:f2:87:52", port: "ge-0/0/9",
                virtualFunctions: [
                    "fa:ad:48:dd:e4:3d", "56:7f:f1:5e:ac:52", "d6:fb:63:84:07:6d", "62:d0:9f:26:c9:81",
                    "c6:6c:f4:56:14:80", "2e:e1:6f:3c:d0:0d", "3a:7f:23:60:3b:a6", "9a:84:fa:0a:f5:5f",
                ],
                gives: 1, as: "192.168.201.2", roundTrip: .microseconds(2455),
                eth0: (32, "02:d0:b6:cc:63:73", "10.233.65.0/18", "1e:3b:b8:dd:28:e6")),
            worker(
                "worker2", at: "192.168.24.114", pf: "bc:30:5b:f2:3f:72", port: "ge-0/0/1",
                virtualFunctions: [
                    "02:17:de:d3:49:70", "ee:e1:21:00:71:dc", "0a:43:80:e7:80:15", "82:b6:71:87:16:4d",
                    "86:58:25:0a:66:51", "9a:48:0d:ef:ab:13", "02:4f:92:cc:b5:4f", "9e:ee:ab:11:10:87",
                ],
                gives: 2, as: "192.168.201.3", roundTrip: .microseconds(9939),
                eth0: (34, "02:08:a8:ef:19:70", "10.233.66.0/18", "3a:d8:88:c6:c9:3c")),
            worker(
                "worker3", at: "192.168.24.115", pf: "bc:30:5b:f1:c2:02", port: "ge-0/0/19",
                virtualFunctions: [
                    "66:44:9f:be:ff:ca", "9e:9f:df:ed:60:93", "6e:d7:ec:63:e7:ee", "9a:b6:af:80:b8:28",
                    "2e:45:c5:79:28:7c", "3e:c2:89:08:52:29", "a6:b7:4d:83:16:59", "a2:1f:bc:be:1c:7e",
                ],
                gives: 7, as: "192.168.201.4", roundTrip: .microseconds(4626),
                eth0: (20, "02:6e:05:f8:d5:e3", "10.233.67.1/18", "72:a6:6b:f6:82:c3")),
            controller,
        ],
        switches: [
            SiteSwitch(
                name: "fabric-switch", platform: .junos, model: "ex4200-48t", version: "15.1R7.9",
                ports: ["ge-0/0/1", "ge-0/0/9", "ge-0/0/19"].map { SitePort(name: $0, tagged: [vlan(201)]) },
                vlans: [
                    SiteVLAN(
                        name: "SRIOV_201", tag: vlan(201),
                        gateway: SiteGateway(
                            interface: "vlan.201", address: prefix("192.168.201.1/24"), mac: mac("ac:4b:c8:2b:77:c1")))
                ])
        ],
        latencies: SiteLatencies())

    private static let controller = node(
        "controller1", at: "192.168.24.112", nics: [], eth0: (12, "02:11:22:33:44:55", "10.233.64.2/18", "02:11:22:33:44:55"))

    private static func worker(
        _ name: NodeName, at address: String, pf: String, port: String, virtualFunctions: [String], gives index: Int,
        as podAddress: String, roundTrip: Duration, eth0: (Int, String, String, String)
    ) -> SiteNode {
        let addresses = [
            "01:10.1", "01:10.3", "01:10.5", "01:10.7", "01:11.1", "01:11.3", "01:11.5", "01:11.7",
        ]
        let functions = zip(addresses, virtualFunctions).map { SiteVirtualFunction(address: pci($0), mac: mac($1)) }
        let base = mac(pf).bits
        var node = node(
            name, at: address,
            nics: [
                SiteNIC(name: "eno1", index: 2, model: .x540, address: pci("01:00.0"), mac: MACAddress(bits: base - 2)),
                SiteNIC(name: "eno3", index: 3, model: .i350, address: pci("08:00.0"), mac: MACAddress(bits: base + 2)),
                SiteNIC(name: "eno4", index: 4, model: .i350, address: pci("08:00.1"), mac: MACAddress(bits: base + 3)),
                SiteNIC(
                    name: "eno2", index: 5, model: .x540, address: pci("01:00.1"), mac: mac(pf), mtuBytes: 9000,
                    virtualFunctions: functions, cable: SwitchPort(device: "fabric-switch", name: port)),
            ], eth0: eth0)
        node.virtualInterfaces = ["pkt0", "vhost0", "kube-ipvs0"]
        node.attachment = SiteAttachment(virtualFunction: index, address: ip(podAddress), roundTrip: roundTrip)
        return node
    }

    private static func node(_ name: NodeName, at address: String, nics: [SiteNIC], eth0: (Int, String, String, String))
        -> SiteNode
    {
        SiteNode(
            name: name, address: ip(address), nics: nics,
            podInterface: SitePodInterface(
                index: eth0.0, mac: mac(eth0.1), address: prefix(eth0.2), linkLocalMAC: mac(eth0.3)))
    }

    // The texts above are constants of ours; one that could not be read would show as zeros in every test of this site.
    private static func mac(_ text: String) -> MACAddress { MACAddress(text) ?? MACAddress(bits: 0) }
    private static func ip(_ text: String) -> IPAddress { IPAddress(text) ?? IPAddress(octets: [0, 0, 0, 0])! }
    private static func prefix(_ text: String) -> IPPrefix { IPPrefix(text)! }
    private static func pci(_ text: String) -> PCIAddress { PCIAddress(text)! }
    private static func vlan(_ number: Int) -> VLANID { VLANID(number)! }
}
