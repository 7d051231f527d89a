package import Checks
package import Facts

/// Do no harm: an address about to be given out that already resolves to a MAC of no VF here belongs to somebody.
///
/// Static entries are configuration, not a sign of life; they stop nothing and are judged by `switch.arp`.
package enum AddressesInUse {
    /// The pods that must not be created, each with a sentence and what to look at.
    package static func find(_ suite: CheckSuite, _ facts: FactBook) -> [PodReference: (sentence: String, next: String)] {
        find(nodes: suite.nodes, attachments: suite.attachments, facts)
    }

    static func find(
        nodes: [NodeTarget], attachments: [PodTarget], _ facts: FactBook
    ) -> [PodReference: (sentence: String, next: String)] {
        let own = ownMACs(nodes, facts)
        var found: [PodReference: (sentence: String, next: String)] = [:]
        for target in attachments {
            guard let address = target.address, let device = target.network.gateway?.device,
                let table = table(of: device, for: address, facts),
                let row = table.rows.first(where: { $0.ip == address && $0.state != "permanent" && $0.state != "static" }),
                let mac = row.mac, !own.contains(mac)
            else { continue }
            let port = port(of: mac, target: target, nodes, facts).map { ", learned on \($0)" } ?? ""
            found[target.pod] = (
                "\(target.pod.name): not created, since \(address) is already in use: \(device) resolves it to \(mac)\(port), which is no VF of "
                    + "this scenario's nodes",
                "find the owner of \(mac), or give the pod another address; if the owner is gone, let the entry age out on \(device)"
            )
        }
        return found
    }

    /// Notes for addresses of which it is not known whether somebody uses them.
    package static func unknown(_ suite: CheckSuite, _ facts: FactBook) -> [DeviceName] {
        let unread = suite.attachments.compactMap { target -> DeviceName? in
            guard let address = target.address, let device = target.network.gateway?.device else { return nil }
            return table(of: device, for: address, facts) == nil ? device : nil
        }
        return Set(unread).sorted()
    }

    private static func table(of device: DeviceName, for address: IPAddress, _ facts: FactBook) -> Reading<NeighbourEntry>? {
        address.isIPv4
            ? facts.answer(DeviceNeighboursRequest(device: device), at: .baseline)
            : facts.answer(DeviceIPv6NeighboursRequest(device: device), at: .baseline)
    }

    private static func ownMACs(_ nodes: [NodeTarget], _ facts: FactBook) -> Set<MACAddress> {
        var macs: Set<MACAddress> = []
        for node in nodes {
            let table = facts.answer(VFTableRequest(node: node.node, pf: node.pf), at: .baseline)
            macs.formUnion(table?.rows.compactMap(\.mac) ?? [])
            let devices = facts.answer(VFDevicesRequest(node: node.node, pf: node.pf), at: .baseline) ?? []
            let names = Set(devices.flatMap(\.netdevs))
            let links = facts.answer(LinksRequest(node: node.node), at: .baseline)?.rows ?? []
            macs.formUnion(links.filter { names.contains($0.interface) }.compactMap(\.mac))
        }
        return macs
    }

    private static func port(
        of mac: MACAddress, target: PodTarget, _ nodes: [NodeTarget], _ facts: FactBook
    ) -> String? {
        for device in Set(nodes.flatMap(\.uplinks).map(\.device)).sorted() {
            let rows = facts.answer(target.network.fdb(on: device), at: .baseline)?.rows ?? []
            if let row = rows.first(where: { $0.mac == mac }), let interface = row.interface { return "\(device) \(interface)" }
        }
        return nil
    }
}
