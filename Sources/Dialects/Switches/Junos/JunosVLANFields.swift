internal import Facts

/// `show vlans` in XML and JSON: `vlan` without ELS, `l2ng-l2ald-vlan-instance-group` with it.
enum JunosVLANFields {
    private static let entries: Set<String> = ["vlan", "l2ng-l2ald-vlan-instance-group"]
    private static let containers: Set<String> = ["vlan-information", "l2ng-l2ald-vlan-instance-information"]
    private static let members: Set<String> = ["vlan-member", "l2ng-l2rtb-vlan-member"]

    static func read(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<VLANEntry> {
        if !tree.descendants(named: JunosSwitchingInterfaceFields.containers).isEmpty {
            return VLANEntry.merged(try JunosSwitchingInterfaceFields.read(tree, form: form))
        }
        var rows = FieldRows<VLANEntry>(tree: tree, form: form)
        for entry in tree.descendants(named: entries) {
            guard let name = entry.value("vlan-name", "l2ng-l2rtb-vlan-name") else {
                rows.doubt(entry)
                continue
            }
            var row = VLANEntry(
                vlanID: entry.value("vlan-tag", "l2ng-l2rtb-vlan-tag").flatMap { VLANID($0) }, name: name)
            row.l3Interface = l3Interface(of: entry)
            for member in entry.descendants(named: members) {
                let name = member.value("vlan-member-interface", "l2ng-l2rtb-vlan-member-interface")
                let tagness = member.value("vlan-member-tagness", "l2ng-l2rtb-vlan-member-tagness")
                guard let name, let found = JunosVLANs.member(Substring(name), tagged: tagness.flatMap { JunosVLANs.tagged($0) })
                else {
                    if let name, name != "None" { rows.doubt(member) }
                    continue
                }
                row.members.append(found)
            }
            rows.append(row)
        }
        return try rows.reading(isTable: !tree.descendants(named: containers).isEmpty, expecting: JunosVLANs.expectation)
    }

    private static func l3Interface(of entry: Field) -> InterfaceName? {
        let names: Set<String> = ["vlan-l3-interface", "l2ng-l2rtb-vlan-l3-interface"]
        guard let text = entry.descendants(named: names).first?.text, let word = Substring(text).words.first,
            JunosInterface.isLogical(word)
        else { return nil }
        return InterfaceName(word)
    }
}
