package import Facts
package import Verdicts

/// Faults 70 to 74: the gateway has no ARP entry for the pod, or one for somebody else.
package struct SwitchARPCheck: Check {
    package static let id: CheckID = "switch.arp"
    package static let title = "the gateway resolves the pod's address to the pod's MAC"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = [
        "pod.deploy", "pod.netstatus", "pod.net1", "pod.vf", "vf.vlan", "vf.mac", "switch.vlan", "switch.mac",
        "gateway.interface", "pf.present", "nad.valid",
    ]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        var needs = [Need(target.state, at: .plumbed)]
        guard target.isRunning(facts), let device = target.network.gateway?.device else { return needs }
        needs.append(Need(target.addresses, at: .plumbed))
        guard target.podMAC(facts) != nil, target.mayHaveTaught(facts) else { return needs }
        if let traffic = target.traffic(facts) { needs.append(traffic) }
        needs.append(target.neighbourNeed(of: device, for: target.effectiveAddress(facts), at: .plumbed))
        // With its interface named, the gateway's own check asks.
        if target.network.gateway?.interface == nil { needs.append(Need(InterfaceStatesRequest(device: device), at: .plumbed)) }
        return needs
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let name = target.pod.name
        guard let gateway = target.network.gateway, let device = gateway.device else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked, sentence: "\(name): the scenario names no device with an ARP table")
        }
        guard let mac = target.podMAC(facts), let address = target.effectiveAddress(facts) else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked,
                sentence: "\(name): its MAC or address on \(target.interface) is not known")
        }
        let table =
            address.isIPv4
            ? try facts.read(DeviceNeighboursRequest(device: device), .plumbed, mayChange: true)
            : try facts.read(DeviceIPv6NeighboursRequest(device: device), .plumbed, mayChange: true)
        if let down = gatewayDown(gateway, device: device, facts) { return down }
        let rows = table.rows.filter { $0.ip == address }
        let next = "look up \(address) in the \(tableName(address)) of \(device)"
        guard let row = rows.first(where: { $0.mac == mac }) ?? rows.first else {
            return absent(address, table: table, device: device, facts)
        }
        guard let seen = row.mac else {
            return Judgement(
                .fail, code: "ARPIncomplete",
                sentence: "\(device): \(address) of \(name) is not resolved (\(row.state ?? "incomplete"))",
                expected: mac.description, seen: row.state ?? "incomplete", next: next, mayChange: true)
        }
        guard seen == mac else {
            let fixed = row.state == "permanent" || row.state == "static"
            return Judgement(
                .fail, code: fixed ? "ARPStaticWrong" : "ARPMismatch",
                sentence:
                    "\(device): \(address) is \(fixed ? "statically set to" : "resolved to") \(seen), expected \(mac) of \(name)",
                expected: mac.description, seen: seen.description,
                next: fixed
                    ? "remove the static ARP entry for \(address) on \(device)"
                    : "find who else uses \(address): look \(seen) up in the MAC table",
                mayChange: !fixed)
        }
        if let wanted = gateway.interface, let interface = row.interface, !interface.matches(wanted) {
            return Judgement(
                .fail, code: "ARPOnOtherInterface",
                sentence: "\(device): \(address) of \(name) is resolved on \(interface), expected \(wanted)",
                expected: wanted.printed, seen: interface.printed, next: next)
        }
        if !target.pingAnswered(facts) {
            let before = target.neighbourTable(of: device, for: address, facts, at: .baseline)
            if before == nil || before?.rows.contains(where: { $0.ip == address && $0.mac == mac }) == true {
                return Judgement(
                    .inconclusive, code: "NotFresh",
                    sentence:
                        "\(device): \(address) is \(mac), but that entry may be older than \(name) and no ping was answered since",
                    expected: mac.description, seen: seen.description, mayChange: true)
            }
        }
        return Judgement(
            .pass, code: "ARPRight",
            sentence: "\(device): \(address) is \(mac) of \(name)\(row.interface.map { " on \($0)" } ?? "")",
            expected: mac.description, seen: seen.description)
    }

    private func gatewayDown(_ gateway: NetworkTarget.Gateway, device: DeviceName, _ facts: FactBook) -> Judgement? {
        guard gateway.interface == nil, let states = facts.answer(InterfaceStatesRequest(device: device), at: .plumbed) else {
            return nil
        }
        let rows = states.rows.filter { state in state.addresses.contains { $0.address == gateway.address } }
        guard let down = rows.first(where: { $0.operUp == false || $0.adminUp == false }) else { return nil }
        let how = down.adminUp == false ? "administratively down" : "down"
        return Judgement(
            .fail, code: "GatewayInterfaceDown",
            sentence:
                "\(device): \(down.interface), which has the gateway address \(gateway.address) of \(target.pod.name), is \(how), expected up",
            expected: "up", seen: how, next: "show interfaces \(down.interface) on \(device)")
    }

    private func absent(_ address: IPAddress, table: Reading<NeighbourEntry>, device: DeviceName, _ facts: FactBook) -> Judgement
    {
        let lead = "\(device): \(address) of \(target.pod.name)"
        guard table.canShowAbsence else {
            return Judgement(
                .inconclusive, code: "UnreadLines",
                sentence: "\(lead) is not among the entries read, but \(table.unread.count) lines could not be read "
                    + "(\(table.unread.first?.description ?? "and emptiness was not stated"))", mayChange: true)
        }
        guard let ping = target.ping, let sent = facts.answer(ping, at: .plumbed)?.sent, sent > 0 else {
            return Judgement(
                .inconclusive, code: "NoTraffic",
                sentence: "\(lead) is not in the \(tableName(address)), but the pod was not seen to send anything",
                mayChange: true)
        }
        return Judgement(
            .fail, code: "ARPMissing", sentence: "\(lead) is not in the \(tableName(address)) after \(sent) echo requests",
            expected: "an entry",
            seen: "none", next: "is the gateway's interface up, and in this VLAN?", mayChange: true)
    }

    private func tableName(_ address: IPAddress) -> String { address.isIPv4 ? "ARP table" : "IPv6 neighbour table" }
}

extension PodTarget {
    /// The question for the table in which a device resolves an address of this kind.
    func neighbourNeed(of device: DeviceName, for address: IPAddress?, at moment: Moment) -> Need {
        address?.isIPv4 == false
            ? Need(DeviceIPv6NeighboursRequest(device: device), at: moment)
            : Need(DeviceNeighboursRequest(device: device), at: moment)
    }

    /// That table; nil where it was not read.
    func neighbourTable(of device: DeviceName, for address: IPAddress, _ facts: FactBook, at moment: Moment) -> Reading<
        NeighbourEntry
    >? {
        address.isIPv4
            ? facts.answer(DeviceNeighboursRequest(device: device), at: moment)
            : facts.answer(DeviceIPv6NeighboursRequest(device: device), at: moment)
    }
}
