internal import Facts

/// OS10's spanning tree, a block for each VLAN with its ports twice.
extension OS10Tables {
    /// `show spanning-tree active`: ports that are down are in no block.
    ///
    /// - Source: `fixtures/switches/os10/spanning-tree`.
    func spanningTree() -> OS10Table {
        var text = "Spanning tree enabled protocol rapid-pvst with force-version rstp\n"
        for vlan in view.device.site.vlans {
            let bridge = "Priority \(32768 + vlan.tag.number), Address \(view.device.site.mac.dotted)\n"
            text += "VLAN \(vlan.tag)\nExecuting IEEE compatible Spanning Tree Protocol\nRoot ID    \(bridge)"
            text += "Root Bridge hello time 2, max age 20, forward delay 15\nBridge ID    \(bridge)"
            text += "We are the root of VLAN \(vlan.tag)\nConfigured hello time 2, max age 20, forward delay 15\n"
            let ports = view.members(of: vlan.tag).filter(view.isUp)
            text +=
                "Interface".left(58) + "Designated\nName              PortID   Prio  Cost  Sts  Cost Bridge ID         PortID\n"
            text += String(repeating: "-", count: 70) + "\n"
            for port in ports {
                let state = port.spanningTreeForwarding ? "FWD" : "BLK"
                text += port.name.left(18) + number(of: port).left(9) + "128   500   \(state)  0    32768  "
                text += "\(view.device.site.mac.dotted)  \(number(of: port))\n"
            }
            text += "Interface\nName              Role  PortID  Prio Cost Sts Cost Link-type Edge\n"
            text += String(repeating: "-", count: 65) + "\n"
            for port in ports {
                let (role, state) = port.spanningTreeForwarding ? ("Desg", "FWD") : ("Altr", "BLK")
                text += port.name.left(18) + role.left(6) + number(of: port).left(8) + "128  500  \(state) 0    AUTO      No\n"
            }
        }
        return OS10Table(text: text)
    }

    private func number(of port: PortState) -> String {
        "128.\((view.device.ports.firstIndex { $0.name == port.name } ?? 0) + 256)"
    }
}
