package import Facts

/// One link as netlink tells it, before `ip` writes it.
package struct LinkRecord: Sendable {
    package var index: Int
    package var name: String
    /// `if33` of `eth0@if33`; nil for links without a peer.
    package var peer: String?
    package var flags: [String]
    package var mtuBytes: Int
    package var qdisc: String
    package var state: String
    /// `ether` or `loopback`.
    package var type = "ether"
    package var mac: MACAddress
    package var queueLength: Int? = 1000
    package var addresses: [IPPrefix] = []
    package var addresses6: [IPPrefix] = []
    /// VF lines, for a PF with VFs.
    package var virtualFunctions: [VirtualFunctionState] = []
    package var statesQueryRSS = false
    /// `parentbus pci parentdev …` under `-d`; nil for virtual links.
    package var parent: PCIAddress?
    package var queues = 1
    /// The bridge or bond that the link belongs to.
    package var master: String?
    /// What `-d` says of a virtual link; nil for all others.
    package var kind: Kind?

    /// The kinds of link of a Linux switch.
    package enum Kind: Hashable, Sendable {
        case bridge, bridgePort, bond, bondMember
        case vlan(VLANID)
    }

    package static func loopback() -> LinkRecord {
        LinkRecord(
            index: 1, name: "lo", flags: ["LOOPBACK", "UP", "LOWER_UP"], mtuBytes: 65536, qdisc: "noqueue", state: "UNKNOWN",
            type: "loopback", mac: MACAddress(bits: 0), addresses: [IPPrefix("127.0.0.1/8")].compactMap { $0 },
            addresses6: [IPPrefix("::1/128")].compactMap { $0 })
    }

    package var broadcast: MACAddress { type == "loopback" ? mac : Frame.broadcast }

    /// `<BROADCAST,…>`: the flags of an Ethernet link in the order in which `ip` prints them.
    package static func flags(up: Bool, carrier: Bool, lowerDown: Bool = false) -> [String] {
        (up && !carrier ? ["NO-CARRIER"] : []) + ["BROADCAST", "MULTICAST"] + (up ? ["UP"] : [])
            + (up && carrier ? ["LOWER_UP"] : []) + (lowerDown ? ["M-DOWN"] : [])
    }
}

extension NodeState {
    /// The links of the node's own network namespace, in order of index.
    package var links: [LinkRecord] {
        var links = [LinkRecord.loopback()]
        for function in functions {
            links.append(link(of: function))
            for vf in function.virtualFunctions {
                guard case .host(let name) = vf.netdev else { continue }
                links.append(
                    LinkRecord(
                        index: vf.netdevIndex, name: name, flags: LinkRecord.flags(up: vf.netdevUp, carrier: false),
                        mtuBytes: 1500, qdisc: vf.netdevUp ? "mq" : "noop", state: "DOWN", mac: vf.mac, parent: vf.address))
            }
        }
        for (offset, name) in site.virtualInterfaces.enumerated() {
            links.append(
                LinkRecord(
                    index: 16 + offset, name: name, flags: ["BROADCAST", "NOARP"], mtuBytes: 1500, qdisc: "noop", state: "DOWN",
                    mac: MACAddress(bits: 0x0200_0000_0000 | UInt64(16 + offset))))
        }
        for sandbox in sandboxes {
            guard let eth0 = sandbox.interface("eth0"), case .pair(let peer) = eth0.kind else { continue }
            links.append(
                LinkRecord(
                    index: peer, name: "veth\(sandbox.containerID.prefix(8))", peer: "if\(eth0.index)",
                    flags: LinkRecord.flags(up: true, carrier: true), mtuBytes: 1500, qdisc: "noqueue", state: "UP",
                    mac: MACAddress(bits: eth0.mac.bits ^ 0xff), queueLength: nil))
        }
        return links.sorted { $0.index < $1.index }
    }

    private func link(of function: PhysicalFunctionState) -> LinkRecord {
        let up = function.adminUp
        return LinkRecord(
            index: function.site.index, name: function.site.name, flags: LinkRecord.flags(up: up, carrier: function.carrier),
            mtuBytes: function.site.mtuBytes, qdisc: "mq", state: up && function.carrier ? "UP" : "DOWN",
            mac: function.site.mac,
            addresses: function.site.name == "eno1" ? [IPPrefix(site.address, length: 24)].compactMap { $0 } : [],
            virtualFunctions: function.virtualFunctions,
            statesQueryRSS: function.model.virtualFunction?.statesQueryRSS ?? false, parent: function.site.address,
            queues: 64)
    }
}
