package import Documents
internal import Facts

extension Site {
    /// Reads a site file.
    ///
    /// - Parameters:
    ///   - file: how the operator names it, for the places of problems.
    ///   - name: what the site is called: the file's name without its ending.
    ///   - base: gives the text of the site that `extends` names, as it is written there; nil when it cannot be read.
    /// - Throws: everything that is wrong with it, each with its place.
    package init(
        reading text: String, file: String, name: String, base: (String) -> (file: String, text: String)? = { _ in nil }
    ) throws(ProblemList) {
        let document = DocumentFile(file: file, text: text)
        let ledger = Ledger(root: SiteKeys.shape)
        ledger.add(document)
        let root = try Self.merged(document.only(), ledger: ledger, base: base)
        let fields = Fields(root, SiteKeys.shape, ledger)
        _ = fields?[SiteKeys.extends]
        let summary = fields?[SiteKeys.summary] ?? ""
        let kind = fields?[SiteKeys.kind] ?? .simulated
        let cluster = fields?[SiteKeys.cluster]
        let nodes = fields?[SiteKeys.nodes] ?? []
        let switches = fields?[SiteKeys.switches] ?? []
        let latencies = fields?[SiteKeys.latencies] ?? SiteLatencies()
        if let fields {
            SiteRules(kind: kind, nodes: nodes, switches: switches, mark: fields.node.mark, ledger: ledger).check()
        }
        guard ledger.isClean, let cluster else { throw ProblemList(ledger.problems) }
        self.init(name: name, cluster: cluster, nodes: nodes, switches: switches, latencies: latencies)
        self.kind = kind
        self.summary = summary
    }

    /// The document laid over the one that it extends. That one extends no other: two files tell all of a site.
    private static func merged(
        _ root: DocumentNode, ledger: Ledger, base: (String) -> (file: String, text: String)?
    ) throws(ProblemList) -> DocumentNode {
        guard let extended = root[SiteKeys.extends.name], let path = extended.text else { return root }
        guard let (file, text) = base(path) else {
            ledger.report("extends", at: extended.mark, "there is no site to extend at '\(path)'")
            throw ProblemList(ledger.problems)
        }
        let document = DocumentFile(file: file, text: text)
        ledger.add(document)
        let below = try document.only()
        guard below[SiteKeys.extends.name] == nil else {
            ledger.report("extends", at: extended.mark, "\(file) extends another site itself; extend that one")
            throw ProblemList(ledger.problems)
        }
        return Overlay.merged(below, under: root, as: .record(SiteKeys.shape))
    }
}

/// What the parts of a site must agree on.
private struct SiteRules {
    let kind: SiteKind
    let nodes: [SiteNode]
    let switches: [SiteSwitch]
    let mark: Mark
    let ledger: Ledger

    func check() {
        for node in nodes {
            for nic in node.nics {
                if let cable = nic.cable,
                    !(switches.first { $0.name == cable.device }?.portNames.contains(cable.name) ?? false)
                {
                    ledger.report(
                        "reference", at: mark,
                        "\(node.name) \(nic.name): its cable ends in \(cable), which is no port of this site")
                }
            }
            if let index = node.attachment?.virtualFunction, !node.nics.contains(where: { index < $0.virtualFunctions.count }) {
                ledger.report("reference", at: mark, "\(node.name): its attachment is VF \(index), and there is no such VF")
            }
        }
        let spoken = kind == .emulated ? [Platform.linux] : SwitchShell.spoken
        for device in switches where !spoken.contains(device.platform) {
            let known = spoken.map(\.description).joined(separator: ", ")
            ledger.report(
                "platform", at: mark,
                "\(device.name): a switch of a site that is \(kind.rawValue) speaks \(known), not \(device.platform)")
        }
        for device in switches {
            for port in device.ports {
                if let twin = port.shared,
                    switches.first(where: { $0.name == twin.device })?.ports.first(where: { $0.name == twin.name })?.shared
                        != SwitchPort(device: device.name, name: port.name)
                {
                    ledger.report(
                        "reference", at: mark,
                        "\(device.name) \(port.name): it is shared with \(twin), which does not say the same of it")
                }
                guard let peer = port.peer else { continue }
                let far = switches.first { $0.name == peer.device }?.ports.first { $0.name == peer.name }
                if far?.peer != SwitchPort(device: device.name, name: port.name) {
                    ledger.report(
                        "reference", at: mark,
                        "\(device.name) \(port.name): its cable ends in \(peer), which does not say the same of it")
                }
            }
        }
        let names = nodes.map(\.name.text) + switches.map(\.name.text)
        for name in Set(names) where names.filter({ $0 == name }).count > 1 {
            ledger.report("repeated-name", at: mark, "two hosts of this site are called \(name)")
        }
    }
}

extension SiteSwitch {
    /// Every port that a cable can be put into: members of aggregates too.
    var portNames: [String] { ports.flatMap { $0.members.isEmpty ? [$0.name] : $0.members } }
}
