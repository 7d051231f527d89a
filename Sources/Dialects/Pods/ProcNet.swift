internal import Facts

/// The kernel's own tables of a network namespace, which an image without `ip` can still print.
///
/// - Source: kernel `net/core/net-procfs.c` (dev), `net/ipv4/fib_trie.c` (route, fib_trie), `net/ipv6/addrconf.c` (if_inet6);
///   `fixtures/pods/procfs`.
enum ProcNet {
    /// Names of all interfaces of the namespace, in the order of the table.
    static func interfaces(_ output: CommandOutput) throws(DialectError) -> [InterfaceName] {
        let lines = try whole(output, "/proc/net/dev")
        guard lines.first?.trimmed.hasPrefix("Inter-|") == true, lines.count >= 2 else {
            throw misfit("/proc/net/dev", lines.first)
        }
        var names: [InterfaceName] = []
        for line in lines.dropFirst(2) {
            // A name may hold a colon (an alias); the counters never do.
            guard let colon = line.trimmed.lastIndex(of: ":") else { throw misfit("/proc/net/dev", line) }
            names.append(InterfaceName(line.trimmed[..<colon]))
        }
        return names
    }

    /// The subnets that an interface reaches without a gateway. A static route without one looks the same, and is wider.
    static func connected(_ output: CommandOutput) throws(DialectError) -> [(interface: InterfaceName, subnet: IPPrefix)] {
        let lines = try whole(output, "/proc/net/route")
        guard lines.first?.words.starts(with: ["Iface", "Destination", "Gateway"]) == true else {
            throw misfit("/proc/net/route", lines.first)
        }
        var rows: [(name: Substring, destination: [UInt8], mask: [UInt8])] = []
        for line in lines.dropFirst() {
            let words = line.words
            guard words.count >= 8, let destination = octets(words[1]), let gateway = octets(words[2]),
                let mask = octets(words[7]),
                let flags = UInt32(words[3], radix: 16), destination.count == 4, gateway.count == 4, mask.count == 4
            else { throw misfit("/proc/net/route", line) }
            // RTF_GATEWAY is 2, RTF_REJECT 0x200.
            if flags & 0x202 == 0, gateway.allSatisfy({ $0 == 0 }) { rows.append((words[0], destination, mask)) }
        }
        // The kernel prints the words as the machine stores them: turned round on all but big-endian machines.
        let isTurned = rows.allSatisfy { length(ofMask: $0.mask.reversed()) != nil }
        var subnets: [(interface: InterfaceName, subnet: IPPrefix)] = []
        for row in rows {
            guard let address = IPAddress(octets: isTurned ? row.destination.reversed() : row.destination),
                let length = length(ofMask: isTurned ? row.mask.reversed() : row.mask),
                let subnet = IPPrefix(address, length: length)
            else { throw .incomplete(expected: "masks of ones and zeros in /proc/net/route", saw: String(row.name)) }
            if length > 0 { subnets.append((InterfaceName(row.name), subnet)) }
        }
        return subnets
    }

    /// The IPv4 addresses of the namespace itself, those of loopback left out; which interface has them is not told.
    static func localAddresses(_ output: CommandOutput) throws(DialectError) -> [IPAddress] {
        let lines = try whole(output, "/proc/net/fib_trie")
        guard lines.isEmpty || lines.first?.trimmed.hasSuffix(":") == true else {
            throw misfit("/proc/net/fib_trie", lines.first)
        }
        var leaf: IPAddress?
        var found: [IPAddress] = []
        for line in lines {
            let words = line.words
            if words.first == "|--", words.count == 2 {
                leaf = IPAddress(words[1])
            } else if words.first == "/32", words.contains("LOCAL"), let leaf, leaf.octets[0] != 127, !found.contains(leaf) {
                // Both tables are printed, and are one and the same where no rule keeps them apart.
                found.append(leaf)
            }
        }
        return found
    }

    /// The IPv6 addresses by interface. A kernel without IPv6 has no such file, and no such addresses.
    static func addresses6(_ output: CommandOutput) throws(DialectError) -> [(interface: InterfaceName, address: IPPrefix)] {
        if output.lines.isEmpty, output.saysMissing("/proc/net/if_inet6") || output.errors.isEmpty { return [] }
        var found: [(interface: InterfaceName, address: IPPrefix)] = []
        for line in try whole(output, "/proc/net/if_inet6") {
            let words = line.words
            guard words.count == 6, let octets = octets(words[0]), let address = IPAddress(octets: octets), octets.count == 16,
                let length = Int(words[2], radix: 16), let prefix = IPPrefix(address, length: length)
            else { throw misfit("/proc/net/if_inet6", line) }
            found.append((InterfaceName(words[5]), prefix))
        }
        return found
    }

    // MARK: Parts

    /// The lines of a file that was printed to its end.
    private static func whole(_ output: CommandOutput, _ path: String) throws(DialectError) -> [TextLine] {
        let lines = output.lines
        if lines.isEmpty {
            if let problem = ErrorText.find(in: TextLines(output.errors)) { throw problem }
            throw .nothingPrinted(expected: path)
        }
        guard TextLines(output.text).endsWithNewline else {
            throw .incomplete(expected: "all of \(path)", saw: String(lines[lines.count - 1].trimmed))
        }
        return lines
    }

    private static func misfit(_ path: String, _ line: TextLine?) -> DialectError {
        if let line, let problem = ErrorText.classify(line.trimmed) { return problem }
        return .notThisTable(expected: path, line: line?.number ?? 1, text: String(line?.trimmed ?? ""))
    }

    /// `00C9A8C0`, two digits an octet.
    private static func octets(_ word: Substring) -> [UInt8]? {
        let digits = Array(word.utf8)
        guard digits.count.isMultiple(of: 2), digits.count <= 32 else { return nil }
        var octets: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let octet = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else { return nil }
            octets.append(octet)
        }
        return octets
    }

    /// Nil when the ones do not stand together at the front.
    private static func length(ofMask octets: some Sequence<UInt8>) -> Int? {
        let bits = octets.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let length = (~bits).leadingZeroBitCount
        return bits == (length == 0 ? 0 : UInt32.max << UInt32(32 - length)) ? length : nil
    }
}
