internal import Facts

/// The interfaces of a Linux switch as netlink tells them: ports, bonds, the bridge, and its routed interfaces.
struct LinuxSwitchLinks: Sendable {
    let view: SwitchView

    /// In order of index.
    var records: [LinkRecord] {
        var records = [LinkRecord.loopback()]
        for (offset, port) in view.device.ports.enumerated() {
            var record = link(port.name, index: 3 + offset, admin: port.adminUp, up: view.isUp(port), mac: view.mac(of: port))
            record.master = port.aggregate ?? view.bridge
            record.queueLength = 1000
            record.kind = !port.members.isEmpty ? .bond : port.aggregate == nil ? .bridgePort : .bondMember
            records.append(record)
        }
        let next = 3 + view.device.ports.count
        var bridge = link(view.bridge, index: next, admin: true, up: true, mac: view.device.site.mac)
        bridge.kind = .bridge
        records.append(bridge)
        for (offset, gateway) in view.device.gateways.enumerated() {
            var record = link(
                gateway.interface, index: next + 1 + offset, admin: gateway.adminUp, up: gateway.adminUp, mac: gateway.mac)
            record.peer = view.bridge
            record.addresses = [gateway.address]
            record.kind = .vlan(gateway.vlan)
            records.append(record)
        }
        return records
    }

    private func link(_ name: String, index: Int, admin: Bool, up: Bool, mac: MACAddress) -> LinkRecord {
        LinkRecord(
            index: index, name: name, flags: LinkRecord.flags(up: admin, carrier: up), mtuBytes: 1500, qdisc: "noqueue",
            state: up ? "UP" : "DOWN", mac: mac, queueLength: 1000)
    }
}
