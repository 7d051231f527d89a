internal import Facts
internal import Verdicts

/// What one switch says of one port and of one VLAN on it: whether frames get through.
struct SwitchView {
    /// What a table says of the port.
    enum Saying {
        case right
        case wrong(Judgement)
        case unknown(Judgement)
    }

    let uplink: UplinkPort
    let network: NetworkTarget
    let facts: FactBook

    /// The VLAN as the operator knows it there: `SRIOV_201`.
    var vlanName: String {
        network.switchVLANNames[uplink.device] ?? network.vlan.map { "VLAN \($0)" } ?? "the native VLAN"
    }

    var aliases: PortAliases { PortAliases(uplink.interface, on: uplink.device, facts) }

    var vlanTable: VLANTableRequest { VLANTableRequest(device: uplink.device) }
    var spanningTree: SpanningTreeRequest { SpanningTreeRequest(device: uplink.device) }
    var states: InterfaceStatesRequest { InterfaceStatesRequest(device: uplink.device) }
    var trunks: TrunksRequest? { uplink.platform?.listsTrunksWithVLANs == false ? TrunksRequest(device: uplink.device) : nil }
    var aggregates: AggregatesRequest { AggregatesRequest(device: uplink.device) }

    /// The tables that settle it where the MAC table does not. Which ports are bundled is asked where a name is not found.
    var needs: [Need] {
        var needs = [Need(vlanTable, at: .plumbed), Need(spanningTree, at: .plumbed), Need(states, at: .plumbed)]
        if let trunks { needs.append(Need(trunks, at: .plumbed)) }
        guard let table = facts.answer(vlanTable, at: .plumbed) else { return needs }
        let named = table.rows.flatMap(\.members).contains { $0.interface.matches(uplink.interface) }
        if !named { needs.append(Need(aggregates, at: .plumbed)) }
        return needs
    }

    /// A port that is down explains everything on it; nil when it is up or nobody said.
    func portDown(for name: String) -> Judgement? {
        guard let states = facts.answer(states, at: .plumbed) else { return nil }
        let rows = states.rows.filter { $0.interface.matches(uplink.interface) }
        guard let down = rows.first(where: { $0.operUp == false || $0.adminUp == false }) else { return nil }
        let how = down.blocking ?? (down.adminUp == false ? "administratively down" : "down")
        return Judgement(
            .fail, code: "PortDown", sentence: "\(uplink.device): port \(down.interface) of \(name) is \(how), expected up",
            expected: "up", seen: how, next: "show interfaces \(uplink.interface) on \(uplink.device)")
    }

    /// Whether the port carries the VLAN.
    func carrying(for name: String) throws(Judgement) -> Saying {
        guard let vlan = network.vlan else {
            return .unknown(
                Judgement(
                    .inconclusive, code: Judgement.notAsked,
                    sentence: "\(uplink.device): which VLAN untagged frames of \(name) are to be in is not said"))
        }
        let table = try facts.read(vlanTable, .plumbed)
        let ours = network.switchVLANNames[uplink.device]
        let entries = table.rows.filter { $0.vlanID == vlan || ($0.vlanID == nil && ours != nil && $0.name == ours) }
        let members = entries.flatMap(\.members)
        if let member = members.first(where: { aliases.matches($0.interface) }) {
            guard member.tagged == false else { return .right }
            return .wrong(
                Judgement(
                    .fail, code: "VLANUntaggedOnPort",
                    sentence:
                        "\(uplink.device): port \(member.interface) carries \(vlanName) untagged, expected tagged: the VF of "
                        + "\(name) sends and takes frames with the tag \(vlan)",
                    expected: "\(vlanName) tagged", seen: "\(vlanName) untagged",
                    next: "make \(uplink.interface) of \(uplink.device) a trunk"))
        }
        guard !entries.isEmpty || !table.canShowAbsence else {
            return .wrong(
                Judgement(
                    .fail, code: "VLANNotOnSwitch",
                    sentence: "\(uplink.device): there is no VLAN \(vlan), expected on port \(uplink.interface) of \(name)",
                    expected: "VLAN \(vlan)", seen: "no such VLAN", next: "show vlans on \(uplink.device)"))
        }
        if let other = accessElsewhere(table) { return .wrong(other) }
        if let trunks { return try carryingTrunk(trunks, vlan: vlan, name: name) }
        guard table.canShowAbsence else { return .unknown(unread(table.unread, "VLAN \(vlan) on \(uplink.interface)")) }
        return .wrong(notTrunked(name, members: members.map(\.interface.printed)))
    }

    /// The VLAN that the port is in, where it is in one only and untagged.
    private func accessElsewhere(_ table: Reading<VLANEntry>) -> Judgement? {
        let on = table.rows.filter { $0.members.contains { aliases.matches($0.interface) } }
        guard on.count == 1, let entry = on.first, let member = entry.members.first(where: { aliases.matches($0.interface) }),
            member.tagged == false || trunks != nil && member.tagged == nil
        else { return nil }
        let seen = [entry.name, entry.vlanID.map { "VLAN \($0)" }].compactMap { $0 }.joined(separator: ", ")
        return Judgement(
            .fail, code: "PortInOtherVLAN",
            sentence:
                "\(uplink.device): port \(member.interface) carries \(seen) untagged and nothing else, expected \(vlanName)",
            expected: "\(uplink.interface) in \(vlanName)", seen: seen,
            next: "make \(uplink.interface) of \(uplink.device) a trunk that carries \(vlanName)")
    }

    private func notTrunked(_ name: String, members: [String]) -> Judgement {
        Judgement(
            .fail, code: "VLANNotTrunked",
            sentence: "\(uplink.device): \(vlanName) of \(name) is not carried by port \(uplink.interface); its members are "
                + (members.isEmpty ? "none" : members.joined(separator: ", ")),
            expected: "\(uplink.interface) in \(vlanName)",
            seen: members.isEmpty ? "no members" : members.joined(separator: ", "),
            next: "add \(vlanName) to the trunk on \(uplink.interface) of \(uplink.device)")
    }

    /// Of a device that lists its trunks apart from its VLANs.
    private func carryingTrunk(_ request: TrunksRequest, vlan: VLANID, name: String) throws(Judgement) -> Saying {
        let table = try facts.read(request, .plumbed)
        guard let trunk = table.rows.first(where: { aliases.matches($0.interface) }) else {
            guard table.canShowAbsence else { return .unknown(unread(table.unread, "trunk \(uplink.interface)")) }
            return .wrong(
                notTrunked(name, members: table.rows.filter { $0.allowed?.contains(vlan) == true }.map(\.interface.printed)))
        }
        for (list, what) in [(trunk.allowed, "allowed"), (trunk.active, "allowed and active")] {
            guard let list, !list.contains(vlan) else { continue }
            return .wrong(
                Judgement(
                    .fail, code: "VLANNotTrunked",
                    sentence:
                        "\(uplink.device): \(vlanName) of \(name) is not \(what) on trunk \(trunk.interface), which has \(list)",
                    expected: "\(vlan) \(what)", seen: list.description,
                    next: "add \(vlanName) to the trunk on \(uplink.interface) of \(uplink.device)"))
        }
        return .right
    }

    /// Whether spanning tree lets frames of the VLAN through the port.
    func forwarding(for name: String) throws(Judgement) -> Saying {
        let table = try facts.read(spanningTree, .plumbed, mayChange: true)
        let rows = table.rows.filter { aliases.matches($0.interface) }
        let exact = rows.filter { row in
            guard let vlan = network.vlan else { return false }
            return row.vlanID == vlan || row.vlans?.contains(vlan) == true
        }
        let shared = rows.filter { $0.vlanID == nil && $0.vlans == nil }
        let relevant = exact.isEmpty ? shared : exact
        let stopped = relevant.filter { $0.state != .forwarding }
        guard let first = stopped.first else {
            // A port that is not in the list has no part in any tree.
            guard relevant.isEmpty, !table.unread.isEmpty else { return .right }
            return .unknown(unread(table.unread, "the spanning tree state of \(uplink.interface)"))
        }
        let instance = first.instance.map { " in \($0)" } ?? ""
        guard stopped.count == relevant.count else {
            return .unknown(
                Judgement(
                    .inconclusive, code: "InstanceUnknown",
                    sentence:
                        "\(uplink.device): spanning tree keeps \(first.interface) \(first.state.rawValue)\(instance) and lets "
                        + "frames through in others, and which is \(vlanName)'s is not said"))
        }
        let why = [first.role.map { "role \($0)" }, first.inconsistency].compactMap { $0 }.joined(separator: ", ")
        return .wrong(
            Judgement(
                .fail, code: "PortBlocked",
                sentence:
                    "\(uplink.device): spanning tree keeps port \(first.interface) of \(name) \(first.state.rawValue)\(instance)"
                    + (why.isEmpty ? "" : " (\(why))") + ", expected forwarding",
                expected: "forwarding", seen: first.state.rawValue,
                next: "show spanning-tree interface \(uplink.interface) on \(uplink.device): who else sends BPDUs there?",
                mayChange: [.learning, .listening].contains(first.state)))
    }

    private func unread(_ lines: [UnreadLine], _ what: String) -> Judgement {
        Judgement(
            .inconclusive, code: "UnreadLines",
            sentence: "\(uplink.device): \(what) was not among what could be read, and \(lines.count) lines could not be "
                + "(\(lines.first?.description ?? "and emptiness was not stated"))", mayChange: true)
    }
}
