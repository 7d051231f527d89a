internal import Facts

/// The spanning tree of Cisco's switches, a block for each VLAN.
///
/// - Source: `fixtures/switches/ios/spanning-tree` and `fixtures/switches/nxos/spanning-tree`.
struct PerVLANTree: Sendable {
    let view: SwitchView
    /// What the platform calls its protocol here: `ieee`, `rstp`.
    let protocolName: String
    /// Width of the column of ports.
    let width: Int
    /// The short form of a port's name.
    let short: @Sendable (String) -> String

    /// `show spanning-tree`: ports that are down are in no block.
    var text: String {
        let bridge = view.device.site.mac.dotted
        return view.device.site.vlans.map { vlan in
            let priority = 32768 + vlan.tag.number
            let tag = vlan.tag.description
            var text = "\nVLAN" + String(repeating: "0", count: 4 - tag.count) + tag
            text += "\n  Spanning tree enabled protocol \(protocolName)\n  Root ID    Priority    \(priority)\n"
            text += "             Address     \(bridge)\n             This bridge is the root\n"
            text += "             Hello Time  2  sec  Max Age 20 sec  Forward Delay 15 sec\n\n"
            text += "  Bridge ID  Priority    \(priority)  (priority 32768 sys-id-ext \(tag))\n"
            text += "             Address     \(bridge)\n"
            text += "             Hello Time  2  sec  Max Age 20 sec  Forward Delay 15 sec\n\n"
            text += "Interface".left(width) + " Role Sts Cost      Prio.Nbr Type\n"
            text += String(repeating: "-", count: width) + " ---- --- --------- -------- --------------------------------\n"
            let ports = view.members(of: vlan.tag).filter(view.isUp)
            return text
                + ports.map { port in
                    let number = (view.device.ports.firstIndex { $0.name == port.name } ?? 0) + 1
                    return short(port.name).left(width) + (port.spanningTreeForwarding ? " Desg FWD " : " Altn BLK ")
                        + "4".left(10) + "128.\(number)".left(9) + "P2p \n"
                }.joined() + "\n"
        }.joined()
    }
}
