/// The command line of a Junos switch in exec mode: one command, its output, no prompt and no paging. What its tables look
/// like depends on the model: with Enhanced Layer 2 Software (ELS) or without.
///
/// Errors go to stdout with exit status 0, as the CLI of Junos does.
struct JunosShell: Sendable {
    private let tables: JunosTables

    init(view: SwitchView) { tables = JunosTables(view: view) }

    /// Runs one line, pipes to `no-more`, `display xml` and `match` included.
    func run(_ line: String) -> CommandAnswer {
        let stages = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        guard let command = stages.first, !command.isEmpty else { return CommandAnswer() }
        var words = command
        // A root login reaches the CLI by way of the Unix shell: cli -c "show …".
        if words.first == "cli", words.count > 2, words[1] == "-c" {
            let inner = line.drop { $0 != "\"" && $0 != "'" }.dropFirst().prefix { $0 != "\"" && $0 != "'" }
            return run(String(inner))
        }
        words = words.map { $0.filter { $0 != "\"" } }
        guard let table = table(for: words) else { return error(in: words) }
        var output = table.text
        for stage in stages.dropFirst() {
            switch stage {
            case ["no-more"]: break
            case ["display", "xml"]:
                guard let xml = table.xml else { return CommandAnswer("error: xml output is not simulated for this command\n") }
                output = reply(xml)
            case _ where stage.first == "match" && stage.count == 2:
                output = output.split(separator: "\n").filter { Pattern.found(stage[1], in: $0) }.map { $0 + "\n" }.joined()
            default: return error(in: stage)
            }
        }
        return CommandAnswer(output)
    }

    private func table(for words: [String]) -> JunosTable? {
        guard words.first == "show" else { return nil }
        let rest = Array(words.dropFirst())
        switch rest.first {
        case "ethernet-switching" where rest.dropFirst().first == "table":
            return tables.isELS ? tables.enhancedMACTable(Array(rest.dropFirst(2))) : tables.macTable(Array(rest.dropFirst(2)))
        case "ethernet-switching" where rest.dropFirst().first == "interfaces":
            return tables.switchingInterfaces(Array(rest.dropFirst(2)))
        case "arp": return tables.arp(Array(rest.dropFirst()))
        case "vlans":
            return tables.isELS ? tables.enhancedVLANs(Array(rest.dropFirst())) : tables.vlans(Array(rest.dropFirst()))
        case "interfaces": return tables.interfaces(Array(rest.dropFirst()))
        case "spanning-tree" where rest.dropFirst().first == "interface": return tables.spanningTree()
        case "lldp" where rest.dropFirst().first == "neighbors": return tables.neighbours()
        case "version": return tables.version()
        default: return nil
        }
    }

    /// Junos marks the first word it does not know with a caret under it and names the problem.
    private func error(in words: [String]) -> CommandAnswer {
        CommandAnswer(
            "                 ^\nsyntax error, expecting <command>.\nerror: syntax error: \(words.last ?? "")\n", status: 0)
    }

    private func reply(_ body: MarkupElement) -> String {
        let release = tables.release
        let reply = MarkupElement(
            "rpc-reply", attributes: [("xmlns:junos", "http://xml.juniper.net/junos/\(release)/junos")],
            [body, MarkupElement("cli", [MarkupElement("banner", "")])])
        return reply.written()
    }
}

/// What a command shows: always text, and XML where it is simulated.
struct JunosTable {
    var text: String
    var xml: MarkupElement?
}

/// `| match` takes a regular expression; here a dot matches any character and all else matches itself.
private enum Pattern {
    static func found(_ pattern: String, in line: Substring) -> Bool {
        let wanted = Array(pattern)
        let text = Array(line)
        guard wanted.count <= text.count else { return false }
        return (0...(text.count - wanted.count)).contains { start in
            wanted.indices.allSatisfy { wanted[$0] == "." || wanted[$0] == text[start + $0] }
        }
    }
}
