package import Facts

/// `kubernetes/network-status`: the annotation's text, a pod that has it, or a paste of either.
package enum NetworkStatusTable {
    /// The entries of all annotations in the text, in its order.
    package static func read(_ text: String) throws(DialectError) -> Reading<NetworkStatus> {
        let lines = TextLines(text)
        var draft = TableDraft<NetworkStatus>(expected: "a network-status annotation or a pod that has one")
        let manifest = try ManifestText(lines)
        draft.unread = manifest.unread
        for part in manifest.parts where part.title?.hasSuffix("/networks") != true {
            for value in try annotations(part.value) {
                let entries = try NetworkStatusReader.read(value)
                draft.statedEmpty = draft.statedEmpty || entries.isEmpty
                draft.rows += entries
            }
        }
        return try draft.finish(lines, form: "json")
    }

    private static func annotations(_ value: JSONValue) throws(DialectError) -> [JSONValue] {
        guard value["kind"] != nil || value["metadata"] != nil else {
            // Other JSON in a paste has no names.
            return value.listed.allSatisfy { $0["name"] != nil } ? [value] : []
        }
        if let items = value["items"]?.elements {
            var found: [JSONValue] = []
            for item in items { found += try annotations(item) }
            return found
        }
        let pod = try PodReader.read(value)
        guard let text = pod.networkStatusAnnotation else { return [] }
        do {
            return [try JSONValue(parsing: text)]
        } catch {
            throw .malformed(line: error.line, column: error.column, expected: error.expected)
        }
    }
}
