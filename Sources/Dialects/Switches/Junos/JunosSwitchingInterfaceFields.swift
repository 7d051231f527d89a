internal import Facts

/// `show ethernet-switching interfaces detail` in XML and JSON: the VLANs port by port, without ELS
/// (`switching-interface-information`) and with it (`ethernet-switching-interface-details`). A row is one VLAN of one port.
///
/// - Source: recorded answers of an EX of either kind in NAPALM's tests.
enum JunosSwitchingInterfaceFields {
    static let containers: Set<String> = ["switching-interface-information", "ethernet-switching-interface-details"]

    static func read(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<VLANEntry> {
        var rows = FieldRows<VLANEntry>(tree: tree, form: form)
        for container in tree.descendants(named: containers) {
            for port in container.all("interface") {
                for member in port.descendants(named: ["interface-vlan-member"]) {
                    add(
                        port.value("interface-name"), member, "interface-vlan-name", "interface-vlan-member-tagid",
                        "interface-vlan-member-tagness", to: &rows)
                }
            }
            // With ELS each port has one entry of its own, without a VLAN, before those of its VLANs.
            for entry in container.all("l2ng-l2ald-iff-interface-entry") where entry.value("l2iff-interface-vlan-name") != nil {
                add(
                    entry.value("l2iff-interface-name"), entry, "l2iff-interface-vlan-name", "l2iff-interface-vlan-id",
                    "l2iff-interface-vlan-member-tagness", to: &rows)
            }
        }
        return try rows.reading(isTable: true, expecting: JunosVLANs.expectation)
    }

    private static func add(
        _ port: String?, _ member: Field, _ name: String, _ tag: String, _ tagness: String, to rows: inout FieldRows<VLANEntry>
    ) {
        guard let port, JunosInterface.isLogical(Substring(port)), let name = member.value(name) else {
            return rows.doubt(member)
        }
        rows.append(
            VLANEntry(
                vlanID: member.value(tag).flatMap { VLANID($0) }, name: name,
                members: [
                    .init(interface: InterfaceName(port), tagged: member.value(tagness).flatMap { JunosVLANs.tagged($0) })
                ]))
    }
}
