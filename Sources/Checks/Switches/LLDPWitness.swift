internal import Facts

/// What a switch's LLDP neighbours say of one node's PF: on which port it hangs.
struct LLDPWitness {
    private let node: NodeTarget
    private let uplink: UplinkPort
    private let aliases: PortAliases
    private let table: Reading<LLDPNeighbour>
    /// The node's interfaces with their MACs; empty where they were not read.
    private let links: [Link]

    /// Nil while the neighbours were not read.
    ///
    /// - Parameter moment: when they were asked for.
    init?(_ node: NodeTarget, on uplink: UplinkPort, _ facts: FactBook, at moment: Moment = .plumbed) {
        guard let table = facts.answer(LLDPRequest(device: uplink.device), at: moment) else { return nil }
        self.table = table
        self.node = node
        self.uplink = uplink
        aliases = PortAliases(uplink.interface, on: uplink.device, facts, at: moment)
        links = facts.answer(LinksRequest(node: node.node), at: .baseline)?.rows ?? []
    }

    /// What a neighbour is.
    enum Kind {
        /// The PF.
        case pf
        /// Another interface of the node, by its name.
        case otherInterface(String)
        /// The node, by an interface that the neighbour does not name.
        case node
        /// Another system, as it calls itself.
        case stranger(String)
        /// It says neither a name nor an address that is known here.
        case nobody
    }

    var unread: [UnreadLine] { table.unread }
    var onUplink: [LLDPNeighbour] { table.rows.filter { aliases.matches($0.localInterface) } }
    var elsewhere: [LLDPNeighbour] { table.rows.filter { !aliases.matches($0.localInterface) } }

    func kind(of row: LLDPNeighbour) -> Kind {
        let pfMAC = links.first { $0.interface == node.pf }?.mac
        let addresses = [row.neighbourInterface, row.chassisID].compactMap { $0.flatMap { MACAddress($0) } }
        if let pfMAC, row.neighbourInterface.flatMap({ MACAddress($0) }) == pfMAC { return .pf }
        let isNode = row.neighbour.map(isName) == true || addresses.contains { address in links.contains { $0.mac == address } }
        guard isNode else {
            // Firmware of a card speaks for the card alone: its chassis is the port's own address.
            return row.neighbour.map { .stranger($0) } ?? .nobody
        }
        guard let port = row.neighbourInterface else { return .node }
        if InterfaceName(port) == node.pf || links.first(where: { $0.interface == node.pf })?.altNames.contains(port) == true {
            return .pf
        }
        if let mac = MACAddress(port) {
            return links.first { $0.mac == mac }.map { $0.interface == node.pf ? .pf : .otherInterface($0.interface.printed) }
                ?? .node
        }
        return links.contains { $0.interface.printed == port } ? .otherInterface(port) : .node
    }

    /// `worker1`, `worker1.example.net` and `WORKER1` are one node.
    private func isName(_ text: String) -> Bool {
        func short(_ name: String) -> String { String(name.lowercased().prefix { $0 != "." }) }
        let mine = node.node.text.lowercased()
        return text.lowercased() == mine || short(text) == short(mine)
    }

    /// What it adds to the finding that frames of the node came in on this port; nil when it adds nothing.
    func remark(on port: InterfaceName) -> String? {
        for row in table.rows {
            switch kind(of: row) {
            case .pf where row.localInterface.matches(port), .node where row.localInterface.matches(port):
                return "LLDP sees \(node.node) there too: it is cabled to \(port), not to \(uplink.interface)"
            case .pf where aliases.matches(row.localInterface):
                return "LLDP sees \(node.node) \(node.pf) on \(row.localInterface), so the frames came another way"
            default: continue
            }
        }
        return nil
    }
}
