internal import Facts

/// The MAC table in Junos' XML, and in its JSON, which has the same names.
///
/// Without ELS an entry is a `mac-table-entry`. With ELS `detail` puts one entry into each `l2ng-l2ald-mac-entry-vlan`, and
/// the brief style makes that element a wrapper around many; MX does the same with `l2ald-mac-entry`.
enum JunosMACFields {
    private static let entries: Set<String> = ["mac-table-entry", "l2ng-l2ald-mac-entry-vlan", "l2ald-mac-entry"]
    private static let inner: Set<String> = ["l2ng-mac-entry", "l2-mac-entry"]
    private static let containers: Set<String> = [
        "ethernet-switching-table-information", "ethernet-switching-table", "l2ng-l2ald-rtb-macdb", "l2ald-rtb-macdb",
        "l2ng-l2ald-interface-macdb-vlan", "l2ald-interface-macdb",
    ]
    /// Fields that hold an address of something else.
    private static let otherAddresses: Set<String> = ["l2ng-l2-active-source", "l2-active-source", "l2ng-l2-mac-rtr-id", "esi"]

    static func read(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<FDBEntry> {
        let isTable = !tree.descendants(named: containers).isEmpty
        let found = tree.descendants(named: entries)
        var rows = FieldRows<FDBEntry>(tree: tree, form: layout(tree, form: form))
        for entry in found {
            let nested = entry.descendants(named: inner)
            if nested.isEmpty {
                read(entry, wrapper: nil, wrapperVLAN: nil, into: &rows)
            } else {
                let vlan = wrapperVLAN(entry, nested)
                for child in nested { read(child, wrapper: entry, wrapperVLAN: vlan, into: &rows) }
            }
        }
        rows.reportStrayMACs(except: otherAddresses)
        return try rows.reading(isTable: isTable || !found.isEmpty, expecting: JunosMACTable.expectation)
    }

    private static func layout(_ tree: FieldTree, form: String) -> String {
        if tree.number(of: "mac-table-entry") != nil { return form + "/non-els" }
        if tree.number(of: "l2ald-mac-entry") != nil { return form + "/bridge" }
        return tree.number(of: "l2ng-l2ald-mac-entry-vlan") != nil ? form + "/els" : form
    }

    /// The wrapper's VLAN id holds for its entries only where they are all of one VLAN: 18.2R3 writes the first entry's id
    /// there and lists other VLANs below it.
    private static func wrapperVLAN(_ wrapper: Field, _ nested: [Field]) -> VLANID? {
        guard let text = wrapper.value("l2ng-l2-vlan-id", "l2-bridge-vlan"), let id = VLANID(text) else { return nil }
        if wrapper.first("l2-mac-bridging-domain") != nil { return id }
        let names = Set(nested.map { $0.value("l2ng-l2-mac-vlan-name") })
        return names.count == 1 ? id : nil
    }

    private static func read(
        _ entry: Field, wrapper: Field?, wrapperVLAN: VLANID?, into rows: inout FieldRows<FDBEntry>
    ) {
        let addresses = addressNames.flatMap { entry.all($0) }
        guard let address = addresses.first else {
            // A summary or an instance without entries has counters only.
            if entry.first("l2ng-l2-mac-logical-interface", "l2-mac-logical-interface", "mac-interfaces-list") != nil {
                rows.doubt(entry)
            }
            return
        }
        if address.text == "*" { return }
        let name =
            entry.value("mac-vlan", "l2ng-l2-mac-vlan-name", "l2-mac-bridging-domain")
            ?? wrapper?.value("l2-mac-bridging-domain", "l2ng-l2-mac-vlan-name")
        let id = entry.value("mac-vlan-tag", "l2ng-l2-vlan-id", "l2-bridge-vlan").flatMap { VLANID($0) } ?? wrapperVLAN
        let interfaces = interfaces(of: entry)
        guard addresses.count == 1, let mac = MACAddress(address.joinedText), !interfaces.isEmpty else {
            return rows.doubt(entry)
        }
        rows.consume(address)
        rows.append(
            FDBEntry(
                vlan: name ?? id.map { $0.description }, vlanID: id ?? name.flatMap { VLANID($0) }, mac: mac,
                type: type(of: entry),
                interface: interfaces.first, interfaces: interfaces.count > 1 ? interfaces : [], ageSeconds: age(of: entry)))
    }

    private static let addressNames = ["mac-address", "l2ng-l2-mac-address", "l2-mac-address"]

    private static func interfaces(of entry: Field) -> [InterfaceName] {
        if let name = entry.value("mac-interface", "l2ng-l2-mac-logical-interface", "l2-mac-logical-interface") {
            return [InterfaceName(name)]
        }
        let lists = entry.all("mac-interfaces-list") + entry.all("mac-interfaces")
        let names = lists.flatMap { list in
            let inner = list.all("mac-interfaces").map(\.joinedText)
            return (inner.isEmpty ? [list.joinedText] : inner).filter { !$0.isEmpty }
        }
        return names.enumerated().filter { $0.offset == 0 || names[$0.offset - 1] != $0.element }.map {
            InterfaceName($0.element)
        }
    }

    private static func type(of entry: Field) -> String {
        if let printed = entry.value("mac-type", "l2ng-l2-mac-flags", "l2-mac-flags") { return JunosMACTable.type(printed) }
        let flags = entry.value("l2ng-l2-mac-entry-flags", "l2-mac-entry-flags") ?? ""
        return flags.contains("static") ? "static" : "dynamic"
    }

    private static func age(of entry: Field) -> Int? {
        guard let age = entry.first("mac-age", "l2ng-l2-mac-age", "l2-mac-age") else { return nil }
        if let seconds = age.value("@seconds"), let number = Int(seconds) { return number }
        return JunosMACTable.age(Substring(age.text))
    }
}
