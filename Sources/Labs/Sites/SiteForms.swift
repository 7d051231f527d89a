internal import Documents
internal import Facts

// How the values of a site file are written.

extension Form<MACAddress> {
    static let mac = Form.text("a MAC address such as 56:7f:f1:5e:ac:52") { MACAddress($0) }
}

extension Form<PCIAddress> {
    static let pciAddress = Form.text("a PCI address such as 0000:01:10.3") { PCIAddress($0) }
}

extension Form<IPAddress> {
    static let plainAddress = Form.text("an IP address") { IPAddress($0) }
}

extension Form<IPPrefix> {
    static let addressWithLength = Form.text("an address with its prefix length such as 192.168.201.1/24") { IPPrefix($0) }
}

extension Form<VLANID> {
    static let tag = Form(.integer(1...4094)) { node, ledger in
        Form<Int>.integer("a VLAN tag (1 to 4094)", 1...4094).read(node, ledger).flatMap { VLANID($0) }
    }
}

extension Form<NICModel> {
    static let model = Form.choice("a card's model", NICModel.all.map(\.name)) { NICModel.named($0) }
}

extension Form<Platform> {
    static let platform = Form.choice("a switch platform that the lab speaks", SwitchShell.spoken.map(\.rawValue)) {
        Platform(rawValue: $0)
    }
}

extension Form<String> {
    static let words = Form.text("a text") { $0.isEmpty ? nil : $0 }
}

extension Form<NodeName> {
    static let node = Form.text("a node's name") { $0.isEmpty ? nil : NodeName($0) }
}

extension Form<DeviceName> {
    static let device = Form.text("a switch's name") { $0.isEmpty ? nil : DeviceName($0) }
}

extension Form<ResourceName> {
    static let extendedResource = Form.text("a resource with its prefix such as intel.com/intel_sriov_netdevice") {
        $0.contains("/") ? ResourceName($0) : nil
    }
}
