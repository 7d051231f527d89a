extension SSHEndpoint {
    /// What of this machine goes into a configuration's tokens.
    struct Surroundings: Sendable {
        var home: String
        var localUser: String
        var localHost: String
        var userID: UInt32
        var environment: [String: String]
    }

    /// Reads what `ssh -G` printed.
    ///
    /// - Returns: `nil` when a host name, a port or a user is missing, so when this is something else.
    init?(alias: String, printed text: String, in surroundings: Surroundings) {
        var first: [String: String] = [:]
        var identities: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            guard let blank = line.firstIndex(of: " ") else { continue }
            let key = line[..<blank].lowercased()
            let value = String(line[line.index(after: blank)...])
            if key == "identityfile" { identities.append(value) }
            if first[key] == nil { first[key] = value }
        }
        guard let hostName = first["hostname"], let port = first["port"].flatMap({ Int($0) }), let user = first["user"] else {
            return nil
        }
        self.init(alias: alias, hostName: hostName, port: port, user: user)
        let path = { (text: String) in self.expand(text, in: surroundings) }
        identityFiles = identities.filter { $0 != "none" }.map(path)
        identitiesOnly = first["identitiesonly"] == "yes"
        userKnownHostsFiles = Self.words(first["userknownhostsfile"]).filter { $0 != "none" }.map(path)
        globalKnownHostsFiles = Self.words(first["globalknownhostsfile"]).filter { $0 != "none" }.map(path)
        hostKeyAlias = first["hostkeyalias"].flatMap { $0 == "none" ? nil : $0 }
        identityAgent = agent(first["identityagent"], in: surroundings)
        readProxies(jump: first["proxyjump"], command: first["proxycommand"], in: surroundings)
        connectTimeout = Self.seconds(first["connecttimeout"])
        serverAliveInterval = Self.seconds(first["serveraliveinterval"])
        addressFamily = first["addressfamily"] ?? "any"
        keyExchangeAlgorithms = Self.list(first["kexalgorithms"])
        hostKeyAlgorithms = Self.list(first["hostkeyalgorithms"])
        ciphers = Self.list(first["ciphers"])
        macs = Self.list(first["macs"])
        publicKeyAlgorithms = Self.list(first["pubkeyacceptedalgorithms"] ?? first["pubkeyacceptedkeytypes"])
    }

    /// `SSH_AUTH_SOCK` where the configuration says nothing or that word; a variable by `$NAME`; nothing for `none`.
    private func agent(_ value: String?, in surroundings: Surroundings) -> String? {
        switch value {
        case nil, "SSH_AUTH_SOCK": surroundings.environment["SSH_AUTH_SOCK"].flatMap { $0.isEmpty ? nil : $0 }
        case "none": nil
        case let value? where value.hasPrefix("$") && !value.hasPrefix("${"):
            surroundings.environment[String(value.dropFirst())]
        case let value?: expand(value, in: surroundings)
        }
    }

    private mutating func readProxies(jump: String?, command: String?, in surroundings: Surroundings) {
        if let jump, jump != "none" { proxyJump = Self.list(jump) }
        if let command, command != "none", proxyJump.isEmpty {
            proxyCommand = replaceTokens(command, in: surroundings)
        }
    }

    private static func seconds(_ text: String?) -> Duration? {
        guard let text, let seconds = Int(text), seconds > 0 else { return nil }
        return .seconds(seconds)
    }

    private static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { String($0) }
    }

    /// Words as ssh_config(5) splits them: by blanks, with double quotes around what holds some.
    static func words(_ text: String?) -> [String] {
        var words: [String] = []
        var current = ""
        var isQuoted = false
        for character in text ?? "" {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                if !current.isEmpty { words.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        return current.isEmpty ? words : words + [current]
    }

    /// A path with `~`, `${NAME}` and percent tokens replaced.
    func expand(_ text: String, in surroundings: Surroundings) -> String {
        var path = text
        if path == "~" || path.hasPrefix("~/") { path = surroundings.home + path.dropFirst() }
        return replaceTokens(replaceVariables(path, in: surroundings), in: surroundings)
    }

    private func replaceVariables(_ text: String, in surroundings: Surroundings) -> String {
        var rest = text[...]
        var result = ""
        while let start = rest.range(ofFirst: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            result += surroundings.environment[String(rest[start.upperBound..<end])] ?? ""
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    /// The tokens of ssh_config(5) that name a value known before the connection is made; others stay as they are.
    private func replaceTokens(_ text: String, in surroundings: Surroundings) -> String {
        var result = ""
        var characters = text.makeIterator()
        while let character = characters.next() {
            guard character == "%", let token = characters.next() else {
                result.append(character)
                continue
            }
            switch token {
            case "%": result += "%"
            case "d": result += surroundings.home
            case "h": result += hostName
            case "n": result += alias
            case "k": result += hostKeyAlias ?? alias
            case "p": result += "\(port)"
            case "r": result += user
            case "u": result += surroundings.localUser
            case "i": result += "\(surroundings.userID)"
            case "l": result += surroundings.localHost
            case "L": result += surroundings.localHost.prefix { $0 != "." }
            default: result += "%\(token)"
            }
        }
        return result
    }
}

extension Substring {
    fileprivate func range(ofFirst mark: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return nil
    }
}
