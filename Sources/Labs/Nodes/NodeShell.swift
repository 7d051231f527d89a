internal import Facts

/// A node's shell as reached over SSH: read-only commands over the node's state, and `not found` for all others.
package struct NodeShell: Sendable {
    private let node: NodeState
    private let now: Duration

    /// - Parameters:
    ///   - node: the node's state at the moment of the command.
    ///   - now: site time of that moment.
    package init(node: NodeState, at now: Duration) {
        self.node = node
        self.now = now
    }

    /// Runs one command line as `sh -c` would.
    package func run(_ line: String) -> CommandAnswer {
        guard let parsed = ShellLine(line) else {
            return CommandAnswer("", errors: "sh: 1: Syntax error: this site's shell takes simple commands only\n", status: 2)
        }
        let files = FileCommands(tree: NodeFiles.tree(of: node, at: now))
        let words = parsed.words.flatMap { $0.quoted ? [$0.text] : files.tree.glob($0.text) }
        var answer = run(words, environment: parsed.assignments, files: files)
        if parsed.discardsErrors { answer.errors = [] }
        return answer
    }

    private func run(_ words: [String], environment: [(name: String, value: String)], files: FileCommands) -> CommandAnswer {
        guard let name = words.first else { return CommandAnswer() }
        let arguments = Array(words.dropFirst())
        if name == "sudo" || name == "env" {
            let rest = arguments.drop { $0.hasPrefix("-") }
            let assigned = rest.prefix { $0.contains("=") && !$0.hasPrefix("/") }
            let pairs = assigned.map { word in
                (name: String(word.prefix { $0 != "=" }), value: String(word.drop { $0 != "=" }.dropFirst()))
            }
            return run(Array(rest.dropFirst(assigned.count)), environment: environment + pairs, files: files)
        }
        if let answer = files.answer(name, arguments) { return answer }
        if name.contains("/") { return execute(name, arguments, environment: environment, tree: files.tree) }
        switch name {
        case "ip": return ip(arguments)
        case "lspci": return PCICommands(node: node).lspci(arguments)
        case "lshw": return PCICommands(node: node).lshw(arguments)
        case "uname": return uname(arguments)
        case "hostname": return CommandAnswer("\(node.site.name)\n")
        case "dmesg": return CommandAnswer(KernelLog(node: node).text)
        case "id": return CommandAnswer(arguments == ["-u"] ? "0\n" : "uid=0(root) gid=0(root) groups=0(root)\n")
        case "true": return CommandAnswer()
        case "echo": return CommandAnswer(arguments.joined(separator: " ") + "\n")
        default: return CommandAnswer("", errors: "sh: 1: \(name): not found\n", status: 127)
        }
    }

    /// `uname` prints its fields in one order, however they are asked for.
    private func uname(_ arguments: [String]) -> CommandAnswer {
        let asked = FileCommands.split(arguments).options
        let all = asked["a"] != nil
        var fields: [String] = []
        if asked.isEmpty || asked["s"] != nil || all { fields.append("Linux") }
        if asked["n"] != nil || all { fields.append(node.site.name.text) }
        if asked["r"] != nil || all { fields.append(node.site.kernel) }
        if asked["v"] != nil || all { fields.append("#1 SMP") }
        if asked["m"] != nil || all { fields.append(node.site.machine) }
        if all { fields += [node.site.machine, node.site.machine] }
        if asked["o"] != nil || all { fields.append("GNU/Linux") }
        return CommandAnswer(fields.joined(separator: " ") + "\n")
    }

    private func execute(
        _ path: String, _ arguments: [String], environment: [(name: String, value: String)], tree: FileTree
    ) -> CommandAnswer {
        guard case .file(let bytes, let mode)? = tree.resolve(path)?.node else {
            return CommandAnswer("", errors: "sh: 1: \(path): not found\n", status: 127)
        }
        guard mode & 0o111 != 0 else { return CommandAnswer("", errors: "sh: 1: \(path): Permission denied\n", status: 126) }
        let machine: [UInt8] = node.site.machine == "aarch64" ? [0xb7, 0] : [0x3e, 0]
        guard Array(bytes[18..<20]) == machine else {
            return CommandAnswer("", errors: "sh: 1: \(path): Exec format error\n", status: 126)
        }
        guard environment.contains(where: { $0.name == "CNI_COMMAND" && $0.value == "VERSION" }) else {
            return CommandAnswer("CNI plugin \(path.split(separator: "/").last ?? "")\n")
        }
        return CommandAnswer(
            #"{"cniVersion":"1.0.0","supportedVersions":["0.1.0","0.2.0","0.3.0","0.3.1","0.4.0","1.0.0"]}"# + "\n")
    }

    /// `ip [options] link|addr [show] [dev] [NAME]`.
    private func ip(_ arguments: [String]) -> CommandAnswer {
        if arguments.contains("-V") { return CommandAnswer("ip utility, iproute2-6.1.0, libbpf 1.1.2\n") }
        var options = IPLinkText.Options()
        var json = false
        var words = arguments[...]
        while let word = words.first, word.hasPrefix("-") {
            words.removeFirst()
            switch word {
            case "-j", "-json": json = true
            case "-p", "-pretty": break
            case "-d", "-details": options.details = true
            case "-o", "-oneline": options.oneLine = true
            case "-4": options.family = 4
            case "-6": options.family = 6
            default:
                return CommandAnswer("", errors: "Option \"\(word)\" is unknown, try \"ip -help\".\n", status: 255)
            }
        }
        let object = words.popFirst() ?? ""
        guard let kind = ["link", "address"].first(where: { !object.isEmpty && $0.hasPrefix(object) }) else {
            return CommandAnswer("", errors: "Object \"\(object)\" is unknown, try \"ip help\".\n", status: 1)
        }
        options.addresses = kind == "address"
        if let verb = words.first, ["show", "list"].contains(where: { $0.hasPrefix(verb) }) { words.removeFirst() }
        if words.first == "dev" { words.removeFirst() }
        var links = node.links
        if let name = words.first {
            links = links.filter { $0.name == name }
            guard !links.isEmpty else {
                return CommandAnswer("", errors: "Device \"\(name)\" does not exist.\n", status: 1)
            }
        }
        return CommandAnswer(json ? IPLinkJSON.text(links, options) : IPLinkText.text(links, options))
    }
}
