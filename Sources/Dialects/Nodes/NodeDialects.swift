internal import Facts

/// The tables of `linux` hosts.
enum NodeDialects {
    static let entries: [DialectEntry] = [
        .rows(
            "linux/links", commands: ["ip link show", "ip -j link show", "ip -br link"], forms: ["text", "json"],
            standing: .proven
        ) { text throws(DialectError) in try IPLink.read(text) },
        .rows(
            "linux/vf-table", commands: ["ip link show dev PF", "ip -j link show dev PF"], forms: ["text", "json"],
            standing: .proven
        ) { text throws(DialectError) in try VFTable.read(text) },
        .rows(
            "linux/addresses", commands: ["ip addr", "ip -j addr", "ip -br addr", "ip -o addr"], forms: ["text", "json"],
            standing: .proven
        ) { text throws(DialectError) in try IPAddr.read(text, platform: .iproute2) },
        .rows("linux/ping", commands: ["ping -c N DEST"], forms: ["text"], standing: .proven) { text throws(DialectError) in
            try Ping.read(text, program: .linux)
        },
        .rows(
            "linux/arp-table", commands: ["ip neigh", "ip -j neigh", "cat /proc/net/arp", "arp -n"],
            forms: ["text", "json", "text/proc-net-arp", "text/arp"], standing: .proven
        ) { text throws(DialectError) in try NeighbourTable.read(text) },
        .rows(
            "linux/pci-devices", commands: ["lspci -Dvmmkn", "lspci -nnk", "lspci", "lspci -v"], forms: ["text/vmm", "text/nn"],
            standing: .proven
        ) { text throws(DialectError) in try LSPCI.read(text) },
        .rows(
            "linux/lshw-businfo", commands: ["lshw -c network -businfo", "lshw -c network [-short | -json]"],
            forms: ["text", "text/short", "text/tree", "json"], standing: .proven
        ) { text throws(DialectError) in try LSHWBusinfo.read(text) },
        .rows(
            "linux/mac-table", commands: ["bridge fdb show", "bridge -j fdb show", "brctl showmacs BRIDGE"],
            forms: ["text", "json", "text/brctl"], standing: .proven, read: BridgeFDB.read),
        .rows(
            "linux/vlans", commands: ["bridge vlan show", "bridge -j vlan show"], forms: ["text", "json"], standing: .proven,
            read: BridgeVLAN.read),
        .rows(
            "linux/lldp", commands: ["lldpctl", "lldpctl -f json", "lldpctl -f keyvalue"],
            forms: ["text", "json", "text/keyvalue"], standing: .restated, read: LLDPNeighbours.read),
        .rows(
            "linux/routes", commands: ["ip route", "ip -j route", "ip -6 route", "route -n"],
            forms: ["text", "json", "text/route-n"], standing: .proven, read: IPRoute.read),
        .rows(
            "linux/driver", commands: ["ethtool -i INTERFACE"], forms: ["text"], standing: .proven, read: Ethtool.driver),
        .rows(
            "linux/interface-statistics", commands: ["ethtool -S INTERFACE"], forms: ["text"], standing: .proven,
            read: Ethtool.statistics),
        .rows(
            "linux/interface-features", commands: ["ethtool -k INTERFACE"], forms: ["text"], standing: .proven,
            read: Ethtool.features),
        .rows(
            "linux/kernel-parameters", commands: ["cat /proc/cmdline"], forms: ["text"], standing: .restated,
            read: KernelParameters.read),
        .rows(
            "linux/kernel-log", commands: ["dmesg", "dmesg -T", "journalctl -k"], forms: ["text"], standing: .proven,
            read: KernelLog.read),
    ]
}
