/// A host to be connected to, by name and what is known besides: a host of the run, or a hop on the way to one.
struct SSHTarget: Sendable, Hashable {
    let name: String
    var options = SSHHostOptions()

    init(name: String, options: SSHHostOptions = SSHHostOptions()) {
        self.name = name
        self.options = options
    }

    /// A hop as ProxyJump writes it: `[user@]host[:port]` or `ssh://[user@]host[:port]`, an IPv6 address in brackets.
    ///
    /// - Parameter through: hops before this one. ssh reaches the first hop by that hop's own configuration.
    /// - Returns: `nil` when there is no host in it or the port is no number.
    init?(hop text: String, through: [String]) {
        var rest = text[...]
        if rest.hasPrefix("ssh://") { rest = rest.dropFirst("ssh://".count) }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var options = SSHHostOptions()
        if let mark = rest.lastIndex(of: "@") {
            options.user = String(rest[..<mark])
            rest = rest[rest.index(after: mark)...]
        }
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            let behind = rest[rest.index(after: end)...]
            rest = rest[rest.index(after: rest.startIndex)..<end]
            if behind.hasPrefix(":") {
                guard let port = Int(behind.dropFirst()) else { return nil }
                options.port = port
            }
        } else if let colon = rest.firstIndex(of: ":"), rest.lastIndex(of: ":") == colon {
            guard let port = Int(rest[rest.index(after: colon)...]) else { return nil }
            options.port = port
            rest = rest[..<colon]
        }
        guard !rest.isEmpty else { return nil }
        if !through.isEmpty { options.proxyJump = through }
        name = String(rest)
        self.options = options
    }
}
