internal import Facts

/// The shell of a Cumulus switch: the kernel's tools, lldpd, and `net show bridge macs` of releases 3 and 4.
///
/// - Source: `fixtures/switches/cumulus/mac-table/net-show.txt`.
struct CumulusShell: Sendable {
    let view: SwitchView

    func run(_ line: String) -> CommandAnswer {
        guard line.hasPrefix("net ") else { return LinuxSwitchShell(view: view).run(line) }
        guard line == "net show bridge macs" else {
            return CommandAnswer("", errors: "ERROR: Command not found.\n\n\(line)\n    ^ Invalid value here.\n", status: 1)
        }
        let learned = view.rows().compactMap { row -> [String]? in
            guard let port = row.port, let age = row.ageSeconds else { return nil }
            let seen = age < 1 ? "<1 sec" : NXOSTables.clock(age)
            return [row.vlan.tag.description, view.bridge, port.name, row.mac.description, "", "", "", seen]
        }
        let own = view.switching.map { port in
            ["untagged", view.bridge, port.name, view.mac(of: port).description, "", "permanent", "", "never"]
        }
        let header = ["VLAN", "Master", "Interface", "MAC", "TunnelDest", "State", "Flags", "LastSeen"]
        return CommandAnswer("\n" + Tabulated(header, learned + own).simple)
    }
}
