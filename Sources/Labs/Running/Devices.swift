internal import Facts

/// Answers for every host of the site that is reached over SSH, each in its own time.
package struct Devices: Sendable {
    private let fabric: Fabric
    private let ledger: WaitLedger

    package init(fabric: Fabric, ledger: WaitLedger) {
        self.fabric = fabric
        self.ledger = ledger
    }

    /// The hosts' names, as `ssh` takes them: nodes first, then switches.
    package var hosts: [String] { fabric.site.nodes.map(\.name.text) + fabric.site.switches.map(\.name.text) }

    /// Runs one command on a host. The state is read when the command begins, as a device does; the answer comes after the
    /// site's latency.
    package func run(_ command: String, on host: String) async -> CommandAnswer {
        let latencies = fabric.site.latencies
        if await fabric.read({ $0.access[host] }) == .hangs { await Self.never() }
        if let node = await fabric.node(NodeName(host)) {
            return await ledger.waiting(latencies.nodeCommand, for: "node") {
                NodeShell(node: node, at: fabric.time.now()).run(command)
            }
        }
        guard await fabric.device(DeviceName(host)) != nil else {
            return CommandAnswer("", errors: "no host \(host) in site \(fabric.site.name)\n", status: 255)
        }
        let now = fabric.time.now()
        let (device, links) = await fabric.read { state in (state.switches[DeviceName(host)], state.links(of: DeviceName(host))) }
        return await ledger.waiting(latencies.switchCommand, for: "switch") {
            guard let device else { return CommandAnswer() }
            return JunosShell(device: device, at: now, links: links).run(command)
        }
    }

    /// Until the site goes down.
    private static func never() async {
        do { try await ContinuousClock().sleep(for: .seconds(86_400)) } catch {}
    }
}

extension FabricState {
    /// Whether each port of a switch has a link: the PF or the port at the other end is up.
    func links(of name: DeviceName) -> [String: Bool] {
        var links: [String: Bool] = [:]
        for port in switches[name]?.ports ?? [] {
            if let peer = port.peer {
                links[port.name] = switches[peer.device]?.port(peer.name)?.adminUp ?? false
            } else {
                links[port.name] = nic(at: SwitchPort(device: name, name: port.name)).flatMap { function($0)?.isUp } ?? false
            }
        }
        return links
    }
}
