internal import Facts

/// `/proc/net` of a pod's network namespace: interfaces, routes and addresses.
///
/// - Source: Linux `net/core/net-procfs.c`, `net/ipv4/fib_trie.c`, `net/ipv6/addrconf.c`, and what Linux 6.18 printed.
struct ProcNetFiles {
    let links: [LinkRecord]

    func add(to tree: inout FileTree) {
        tree.add("/proc/net/dev", devices, mode: 0o444)
        tree.add("/proc/net/route", routes, mode: 0o444)
        tree.add("/proc/net/fib_trie", trie("Main") + trie("Local"), mode: 0o444)
        tree.add("/proc/net/if_inet6", addresses6, mode: 0o444)
    }

    private var devices: String {
        let counters =
            "       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0"
        let head = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed

            """
        return head + links.map { Self.right($0.name, 6) + ":" + counters + "\n" }.joined()
    }

    /// The subnets of links that are up; loopback has none in the main table.
    private var routes: String {
        var rows = [["Iface", "Destination", "Gateway ", "Flags", "RefCnt", "Use", "Metric", "Mask\t", "MTU", "Window", "IRTT"]]
        for link in links where link.type != "loopback" && link.flags.contains("UP") {
            for prefix in link.addresses {
                let mask = IPPrefix(prefix.address, length: prefix.length)?.maskOctets ?? []
                rows.append(
                    [
                        link.name, Self.word(prefix.network.address.octets), "00000000", "0001", "0", "0", "0", Self.word(mask),
                        "0", "0", "0",
                    ])
            }
        }
        return rows.map { row in
            let text = row.joined(separator: "\t")
            return text + String(repeating: " ", count: max(0, 127 - text.count)) + "\n"
        }.joined()
    }

    /// The leaves of the trie in order; of its inner nodes only the root.
    private func trie(_ table: String) -> String {
        var leaves: [IPAddress: [String]] = [:]
        for link in links {
            for prefix in link.addresses {
                let isLoopback = link.type == "loopback"
                leaves[prefix.network.address, default: []].append(
                    "/\(prefix.length) " + (isLoopback ? "host LOCAL" : "link UNICAST"))
                leaves[prefix.address, default: []].append("/32 host LOCAL")
                leaves[prefix.lastAddress, default: []].append("/32 link BROADCAST")
            }
        }
        let lines = leaves.sorted { $0.key < $1.key }.flatMap { address, kinds in
            ["     |-- \(address)"] + kinds.map { "        " + $0 }
        }
        return (["\(table):", "  +-- 0.0.0.0/0 3 0 5"] + lines).joined(separator: "\n") + "\n"
    }

    private var addresses6: String {
        links.flatMap { link in
            link.addresses6.map { prefix in
                let scope = link.type == "loopback" ? "10" : prefix.address.octets.starts(with: [0xfe, 0x80]) ? "20" : "00"
                return Self.hex(prefix.address.octets).lowercased() + " " + Self.hex([UInt8(link.index & 0xff)]).lowercased()
                    + " "
                    + Self.hex([UInt8(prefix.length)]).lowercased() + " \(scope) 80 " + Self.right(link.name, 8) + "\n"
            }
        }.joined()
    }

    // MARK: Parts

    /// Four octets as the kernel prints them on a little-endian machine.
    private static func word(_ octets: [UInt8]) -> String { hex(octets.reversed()) }

    private static func hex(_ octets: some Sequence<UInt8>) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

extension IPPrefix {
    /// Ones for the network, zeros for the host.
    fileprivate var maskOctets: [UInt8] {
        (0..<address.octets.count).map { UInt8(truncatingIfNeeded: 0xff00 >> min(8, max(0, length - $0 * 8))) }
    }
}
