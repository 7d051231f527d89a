package import Facts
package import Verdicts

/// Faults 43, 54, 56 and 57: the pod's interface missing, without carrier, or with another address.
package struct PodInterfaceCheck: Check {
    package static let id: CheckID = "pod.net1"
    package static let title = "the pod's interface is up with the address that was asked for"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["pod.deploy", "pod.netstatus"]

    let target: PodTarget
    package init(target: PodTarget) { self.target = target }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] {
        let state = Need(target.state, at: .plumbed)
        return target.isRunning(facts) ? [state, Need(target.addresses, at: .plumbed)] : [state]
    }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let subject = "\(target.pod.name) \(target.interface)"
        let next = "kubectl exec -n \(target.pod.namespace) \(target.pod.name) -- ip addr"
        let reading = try facts.read(target.addresses, .plumbed)
        guard let interface = reading.rows.first(where: { $0.interface == target.interface }) else {
            guard reading.canShowAbsence else {
                return Judgement(
                    .inconclusive, code: "UnreadLines",
                    sentence: "\(subject): not among the interfaces, but \(reading.unread.count) lines could not be read "
                        + "(\(reading.unread.first?.description ?? "nothing was listed"))", next: next)
            }
            let others = reading.rows.map(\.interface.printed).joined(separator: ", ")
            return Judgement(
                .fail, code: "InterfaceMissing", sentence: "\(subject): the pod has no such interface; it has \(others)",
                expected: target.interface.printed, seen: others, next: next)
        }
        if let wrong = wrongState(interface, subject: subject, next: next) { return wrong }
        let family = interface.ipv4 + interface.ipv6
        if let wrong = wrongAddress(reading, family, subject: subject, next: next) { return wrong }
        let seen = "\(family.first?.description ?? "no address") \(interface.mac?.description ?? "no MAC")"
        return Judgement(
            .pass, code: "InterfaceRight", sentence: "\(subject): up, \(seen)", expected: target.address?.description, seen: seen,
            notes: notes(interface, subject: subject, facts))
    }

    private func wrongState(_ interface: InterfaceAddresses, subject: String, next: String) -> Judgement? {
        guard let up = interface.up, let lowerUp = interface.lowerUp else {
            return Judgement(
                .inconclusive, code: "FlagsUnknown", sentence: "\(subject): no flags were printed, so up or down is not known")
        }
        guard up else {
            return Judgement(
                .fail, code: "InterfaceDown", sentence: "\(subject): down, expected up", expected: "UP,LOWER_UP", seen: "down",
                next: next,
                mayChange: true)
        }
        guard lowerUp else {
            return Judgement(
                .fail, code: "InterfaceNoCarrier", sentence: "\(subject): up without carrier, expected LOWER_UP",
                expected: "LOWER_UP",
                seen: "NO-CARRIER", next: "look at the VF line's link-state and at the PF's carrier", mayChange: true)
        }
        return nil
    }

    private func wrongAddress(
        _ reading: Reading<InterfaceAddresses>, _ all: [IPPrefix], subject: String, next: String
    ) -> Judgement? {
        guard let address = target.address else { return nil }
        let seen = all.map(\.description).joined(separator: ", ")
        guard let match = all.first(where: { $0.address == address }) else {
            guard reading.unread.isEmpty else {
                return Judgement(
                    .inconclusive, code: "UnreadLines",
                    sentence:
                        "\(subject): \(address) is not among what could be read (\(seen.isEmpty ? "no address" : seen)), and not all "
                        + "could: \(reading.unread.first?.text ?? "")", next: next)
            }
            return Judgement(
                .fail, code: "AddressMismatch",
                sentence: "\(subject): has \(seen.isEmpty ? "no address" : seen), expected \(address)",
                expected: address.description, seen: seen.isEmpty ? "none" : seen, next: next, mayChange: all.isEmpty)
        }
        if let length = target.network.prefixLength, match.length != length {
            return Judgement(
                .fail, code: "PrefixMismatch", sentence: "\(subject): has \(match), expected \(address)/\(length)",
                expected: "\(address)/\(length)", seen: match.description, next: next)
        }
        return nil
    }

    private func notes(_ interface: InterfaceAddresses, subject: String, _ facts: FactBook) -> [Note] {
        guard let claimed = target.networkStatus(facts)?.mac, let seen = interface.mac, claimed != seen else { return [] }
        return [
            Note(
                code: "status-mac-differs",
                sentence:
                    "\(subject): network-status says \(claimed), the pod has \(seen): the annotation is a snapshot, the MAC was changed since"
            )
        ]
    }
}
