package import Facts
package import Verdicts

/// Faults 70 and 73: the interface that has the gateway's address is missing, down, or has another network's address.
package struct GatewayInterfaceCheck: Check {
    package static let id: CheckID = "gateway.interface"
    package static let title = "the gateway's interface is there, is up and has an address in the network"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = []

    let target: NetworkTarget
    package init(target: NetworkTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> {
        var subjects: Set<Subject> = [target.subject, .cluster]
        if let device = target.gateway?.device { subjects.insert(.device(device)) }
        return subjects
    }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        target.gateway?.device.map { [Need(InterfaceStatesRequest(device: $0), at: .plumbed)] } ?? []
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        guard let gateway = target.gateway, let device = gateway.device, let interface = gateway.interface else {
            throw Judgement(
                .inconclusive, code: Judgement.notAsked,
                sentence: "\(target.qualifiedName): the scenario names no interface of a gateway")
        }
        let table = try facts.read(InterfaceStatesRequest(device: device), .plumbed, mayChange: true)
        let next = "show interfaces \(interface) on \(device)"
        let named = table.rows.filter { $0.interface.matches(interface) }
        // `vlan` stands for all its units, of which one is meant.
        let exact = named.filter { $0.interface.unit == interface.unit }
        let rows = exact.isEmpty ? named : exact
        guard let row = rows.first(where: { $0.operUp == false || $0.adminUp == false }) ?? rows.first else {
            guard table.canShowAbsence else {
                throw Judgement(
                    .inconclusive, code: "UnreadLines",
                    sentence:
                        "\(device): \(interface) is not among the interfaces read, but \(table.unread.count) lines could not be "
                        + "read (\(table.unread.first?.description ?? "and emptiness was not stated"))", mayChange: true)
            }
            return Judgement(
                .fail, code: "GatewayInterfaceMissing",
                sentence: "\(device): there is no interface \(interface), expected with the gateway address \(gateway.address)",
                expected: interface.printed, seen: "none", next: "show interfaces terse on \(device)")
        }
        if row.operUp == false || row.adminUp == false {
            let how = row.adminUp == false ? "administratively down" : "down"
            return Judgement(
                .fail, code: "GatewayInterfaceDown",
                sentence: "\(device): \(row.interface), which has the gateway address \(gateway.address), is \(how), expected up",
                expected: "up", seen: how, next: next)
        }
        return try addressed(rows, gateway, device: device, next: next)
    }

    private func addressed(
        _ rows: [InterfaceState], _ gateway: NetworkTarget.Gateway, device: DeviceName, next: String
    ) throws(Judgement) -> Judgement {
        let addresses = rows.flatMap(\.addresses).filter { $0.address.isIPv4 == gateway.address.isIPv4 }
        let name = rows[0].interface
        let seen = addresses.map(\.description).joined(separator: ", ")
        guard addresses.isEmpty || addresses.contains(where: { $0.contains(gateway.address) }) else {
            return Judgement(
                .fail, code: "GatewayAddressElsewhere",
                sentence: "\(device): \(name) has \(seen), expected \(gateway.address), which is in none of these networks",
                expected: gateway.address.description, seen: seen, next: next)
        }
        var judgement = Judgement(
            .pass, code: "GatewayInterfaceUp", sentence: "\(device): \(name) is up" + (seen.isEmpty ? "" : " with \(seen)"),
            expected: "\(name) up with \(gateway.address)", seen: seen.isEmpty ? "up" : "up, \(seen)")
        guard rows.contains(where: { $0.operUp == true }) else {
            throw Judgement(
                .inconclusive, code: "StateNotShown", sentence: "\(device): whether \(name) is up is not shown", next: next)
        }
        if !addresses.isEmpty, !addresses.contains(where: { $0.address == gateway.address }) {
            judgement.notes = [
                Note(
                    code: "gateway-address-not-shown",
                    sentence:
                        "\(device): \(name) shows \(seen) and not \(gateway.address), which may be a virtual address (VRRP, "
                        + "HSRP, anycast)")
            ]
        }
        return judgement
    }
}
