/// One VF line of a PF: what the PF's driver reports of VF `index`.
///
/// Which fields appear depends on driver, kernel and iproute2; nil is 'not stated', never 'off'.
/// - Source: `ip link show dev PF` and `ip -j link show dev PF` (iproute2 `print_vfinfo`).
package struct VirtualFunction: Hashable, Sendable {
    package var pf: InterfaceName
    /// 0-based VF number.
    package var index: Int
    /// Administrative or effective MAC, by driver; all zero where none is set (mlx5, i40e, igb). Nil for InfiniBand.
    package var mac: MACAddress?
    /// Nil where the line shows none, which is how iproute2 prints VLAN 0.
    package var vlan: VLANID?
    /// 0…7; nil where not printed (0 is not printed in text).
    package var qos: Int?
    /// `802.1Q` is not printed in text; `802.1ad` is. Nil where not printed.
    package var vlanProtocol: String?
    package var spoofCheck: Bool?
    package var trust: Bool?
    /// `auto`, `enable` or `disable`. ixgbe and igb say `auto` whatever is set.
    package var linkState: String?
    /// Mbit/s; nil where not printed, 0 (JSON only) is no limit.
    package var minTxRate: Int?
    package var maxTxRate: Int?
    package var queryRSS: Bool?
    /// InfiniBand, eight bytes with colons.
    package var nodeGUID: String?
    package var portGUID: String?

    package init(
        pf: InterfaceName, index: Int, mac: MACAddress? = nil, vlan: VLANID? = nil, qos: Int? = nil, vlanProtocol: String? = nil,
        spoofCheck: Bool? = nil, trust: Bool? = nil, linkState: String? = nil, minTxRate: Int? = nil, maxTxRate: Int? = nil,
        queryRSS: Bool? = nil, nodeGUID: String? = nil, portGUID: String? = nil
    ) {
        self.pf = pf
        self.index = index
        self.mac = mac
        self.vlan = vlan
        self.qos = qos
        self.vlanProtocol = vlanProtocol
        self.spoofCheck = spoofCheck
        self.trust = trust
        self.linkState = linkState
        self.minTxRate = minTxRate
        self.maxTxRate = maxTxRate
        self.queryRSS = queryRSS
        self.nodeGUID = nodeGUID
        self.portGUID = portGUID
    }
}

extension VirtualFunction: Row {
    package var json: JSONValue {
        [
            "pf": .text(pf), "vf": .int(index), "mac": .text(mac), "vlan": .int(vlan?.number), "qos": .int(qos),
            "vlanProtocol": .text(vlanProtocol), "spoofCheck": .flag(spoofCheck), "trust": .flag(trust),
            "linkState": .text(linkState), "minTxRate": .int(minTxRate), "maxTxRate": .int(maxTxRate),
            "queryRss": .flag(queryRSS), "nodeGUID": .text(nodeGUID), "portGUID": .text(portGUID),
        ]
    }
}
