package import Facts

/// A pod's interfaces and addresses from files alone, for images without `ip`.
package enum PodInterfaceFiles {
    /// What `cat` gave of each file.
    package struct Files: Sendable {
        /// `/proc/net/dev`
        package var interfaces: CommandOutput
        /// `/proc/net/route`
        package var routes: CommandOutput
        /// `/proc/net/fib_trie`
        package var trie: CommandOutput
        /// `/proc/net/if_inet6`
        package var inet6: CommandOutput
        /// Below `/sys/class/net`, those of each interface that is asked about, in the order of `attributes`.
        package var attributes: [(interface: InterfaceName, output: CommandOutput)]

        package init(
            interfaces: CommandOutput, routes: CommandOutput, trie: CommandOutput, inet6: CommandOutput,
            attributes: [(interface: InterfaceName, output: CommandOutput)]
        ) {
            self.interfaces = interfaces
            self.routes = routes
            self.trie = trie
            self.inet6 = inet6
            self.attributes = attributes
        }
    }

    /// `carrier` comes last: it cannot be read while the interface is down.
    static let attributes = ["address", "ifindex", "mtu", "operstate", "flags", "carrier"]

    /// All interfaces, in the order of `/proc/net/dev`; MAC, MTU and flags of those that were asked about.
    ///
    /// The files tell a subnet by its route, so an IPv4 address that no route without gateway covers (a /32, an interface that is down)
    /// cannot be given to an interface: it is an unread line, and beside it no address can be called absent.
    /// - Throws: `DialectError` when a file is not there, is cut, or is something else.
    /// - Source: `fixtures/pods/procfs`, beside what `ip addr` said there.
    package static func read(_ files: Files) throws(DialectError) -> Reading<InterfaceAddresses> {
        let names = try ProcNet.interfaces(files.interfaces)
        let connected = try ProcNet.connected(files.routes)
        var rows: [InterfaceAddresses] = []
        for name in names {
            let output = files.attributes.first { $0.interface == name }?.output
            rows.append(
                try output.map { output throws(DialectError) in try row(name, output) } ?? InterfaceAddresses(interface: name))
        }
        for entry in try ProcNet.addresses6(files.inet6) {
            if let index = rows.firstIndex(where: { $0.interface == entry.interface }) { rows[index].ipv6.append(entry.address) }
        }
        var unread: [UnreadLine] = []
        for address in try ProcNet.localAddresses(files.trie) {
            let fitting = connected.filter { $0.subnet.contains(address) }
            let longest = fitting.map(\.subnet.length).max()
            let best = fitting.filter { $0.subnet.length == longest && $0.subnet.length < 32 }
            guard let first = best.first, best.allSatisfy({ $0.interface == first.interface }),
                let index = rows.firstIndex(where: { $0.interface == first.interface }),
                let prefix = IPPrefix(address, length: first.subnet.length)
            else {
                unread.append(
                    UnreadLine(number: 1, text: "\(address) of /proc/net/fib_trie is in the subnet of no one interface"))
                continue
            }
            rows[index].ipv4.append(prefix)
        }
        return Reading(rows: rows, unread: unread, form: "text/proc-net")
    }

    private static func row(_ name: InterfaceName, _ output: CommandOutput) throws(DialectError) -> InterfaceAddresses {
        let lines = output.lines
        if lines.isEmpty {
            // The folder may be hidden where `/proc/net/dev` is not: then only the name is known.
            if output.saysMissing("/sys/class/net/\(name)/address") { return InterfaceAddresses(interface: name) }
            throw output.problem ?? .nothingPrinted(expected: "the files of /sys/class/net/\(name)")
        }
        guard lines.count >= 5, let flags = UInt32(lines[4].trimmed.dropFirst(2), radix: 16), lines[4].trimmed.hasPrefix("0x"),
            let index = Int(lines[1].trimmed), let mtu = Int(lines[2].trimmed)
        else {
            throw .incomplete(
                expected: "\(attributes.joined(separator: ", ")) of /sys/class/net/\(name)",
                saw: lines.map { String($0.trimmed) }.joined(separator: " "))
        }
        // IFF_UP is 1. The kernel refuses `carrier` while the interface is down, and there is none then.
        let isUp = flags & 1 == 1
        let carrier = lines.count > 5 ? lines[5].trimmed == "1" : isUp ? nil : false
        return InterfaceAddresses(
            index: index, interface: name, mac: MACAddress(linux: lines[0].trimmed), mtuBytes: mtu, up: isUp, lowerUp: carrier)
    }
}
