package import Facts

/// The text of a pod's network-status annotation.
package enum NetworkStatusReader {
    /// One entry a network, in the order of the annotation. A single object, as some plugins wrote, is a list of one.
    ///
    /// - Throws: `DialectError` when the text is not JSON, or an entry has no name.
    /// - Source: network-attachment-definition-client `types.go`; `fixtures/cluster/kubernetes-1.36/network-status.json`.
    package static func read(_ annotation: String) throws(DialectError) -> [NetworkStatus] {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: annotation)
        } catch {
            throw .malformed(line: error.line, column: error.column, expected: error.expected)
        }
        return try read(value)
    }

    /// The same from the value; `null` is a list of none.
    package static func read(_ value: JSONValue) throws(DialectError) -> [NetworkStatus] {
        var entries: [NetworkStatus] = []
        for element in value.listed { entries.append(try entry(element)) }
        return entries
    }

    private static func entry(_ value: JSONValue) throws(DialectError) -> NetworkStatus {
        guard let name = value["name"]?.text else {
            throw .incomplete(expected: "a network-status entry with a name", saw: value.compactText)
        }
        let device = value["device-info"]
        let pci = (device?["pci"] ?? device?["vdpa"])?["pci-address"]?.text
        return NetworkStatus(
            name: name, interface: value["interface"]?.text.map { InterfaceName($0) },
            ips: value["ips"]?.elements?.compactMap { $0.text.flatMap(address) } ?? [],
            mac: value["mac"]?.text.flatMap { MACAddress($0) }, mtuBytes: value["mtu"]?.int, isDefault: value["default"]?.bool,
            pciAddress: pci.flatMap { PCIAddress($0) }, raw: value)
    }

    /// Without prefix length as a rule; one that is there is dropped.
    private static func address(_ text: String) -> IPAddress? { IPAddress(text) ?? IPPrefix(text)?.address }
}
