internal import Facts
internal import Foundation

/// The guests of a site that is up, and the fabric that remembers for them.
struct GuestSite: Sendable {
    let fabric: Fabric
    /// By name of the host, nodes and switches.
    let channels: [NodeName: GuestChannel]
    let fleet: GuestFleet

    /// Changes what is true of the site, in the fabric and then in the guests.
    ///
    /// - Throws: what the change throws; `LabError` where a guest does not follow.
    func change(_ body: @Sendable (inout FabricState) throws -> Void) async throws {
        let changes = try await fabric.change { state in
            let before = state
            try body(&state)
            return GuestChanges(before: before, after: state)
        }
        try await follow(changes)
    }

    private func follow(_ changes: GuestChanges) async throws {
        for (machine, lines) in changes.monitors { try command(machine, lines) }
        try await onEach(fabric.site.nodes.map(\.name)) { name in
            let lines = changes.node(name)
            if !lines.isEmpty { try await run(lines, on: name.text) }
            let functions = (changes.before.nodes[name]?.functions ?? []).map(\.virtualFunctions.count)
            let after = (changes.after.nodes[name]?.functions ?? []).map(\.virtualFunctions.count)
            // VFs that are made anew are others.
            if functions != after { try await learn(name) }
            await writeFiles(name)
        }
        try await onEach(fabric.site.switches.map(\.name)) { name in
            let lines = changes.device(name)
            if !lines.isEmpty { try await run(lines, on: name.text) }
        }
    }

    /// Does something on several hosts at once.
    func onEach<Name: Sendable>(_ names: [Name], _ body: @escaping @Sendable (Name) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names { group.addTask { try await body(name) } }
            try await group.waitForAll()
        }
    }

    private func run(_ lines: [String], on host: String) async throws(LabError) {
        guard let channel = channels[NodeName(host)] else { return }
        let answer = await channel.run((["set -e", ". /run/lib"] + lines).joined(separator: "\n"))
        guard answer.status == 0 else {
            throw LabError("\(host): its guest did not follow: \(answer.errorText)\(answer.outputText)(status \(answer.status))")
        }
    }

    private func command(_ machine: String, _ lines: [String]) throws {
        let pipe = FileHandle(forWritingAtPath: fleet.monitor(machine) + ".in")
        guard let pipe else { throw LabError("\(machine): the monitor of its guest cannot be reached") }
        try pipe.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
        try pipe.close()
    }

    /// Asks a worker's kernel for its VFs.
    ///
    /// - Throws: `LabError` when it does not tell them.
    func learn(_ name: NodeName) async throws(LabError) {
        guard let channel = channels[name] else { return }
        let answer = await channel.run(GuestTruth.script)
        guard answer.status == 0, let truth = GuestTruth(answer.outputText) else {
            throw LabError("\(name): its guest does not tell its VFs: \(answer.outputText)\(answer.errorText)")
        }
        await fabric.change { state in
            guard var node = state.nodes[name] else { return }
            truth.write(to: &node)
            state.nodes[name] = node
        }
    }

    /// Brings fabric and guests back to a state in which no pod was, and forgets what the switches have learned.
    func restore(_ state: FabricState) async throws {
        try await change { now in
            let made = now.nodes.mapValues(\.sandboxesMade)
            now = state
            for (name, count) in made { now.nodes[name]?.sandboxesMade = count }
        }
        try await onEach(fabric.site.nodes.map(\.name)) { name in
            let functions = (state.nodes[name]?.functions ?? []).filter { $0.site.cable != nil }
            guard !functions.isEmpty else { return }
            var lines = ["for space in $(ip netns list | grep -o '^cni-[^ ]*'); do ip netns del $space; done"]
            lines += functions.map { "restore \($0.site.name) \($0.virtualFunctions.count)" }
            try await run(lines, on: name.text)
            try await learn(name)
        }
        for device in state.switches.values {
            var lines = device.gateways.map { "ip neigh flush dev \($0.interface)" }
            lines += device.site.ports.map { "ip link set dev \($0.name) type bridge_slave fdb_flush" }
            try await run(lines, on: device.site.name.text)
        }
    }

    /// Leaves on a node the files that kubelet, host-local and sriov-cni leave there.
    func writeFiles(_ name: NodeName) async {
        guard let channel = channels[name], let node = await fabric.node(name) else { return }
        let files = NodeFiles.agents(of: node)
        var script = "rm -rf /var/lib/cni/networks/* /var/lib/cni/sriov/* /etc/cni/net.d/*\n"
        for file in files {
            let folder = file.path[..<(file.path.lastIndex(of: "/") ?? file.path.endIndex)]
            script += "mkdir -p '\(folder)'; printf '%s' \(GuestChannel.quoted(file.text)) > '\(file.path)'\n"
        }
        _ = await channel.run(script)
    }
}
