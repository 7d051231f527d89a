internal import Facts
internal import Verdicts

/// What one switch says of one port and of one VLAN on it: the causes why a MAC is not learned.
struct SwitchView {
    let uplink: UplinkPort
    let network: NetworkTarget
    let facts: FactBook

    /// The VLAN as the operator knows it there: `SRIOV_201`.
    var vlanName: String {
        network.switchVLANNames[uplink.device] ?? network.vlan.map { "VLAN \($0)" } ?? "the native VLAN"
    }

    /// A port that is down explains everything on it; nil when it is up or nobody said.
    func portDown(for name: String) -> Judgement? {
        guard let states = facts.answer(InterfaceStatesRequest(device: uplink.device), at: .plumbed) else { return nil }
        let rows = states.rows.filter { $0.interface.matches(uplink.interface) }
        guard let down = rows.first(where: { $0.operUp == false || $0.adminUp == false }) else { return nil }
        let how = down.adminUp == false ? "administratively down" : "down"
        return Judgement(
            .fail, code: "PortDown", sentence: "\(uplink.device): port \(down.interface) of \(name) is \(how), expected up",
            expected: "up", seen: how, next: "show interfaces \(uplink.interface) on \(uplink.device)")
    }

    /// The port does not carry the VLAN; nil when it does, or when the table does not tell.
    func vlanMissingOnPort(for lead: String) -> Judgement? {
        guard let vlan = network.vlan, let table = facts.answer(VLANTableRequest(device: uplink.device), at: .plumbed) else {
            return nil
        }
        let name = network.switchVLANNames[uplink.device]
        let entries = table.rows.filter { $0.vlanID == vlan || ($0.vlanID == nil && name != nil && $0.name == name) }
        guard table.canShowAbsence else { return nil }
        guard !entries.isEmpty else {
            return Judgement(
                .fail, code: "VLANNotOnSwitch", sentence: "\(lead) is not learned: \(uplink.device) has no VLAN \(vlan)",
                expected: "VLAN \(vlan)", seen: "no such VLAN", next: "show vlans on \(uplink.device)")
        }
        guard !entries.contains(where: { $0.members.contains { $0.interface.matches(uplink.interface) } }) else { return nil }
        let members = entries.flatMap(\.members).map(\.interface.printed).joined(separator: ", ")
        return Judgement(
            .fail, code: "VLANNotTrunked",
            sentence: "\(lead) is not learned: \(vlanName) is not carried by port \(uplink.interface); its members are "
                + (members.isEmpty ? "none" : members), expected: "\(uplink.interface) in \(vlanName)",
            seen: members.isEmpty ? "no members" : members,
            next: "add \(vlanName) to the trunk on \(uplink.interface) of \(uplink.device)")
    }
}
