internal import Facts

/// `kubernetes/nad`: a network attachment definition as the API gives it or as a manifest, or the CNI configuration alone.
package enum NADTable {
    /// One object a definition; keys whose value the source does not state are null.
    package static func read(_ text: String) throws(DialectError) -> ParsedTable {
        let lines = TextLines(text)
        var draft = TableDraft<JSONValue>(expected: "a network attachment definition or a CNI configuration")
        let manifest = try ManifestText(lines)
        draft.unread = manifest.unread
        for part in manifest.parts {
            let elements = part.value["items"]?.elements ?? [part.value]
            for element in elements { try take(element, part, &draft) }
        }
        let reading = try draft.finish(lines, form: "json")
        return ParsedTable(rows: reading.rows, unread: reading.unread, statedEmpty: reading.statedEmpty, form: reading.form)
    }

    private static func take(
        _ value: JSONValue, _ part: ManifestText.Part, _ draft: inout TableDraft<JSONValue>
    ) throws(DialectError) {
        if value["spec"] != nil || value["kind"] != nil {
            let definition = try NADReader.read(value)
            if let problem = definition.configurationProblem {
                draft.unread.append(UnreadLine(number: part.line, text: "\(definition.name): \(problem)"))
                return
            }
            draft.rows.append(row(definition))
            return
        }
        guard value["type"] != nil || value["plugins"] != nil || value["cniVersion"] != nil else { return }
        if let problem = CNIConfigurationProblem.first(in: value) {
            draft.unread.append(UnreadLine(number: part.line, text: problem))
            return
        }
        let resource = part.keys["k8s.v1.cni.cncf.io/resourceName"]
        var definition = NetworkAttachmentDefinition(
            namespace: part.keys["namespace"] ?? "", name: part.keys["name"] ?? value["name"]?.text ?? "")
        definition.resource = resource.map { ResourceName($0) }
        definition.configuration = try NADReader.configuration(value)
        draft.rows.append(row(definition))
    }

    private static func row(_ definition: NetworkAttachmentDefinition) -> JSONValue {
        let whole = definition.configuration?.raw ?? .null
        let plugins = whole["plugins"]?.elements
        let plugin = plugins?.first { $0["type"]?.text == "sriov" } ?? plugins?.first ?? whole
        let keys = [
            "type", "vlan", "vlanQoS", "vlanProto", "mac", "spoofchk", "trust", "link_state", "min_tx_rate", "max_tx_rate",
            "ipam",
            "capabilities", "deviceID", "logLevel", "logFile",
        ]
        var members: [JSONValue.Member] = [
            .init("namespace", definition.namespace.isEmpty ? .null : .string(definition.namespace)),
            .init("name", .string(definition.name)), .init("resourceName", .text(definition.resource)),
            .init("cniVersion", .text(definition.configuration?.cniVersion)),
        ]
        members += keys.map { .init($0, plugin[$0] ?? .null) }
        if let plugins { members.append(.init("plugins", .array(plugins))) }
        return .object(members)
    }
}
