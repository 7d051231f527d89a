internal import Facts

/// The shell of a SONiC switch: the kernel's tools, lldpd in its container, and `show …`.
struct SONiCShell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        let words = line.split(separator: " ").map(String.init)
        if words.prefix(4) == ["docker", "exec", "lldp", "lldpctl"] {
            return LinuxSwitchShell(view: view).run(words.dropFirst(3).joined(separator: " "))
        }
        guard words.first == "show" else {
            // lldpd is not in the host's path.
            if words.first == "lldpctl" { return CommandAnswer("", errors: "-bash: lldpctl: command not found\n", status: 127) }
            return LinuxSwitchShell(view: view).run(line)
        }
        guard let text = table(for: Array(words.dropFirst())) else {
            let usage = "Usage: show [OPTIONS] COMMAND [ARGS]...\nTry \"show -h\" for help.\n\n"
            return CommandAnswer("", errors: usage + "Error: No such command \"\(words.dropFirst().first ?? "")\".\n", status: 2)
        }
        return CommandAnswer(text)
    }

    private func table(for words: [String]) -> String? {
        let tables = SONiCTables(view: view)
        switch words.first {
        case "mac" where words.count == 1: return tables.macTable(vlan: nil)
        case "mac" where words.count == 3 && words[1] == "-v": return VLANID(words[2]).flatMap { tables.macTable(vlan: $0) }
        case "arp" where words.count == 1: return tables.arp()
        case "vlan" where words == ["vlan", "brief"]: return tables.vlans()
        case "interfaces" where words == ["interfaces", "status"]: return tables.interfaces()
        case "interfaces" where words == ["interfaces", "portchannel"]: return tables.portChannels()
        case "ip" where words == ["ip", "interfaces"]: return tables.addresses()
        case "lldp" where words == ["lldp", "table"]: return tables.lldp()
        default: return nil
        }
    }
}
