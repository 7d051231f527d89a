package import Documents
internal import Facts

extension Site {
    /// Reads a site file.
    ///
    /// - Parameters:
    ///   - file: how the operator names it, for the places of problems.
    ///   - name: what the site is called: the file's name without its ending.
    /// - Throws: everything that is wrong with it, each with its place.
    package init(reading text: String, file: String, name: String) throws(ProblemList) {
        let document = DocumentFile(file: file, text: text)
        let ledger = Ledger(root: SiteKeys.shape)
        ledger.add(document)
        let root = try document.only()
        let fields = Fields(root, SiteKeys.shape, ledger)
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
                    !(switches.first { $0.name == cable.device }?.ports.contains { $0.name == cable.name } ?? false)
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
        let spoken: Platform = kind == .emulated ? .linux : .junos
        for device in switches where device.platform != spoken {
            ledger.report(
                "platform", at: mark,
                "\(device.name): a switch of a site that is \(kind.rawValue) speaks \(spoken), not \(device.platform)")
        }
        let names = nodes.map(\.name.text) + switches.map(\.name.text)
        for name in Set(names) where names.filter({ $0 == name }).count > 1 {
            ledger.report("repeated-name", at: mark, "two hosts of this site are called \(name)")
        }
    }
}
