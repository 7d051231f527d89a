package import Facts

/// One network that a pod asks for: an element of its annotation `k8s.v1.cni.cncf.io/networks`.
package struct NetworkSelection: Hashable, Sendable {
    package var name: String
    /// Nil where not written: the pod's own namespace.
    package var namespace: String?
    /// Nil where not written: `net1`, `net2`, … by position.
    package var interface: InterfaceName?
    /// As written: with or without a prefix length.
    package var ips: [String]
    package var mac: MACAddress?
    /// The element as it stands; null for the comma form.
    package var raw: JSONValue

    package init(
        name: String, namespace: String? = nil, interface: InterfaceName? = nil, ips: [String] = [], mac: MACAddress? = nil,
        raw: JSONValue = .null
    ) {
        self.name = name
        self.namespace = namespace
        self.interface = interface
        self.ips = ips
        self.mac = mac
        self.raw = raw
    }
}

/// The text of a pod's networks annotation, in both its forms.
package enum NetworksAnnotation {
    /// - Returns: the networks in order; empty for an empty annotation.
    /// - Throws: `DialectError` when a JSON text breaks off, an element has no name, or `ips` is no list (Multus then sets up
    ///   no second interface).
    /// - Source: Multus `pkg/k8sclient` and network-attachment-definition-client `types.go`: a text with any of `[ { "` is
    ///   JSON, else a comma list of `[NAMESPACE/]NAME[@INTERFACE]`.
    package static func read(_ annotation: String) throws(DialectError) -> [NetworkSelection] {
        if annotation.contains(where: { "[{\"".contains($0) }) {
            let value: JSONValue
            do {
                value = try JSONValue(parsing: annotation)
            } catch {
                throw .malformed(line: error.line, column: error.column, expected: error.expected)
            }
            var selections: [NetworkSelection] = []
            for element in value.listed { selections.append(try selection(element)) }
            return selections
        }
        var selections: [NetworkSelection] = []
        for part in annotation.split(separator: ",") {
            let text = part.filter { !$0.isWhitespace }
            if !text.isEmpty { selections.append(try selection(text)) }
        }
        return selections
    }

    private static func selection(_ value: JSONValue) throws(DialectError) -> NetworkSelection {
        guard let name = value["name"]?.text, !name.isEmpty else {
            throw .incomplete(expected: "a network with a name", saw: value.compactText)
        }
        guard value["ips"] == nil || value["ips"]?.elements != nil else {
            throw .incomplete(expected: "'ips' of network \(name) as a list", saw: value["ips"]?.compactText ?? "")
        }
        return NetworkSelection(
            name: name, namespace: value["namespace"]?.text,
            interface: (value["interface"] ?? value["interfaceRequest"])?.text.map { InterfaceName($0) },
            ips: value["ips"]?.elements?.compactMap(\.text) ?? [], mac: value["mac"]?.text.flatMap { MACAddress($0) },
            raw: value)
    }

    private static func selection(_ text: String) throws(DialectError) -> NetworkSelection {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        let names = sides[0].split(separator: "/", omittingEmptySubsequences: false)
        guard sides.count <= 2, names.count <= 2, let name = names.last, !name.isEmpty else {
            throw .incomplete(expected: "a network as [NAMESPACE/]NAME[@INTERFACE]", saw: text)
        }
        return NetworkSelection(
            name: String(name), namespace: names.count == 2 ? String(names[0]) : nil,
            interface: sides.count == 2 ? InterfaceName(sides[1]) : nil)
    }
}
