package import Facts

/// The least rights on nodes and switches, as their administrators write them down, each with the reads that need it.
///
/// - Source: sudoers(5); the Junos, NX-OS and EOS command references on login classes and roles. No device has tried them yet.
package struct HostRights: Sendable {
    /// A node and where its CNI files are.
    package struct Node: Hashable, Sendable {
        package let name: NodeName
        package let sudo: Bool
        package let binary: String
        package let folder: String

        package init(name: NodeName, sudo: Bool, binary: String, folder: String) {
            self.name = name
            self.sudo = sudo
            self.binary = binary
            self.folder = folder
        }
    }

    private let nodes: [Node]
    private let devices: [(name: DeviceName, platform: Platform)]

    package init(nodes: [Node], devices: [(name: DeviceName, platform: Platform)]) {
        self.nodes = nodes
        self.devices = devices
    }

    /// Text to read and copy from; every block says for whom it is. `plumbline` stands for the login's name.
    package var text: String { (nodeBlocks + deviceBlocks).map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n") }

    // MARK: Nodes

    private var nodeBlocks: [[String]] {
        let plain = nodes.filter { !$0.sudo }
        var blocks: [[String]] = []
        if !plain.isEmpty {
            blocks.append([
                "# nodes \(plain.map(\.name.text).joined(separator: ", ")): a login without any further right (no 'sudo: true' in the scenario)"
            ])
        }
        let asRoot = Dictionary(grouping: nodes.filter(\.sudo)) { "\($0.binary) \($0.folder)" }
        for group in asRoot.values.sorted(by: { $0[0].name < $1[0].name }) {
            let names = group.map(\.name.text).joined(separator: ", ")
            blocks.append(
                ["# nodes \(names): /etc/sudoers.d/plumbline; check it with visudo -c"] + Self.sudoers(group[0]))
        }
        return blocks
    }

    private static func sudoers(_ node: Node) -> [String] {
        var lines: [String] = []
        for command in privileged(node) {
            guard let line = command.privilegedText, let rule = SudoersLine(line) else { continue }
            lines += ["# \(command.purpose)", "plumbline ALL=(root) NOPASSWD: \(rule.text)"]
        }
        return lines
    }

    /// Every command that is sent as root, with this node's own paths. A path that is refused is never sent either.
    private static func privileged(_ node: Node) -> [DeviceCommand] {
        var commands = [NodeCommands.networkHardware, NodeCommands.kubeletCheckpoint, NodeCommands.kernelLog]
        do throws(CommandRefusal) {
            commands += [
                try NodeCommands.cniConfiguration(node.folder), try NodeCommands.cniBinary(node.binary),
                try NodeCommands.cniBinaryHeader(node.binary), try NodeCommands.cniVersion(node.binary),
            ]
        } catch {
            return commands
        }
        return commands
    }

    // MARK: Switches

    private var deviceBlocks: [[String]] {
        Platform.allCases.compactMap { platform in
            let names = devices.filter { $0.platform == platform }.map(\.name.text)
            guard !names.isEmpty else { return nil }
            let commands = Self.commands(platform)
            return ["\(Self.comment(platform)) \(platform.title) \(names.joined(separator: ", "))"]
                + Self.role(platform, commands)
        }
    }

    private static func comment(_ platform: Platform) -> String { [.eos, .nxos, .ios].contains(platform) ? "!" : "#" }

    /// Each command once, without its pipe: what a role is asked about.
    private static func commands(_ platform: Platform) -> [(line: String, purpose: String)] {
        var seen: Set<String> = []
        return CommandCatalogue.all.filter { $0.host == .device && $0.platform == platform.rawValue }.compactMap { form in
            let line = form.text.split(separator: "|").first.map { $0.split(separator: " ").joined(separator: " ") } ?? form.text
            return seen.insert(line).inserted ? (line, form.purpose) : nil
        }
    }

    private static func role(_ platform: Platform, _ commands: [(line: String, purpose: String)]) -> [String] {
        switch platform {
        case .junos:
            // Modifiers behind a pipe are no part of what the expression is held against.
            let expressions = commands.map { "(^\(pattern($0.line))$)" }.joined(separator: "|")
            return commands.map { "# \($0.line): \($0.purpose)" } + [
                "set system login class plumbline permissions view",
                "set system login class plumbline allow-commands \"\(expressions)\"",
                "set system login user plumbline class plumbline",
            ]
        case .nxos:
            let rules = commands.enumerated().flatMap { index, command in
                ["  ! \(command.purpose)", "  rule \(index + 1) permit command \(wildcard(command.line)) *"]
            }
            return ["role name plumbline"] + rules + ["username plumbline role plumbline"]
        case .eos:
            let rules = commands.enumerated().flatMap { index, command in
                ["   ! \(command.purpose)", "   \((index + 1) * 10) permit mode exec command \(pattern(command.line)).*"]
            }
            return ["role plumbline"] + rules + [
                "username plumbline privilege 1 role plumbline", "aaa authorization commands all default local",
            ]
        case .ios:
            return commands.map { "! \($0.line): \($0.purpose)" } + ["username plumbline privilege 1"]
        case .sonic, .cumulus, .linux, .os10, .srlinux:
            return ["# a login without any further right, for these reads:"] + commands.map { "# \($0.line): \($0.purpose)" }
        }
    }

    /// The names that are filled in, as a regular expression: `NAME` is a VLAN's name, `201` its number.
    private static func pattern(_ line: String) -> String {
        line.split(separator: " ").map { word in
            switch word {
            case "NAME": "[A-Za-z0-9_.:/-]+"
            case "201": "[0-9]+"
            default: String(word)
            }
        }.joined(separator: " ")
    }

    private static func wildcard(_ line: String) -> String {
        line.split(separator: " ").map { ["NAME", "201"].contains($0) ? "*" : String($0) }.joined(separator: " ")
    }
}
