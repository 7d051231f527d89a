internal import Facts

/// The shell of a switch that is a Linux bridge: `bridge`, `ip` and `lldpctl`.
struct LinuxSwitchShell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        var words = line.split(separator: " ").map(String.init)
        if words.first == "sudo" { words.removeFirst() }
        guard let name = words.first else { return CommandAnswer() }
        let arguments = Array(words.dropFirst())
        switch name {
        case "bridge": return bridge(arguments)
        case "ip": return ip(arguments)
        case "lldpctl": return lldpctl(arguments)
        case "hostname": return CommandAnswer("\(view.device.site.name)\n")
        case "uname": return CommandAnswer("Linux\n")
        default: return CommandAnswer("", errors: "sh: 1: \(name): not found\n", status: 127)
        }
    }

    /// `bridge [-j] fdb|vlan|link [show]`
    private func bridge(_ arguments: [String]) -> CommandAnswer {
        let (options, words) = Self.split(arguments)
        let tables = BridgeTables(view: view)
        let object = words.first ?? ""
        guard words.dropFirst().allSatisfy({ $0 == "show" }) else {
            return CommandAnswer(
                "", errors: "Command \"\(words.last ?? "")\" is unknown, try \"bridge \(object) help\".\n", status: 255)
        }
        let table: ShownTable
        switch object {
        case "fdb": table = tables.fdb()
        case "vlan": table = tables.vlans()
        case "link": table = tables.links()
        default:
            return CommandAnswer("", errors: "Object \"\(object)\" is unknown, try \"bridge help\".\n", status: 1)
        }
        return answer(table, json: options.contains("-j"))
    }

    /// `ip [-j] [-d] link|addr|neigh [show]`
    private func ip(_ arguments: [String]) -> CommandAnswer {
        let (options, words) = Self.split(arguments)
        let json = options.contains("-j")
        let object = words.first ?? ""
        let links = LinuxSwitchLinks(view: view).records
        var asked = IPLinkText.Options()
        asked.details = options.contains("-d")
        switch object {
        case "neigh", "neighbour": return answer(BridgeTables(view: view).neighbours(), json: json)
        case "addr", "address": asked.addresses = true
        case "link": break
        default: return CommandAnswer("", errors: "Object \"\(object)\" is unknown, try \"ip help\".\n", status: 1)
        }
        return CommandAnswer(json ? IPLinkJSON.text(links, asked) : IPLinkText.text(links, asked))
    }

    private func lldpctl(_ arguments: [String]) -> CommandAnswer {
        answer(LLDPDaemonTables(view: view).neighbours(), json: arguments.contains("json"))
    }

    private func answer(_ table: ShownTable, json: Bool) -> CommandAnswer {
        guard json, let value = table.json else { return CommandAnswer(table.text) }
        return CommandAnswer(value.compactText + "\n")
    }

    /// Options first, then words.
    private static func split(_ arguments: [String]) -> (options: [String], words: [String]) {
        (arguments.filter { $0.hasPrefix("-") }, arguments.filter { !$0.hasPrefix("-") })
    }
}
