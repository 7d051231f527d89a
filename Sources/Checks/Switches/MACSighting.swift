internal import Facts
internal import Verdicts

/// Where a device says that it learned one pod's MAC.
struct MACSighting {
    let uplink: UplinkPort
    let table: Reading<FDBEntry>
    /// Rows with the MAC, in the network's VLAN where the rows say theirs.
    let rows: [FDBEntry]
    /// Rows with the MAC in another VLAN, of devices that print all VLANs.
    let elsewhere: [FDBEntry]
    /// False where the rows may be older than the pod.
    let isFresh: Bool
    /// Whether the table was read before the pod was there.
    let hadBaseline: Bool

    /// Every port of the rows, in the order of the table.
    var ports: [InterfaceName] { rows.flatMap { $0.interfaces.isEmpty ? [$0.interface].compactMap { $0 } : $0.interfaces } }

    /// Nil while the table was not read.
    init?(of mac: MACAddress, _ target: PodTarget, on uplink: UplinkPort, _ facts: FactBook) {
        let request = target.network.fdb(on: uplink.device)
        guard let table = facts.answer(request, at: .plumbed) else { return nil }
        self.uplink = uplink
        self.table = table
        let found = table.rows.filter { $0.mac == mac }
        let vlan = target.network.vlan
        rows = found.filter { $0.vlanID == nil || vlan == nil || $0.vlanID == vlan }
        elsewhere = found.filter { $0.vlanID != nil && vlan != nil && $0.vlanID != vlan }
        let before = facts.answer(request, at: .baseline)
        hadBaseline = before != nil
        isFresh = target.pingAnswered(facts) || before.map { !$0.rows.contains { $0.mac == mac } } == true
    }

    /// The port on which frames of the pod certainly came in: learned by the device itself since the pod is there.
    func certainPort(_ aliases: PortAliases) -> InterfaceName? {
        guard isFresh, rows.contains(where: { !["static", "permanent", "self"].contains($0.type) }) else { return nil }
        let own = ports.filter { !PortAliases.isRemote($0) }
        return own.first { aliases.matches($0) } ?? own.first
    }
}
