/// A device's text that an interface for programs hands over inside XML or JSON.
///
/// - Source: eAPI with `"format": "text"` (`{"output": "…"}`); NX-API `cli_show_ascii` (`"body": "…"`) and its JSON-RPC
///   `cli_ascii` (`"msg": "…"`); NETCONF's `<output>` of `<command format="text">`; Ansible's `*_command` (`"stdout": ["…"]`).
enum CarriedText {
    private static let names: Set<String> = ["output", "body", "msg", "stdout"]

    /// All such texts of two lines or more, in their order, one behind the other; nil when there is none. A single line is
    /// a message (`Success`), or an error that the reader of the fields looks for.
    static func find(in tree: FieldTree) -> String? {
        let numbers = Set(names.compactMap { tree.number(of: $0) })
        guard !numbers.isEmpty else { return nil }
        let texts = tree.nodes.indices.filter { numbers.contains(tree.nodes[$0].name) }
            .map { Field(tree: tree, index: $0).wholeText }
            .filter { Substring($0).trimmedBlanks.utf8.contains(0x0a) }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}
