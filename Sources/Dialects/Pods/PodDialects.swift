internal import Facts

/// The tables of `busybox`, the usual shell of a small container.
enum PodDialects {
    static let entries: [DialectEntry] = [
        .rows("busybox/links", commands: ["ip link"], forms: ["text"], standing: .proven) { text throws(DialectError) in
            try IPLink.read(text, platform: .busybox)
        },
        .rows("busybox/addresses", commands: ["ip addr"], forms: ["text"], standing: .proven) { text throws(DialectError) in
            try IPAddr.read(text, platform: .busybox)
        },
        .rows("busybox/ping", commands: ["ping -c N DEST"], forms: ["text"], standing: .proven) { text throws(DialectError) in
            try Ping.read(text, program: .busybox)
        },
        .rows(
            "busybox/arp-table", commands: ["cat /proc/net/arp", "arp -n", "ip neigh"],
            forms: ["text/proc-net-arp", "text/arp-a", "text"], standing: .proven
        ) { text throws(DialectError) in try NeighbourTable.read(text) },
        .rows(
            "busybox/routes", commands: ["ip route", "route -n"], forms: ["text", "text/route-n"], standing: .proven,
            read: IPRoute.read),
    ]
}
