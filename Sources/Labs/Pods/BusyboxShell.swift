internal import Facts

/// The programs of a busybox 1.28 image in a pod: what needs only to be read. `ping` is `BusyboxPing`'s.
///
/// - Source: busybox 1.28 and, for texts that did not change since, 1.35 run on Debian 12; `recordings/kubernetes-1.36/ws`.
package struct BusyboxShell: Sendable {
    private let node: NodeState
    private let sandbox: PodSandbox
    private let container: String
    private let now: Duration

    package init(node: NodeState, sandbox: PodSandbox, container: String, at now: Duration) {
        self.node = node
        self.sandbox = sandbox
        self.container = container
        self.now = now
    }

    /// The file tree that a container of the pod sees.
    private var tree: FileTree {
        var tree = FileTree()
        SysTree.add(node, seenFrom: .pod(uid: sandbox.uid), at: now, to: &tree)
        tree.add("/proc/net/arp", arpTable, mode: 0o444)
        ProcNetFiles(links: links).add(to: &tree)
        tree.add("/proc/cmdline", node.site.commandLine + "\n", mode: 0o444)
        tree.add("/etc/hostname", sandbox.pod.name + "\n")
        tree.add("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
        for path in ["/bin", "/dev", "/etc", "/home", "/proc", "/root", "/sys", "/tmp", "/usr", "/var"] { tree.folder(path) }
        return tree
    }

    /// `/proc/net/arp`: flags 0x2 for an entry that is complete.
    ///
    /// - Source: Linux `net/ipv4/arp.c`, arp_format_neigh_entry.
    private var arpTable: String {
        func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
        let rows = sandbox.neighbours.map { neighbour in
            let mac = neighbour.mac ?? MACAddress(bits: 0)
            return pad(neighbour.address.description, 16) + " 0x1         0x" + (neighbour.mac == nil ? "0" : "2")
                + "         \(mac)     *        \(neighbour.interface)\n"
        }
        return "IP address       HW type     Flags       HW address            Mask     Device\n" + rows.joined()
    }

    /// Runs a program.
    ///
    /// - Returns: nil when the image has no such program.
    package func run(_ argv: [String]) -> CommandAnswer? {
        guard let program = argv.first else { return nil }
        let arguments = Array(argv.dropFirst())
        let files = BusyboxFiles(tree: tree)
        switch program.split(separator: "/").last.map(String.init) ?? program {
        case "busybox" where !arguments.isEmpty: return run(arguments)
        case "ip": return BusyboxIP(links: links).run(arguments)
        case "cat": return files.cat(arguments)
        case "ls": return files.list(arguments)
        case "readlink": return files.readlink(arguments)
        case "test", "[": return FileCommands(tree: tree).answer("test", arguments)
        case "env" where arguments.isEmpty: return CommandAnswer(environment.map { "\($0.key)=\($0.value)\n" }.joined())
        case "printenv": return printenv(arguments)
        case "hostname": return CommandAnswer(sandbox.pod.name + "\n")
        case "uname": return NodeShell(node: node, at: now).run((["uname"] + arguments).joined(separator: " "))
        case "echo": return CommandAnswer(arguments.joined(separator: " ") + "\n")
        case "true": return CommandAnswer()
        case "false": return CommandAnswer(status: 1)
        case "sh": return shell(arguments)
        default: return nil
        }
    }

    /// `sh -c 'one simple command'`, and `exit N`.
    private func shell(_ arguments: [String]) -> CommandAnswer {
        guard arguments.first == "-c", arguments.count > 1, let line = ShellLine(arguments[1]) else { return CommandAnswer() }
        let argv = line.words.map(\.text)
        if argv.first == "exit" { return CommandAnswer(status: Int(argv.dropFirst().first ?? "0") ?? 2) }
        guard let answer = run(argv) else {
            return CommandAnswer("", errors: "sh: \(argv.first ?? ""): not found\n", status: 127)
        }
        return answer
    }

    private func printenv(_ names: [String]) -> CommandAnswer {
        if names.isEmpty { return CommandAnswer(environment.map { "\($0.key)=\($0.value)\n" }.joined()) }
        let values = names.compactMap { name in environment.first { $0.key == name }?.value }
        return CommandAnswer(values.map { $0 + "\n" }.joined(), status: values.count == names.count ? 0 : 1)
    }

    private var environment: [(key: String, value: String)] {
        [("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"), ("HOSTNAME", sandbox.pod.name)]
            + (sandbox.environments[container] ?? [])
            + [
                ("KUBERNETES_SERVICE_HOST", "10.233.0.1"), ("KUBERNETES_SERVICE_PORT", "443"), ("HOME", "/root"),
            ]
    }

    /// The pod's links, in order of index.
    package var links: [LinkRecord] {
        sandbox.interfaces.map { interface in
            switch interface.kind {
            case .loopback: return LinkRecord.loopback()
            case .pair(let peer):
                return LinkRecord(
                    index: interface.index, name: interface.name, peer: "if\(peer)",
                    flags: LinkRecord.flags(up: true, carrier: true, lowerDown: true), mtuBytes: interface.mtuBytes,
                    qdisc: "noqueue", state: "UP", mac: interface.mac, queueLength: nil, addresses: interface.addresses,
                    addresses6: interface.addresses6)
            case .virtualFunction(let pf, let index):
                let function = node.functions.first { $0.site.name == pf }
                let vf = function?.virtualFunctions.first { $0.index == index }
                let carrier = function?.isUp == true && vf?.hasCarrier(at: now) == true
                return LinkRecord(
                    index: interface.index, name: interface.name,
                    flags: LinkRecord.flags(up: vf?.netdevUp ?? false, carrier: carrier),
                    mtuBytes: interface.mtuBytes, qdisc: "mq", state: carrier ? "UP" : "DOWN", mac: interface.mac,
                    addresses: interface.addresses, addresses6: carrier ? interface.addresses6 : [], parent: vf?.address)
            }
        }.sorted { $0.index < $1.index }
    }
}
