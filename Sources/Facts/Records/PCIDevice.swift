/// One block of `lspci -vmm` or one row of `lshw -businfo`: the printed keys in order.
package struct PCIDevice: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let key: String
        package let value: String
        package init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }

    /// In the order printed; `Module` may repeat.
    package var fields: [Field]

    package init(fields: [Field]) { self.fields = fields }

    /// The first value with this key (`Slot`, `Vendor`, `Device`, `Driver`…); nil where not printed.
    package subscript(key: String) -> String? { fields.first { $0.key == key }?.value }

    /// From `Slot`, or from the `pci@` bus info of lshw; nil where there is none.
    package var address: PCIAddress? {
        if let slot = self["Slot"] { return PCIAddress(slot) }
        guard let bus = self["Bus info"], bus.hasPrefix("pci@") else { return nil }
        return PCIAddress(bus.dropFirst(4))
    }
}

extension PCIDevice: Row {
    /// One member a key, repeated keys as an array.
    package var json: JSONValue {
        var members: [JSONValue.Member] = []
        for field in fields where !members.contains(where: { $0.key == field.key }) {
            let values = fields.filter { $0.key == field.key }.map { JSONValue.string($0.value) }
            members.append(.init(field.key, values.count == 1 ? values[0] : .array(values)))
        }
        return .object(members)
    }
}
