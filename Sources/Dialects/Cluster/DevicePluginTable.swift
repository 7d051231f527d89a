internal import Facts

/// `kubernetes/device-plugin-config`: the ConfigMap as the API gives it or as a manifest, or the configuration alone.
package enum DevicePluginTable {
    /// One object a resource, `selectors` always as a list; keys that the source does not state are null.
    package static func read(_ text: String) throws(DialectError) -> ParsedTable {
        let lines = TextLines(text)
        var draft = TableDraft<JSONValue>(expected: "a device plugin configuration or its ConfigMap")
        let manifest = try ManifestText(lines)
        draft.unread = manifest.unread
        for part in manifest.parts {
            for element in part.value["items"]?.elements ?? [part.value] {
                for configuration in try configurations(element) {
                    draft.rows += configuration.raw["resourceList"]?.elements?.map(row) ?? []
                    draft.statedEmpty = draft.statedEmpty || configuration.resources.isEmpty
                }
            }
        }
        let reading = try draft.finish(lines, form: "json")
        return ParsedTable(rows: reading.rows, unread: reading.unread, statedEmpty: reading.statedEmpty, form: reading.form)
    }

    /// The operator's ConfigMap has one configuration a node.
    private static func configurations(_ value: JSONValue) throws(DialectError) -> [DevicePluginConfig] {
        if value["resourceList"] != nil { return [try DevicePluginConfigReader.read(value)] }
        guard value["kind"] != nil || value["data"] != nil else { return [] }
        var found: [DevicePluginConfig] = []
        for member in value["data"]?.members ?? [] {
            found.append(try DevicePluginConfigReader.read(configMap: value, key: member.key))
        }
        if found.isEmpty { found.append(try DevicePluginConfigReader.read(configMap: value)) }
        return found
    }

    private static func row(_ value: JSONValue) -> JSONValue {
        let keys = ["resourceName", "resourcePrefix", "deviceType", "excludeTopology", "additionalInfo"]
        var members = keys.map { JSONValue.Member($0, value[$0] ?? .null) }
        members.append(.init("selectors", value["selectors"].map { .array($0.listed) } ?? .null))
        return .object(members)
    }
}
