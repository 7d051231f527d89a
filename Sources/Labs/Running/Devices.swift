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
    package var names: [String] { fabric.site.nodes.map(\.name.text) + fabric.site.switches.map(\.name.text) }

    /// Who the door hands commands to.
    var hosts: DoorServer.Hosts {
        .init(
            answer: { host, command in
                // A switch without an exec channel ends the request without a word.
                await shell(of: host) == nil ? await run(command, on: host) : CommandAnswer(status: 1)
            }, terminal: { await shell(of: $0) }, typed: { await run($1, on: $0) })
    }

    /// The shell of a switch that takes commands in no other way; nil for all others.
    private func shell(of host: String) async -> DeviceTerminal? {
        guard let device = fabric.site.device(DeviceName(host)), !device.takesExec else { return nil }
        return DeviceTerminal(prompt: "\(host)#")
    }

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
        let time = fabric.time
        let shell = await fabric.change { state in
            state.announce(at: time.now())
            return SwitchShell(of: DeviceName(host), in: state, at: time.now(), start: time.start)
        }
        return await ledger.waiting(latencies.switchCommand, for: "switch") { shell?.run(command) ?? CommandAnswer() }
    }

    /// Until the site goes down.
    private static func never() async {
        do { try await ContinuousClock().sleep(for: .seconds(86_400)) } catch {}
    }
}

extension FabricState {
    /// Whether each port of a switch has a link: the PF or the port at the other end is up. An aggregate has one when a
    /// member has.
    /// The PF at a port. Of an aggregate that two switches share the other one's PF stands for its twin, which no site has.
    private func card(at port: PortState, of name: DeviceName) -> NICPlace? {
        if let own = nic(at: SwitchPort(device: name, name: port.name)) { return own }
        guard let twin = switches[name]?.switching(port.name)?.shared, let far = switches[twin.device]?.port(twin.name) else {
            return nil
        }
        return far.members.lazy.compactMap { nic(at: SwitchPort(device: twin.device, name: $0)) }.first
    }

    func links(of name: DeviceName) -> [String: Bool] {
        guard let device = switches[name] else { return [:] }
        var links: [String: Bool] = [:]
        for port in device.ports where port.members.isEmpty {
            if device.strangers.contains(where: { $0.port == port.name }) {
                links[port.name] = port.adminUp
            } else if let far = farEnd(of: port, on: device), let peer = switches[far.device] {
                let isOn = peer.port(far.name)?.adminUp == true && peer.switching(far.name)?.adminUp == true
                links[port.name] = isOn
            } else {
                links[port.name] = card(at: port, of: name).flatMap { function($0)?.isUp } ?? false
            }
        }
        for port in device.ports where !port.members.isEmpty {
            links[port.name] = port.members.contains { links[$0] == true && device.port($0)?.adminUp == true }
        }
        return links
    }
}
