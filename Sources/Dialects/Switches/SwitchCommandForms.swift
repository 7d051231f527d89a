internal import Facts

/// The switches' part of the list of all commands that can be sent: every way of every question on every platform, and what
/// prepares a shell, with `NAME` and `201` standing for the VLAN.
enum SwitchCommandForms {
    static let all: [CommandForm] = {
        var forms: [CommandForm] = []
        for platform in Platform.allCases {
            for command in commands(platform) {
                let form = CommandForm(command, platform: platform.rawValue)
                if !forms.contains(form) { forms.append(form) }
            }
        }
        return forms
    }()

    private static func commands(_ platform: Platform) -> [DeviceCommand] {
        var commands = SwitchPreparation.commands(platform)
        for (name, id) in [("NAME", VLANID(201)), (nil, VLANID(201)), (nil, nil)] as [(String?, VLANID?)] {
            // `NAME` holds no character that is refused.
            guard let ways = try? SwitchDialects.fdb(platform, vlanName: name, vlanID: id) else { continue }
            commands += ways.map(\.command)
        }
        commands += SwitchDialects.neighbours(platform).map(\.command)
        commands += SwitchDialects.vlans(platform).map(\.command)
        commands += SwitchDialects.interfaces(platform).map(\.command)
        commands += SwitchDialects.lldp(platform).map(\.command)
        commands += SwitchDialects.ipv6Neighbours(platform).map(\.command)
        commands += SwitchDialects.spanningTree(platform).map(\.command)
        commands += SwitchDialects.trunks(platform).map(\.command)
        commands += SwitchDialects.aggregates(platform).map(\.command)
        return commands
    }
}
