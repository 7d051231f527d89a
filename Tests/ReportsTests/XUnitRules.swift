/// The rules by which the Jenkins xUnit plugin accepts or refuses a JUnit file, written from its schema `junit-10.xsd`, and
/// this project's own narrower ones (reference: one suite, counts that add up, one outcome a case, attachments last).
enum XUnitRules {
    private static let attributes: [String: Set<String>] = [
        "testsuites": ["name", "time", "tests", "failures", "errors"],
        "testsuite": [
            "name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file",
            "log", "url",
        ],
        "properties": [], "property": ["name", "value"], "testcase": ["name", "time", "classname", "group"],
        "failure": ["type", "message"], "error": ["type", "message"], "skipped": ["type", "message"], "system-out": [],
        "system-err": [],
    ]
    private static let required: [String: Set<String>] = [
        "testsuite": ["name", "tests", "failures", "errors"], "testcase": ["name"], "property": ["name", "value"],
    ]
    private static let children: [String: Set<String>] = [
        "testsuites": ["testsuite"], "testsuite": ["testsuite", "properties", "testcase", "system-out", "system-err"],
        "properties": ["property"], "testcase": ["skipped", "error", "failure", "system-out", "system-err"],
    ]

    /// Every breach as a sentence; empty for a file that the plugin takes.
    static func breaches(_ root: XMLElementNode) -> [String] {
        guard root.name == "testsuites" || root.name == "testsuite" else { return ["the root is \(root.name)"] }
        return breaches(of: root)
    }

    private static func breaches(of node: XMLElementNode) -> [String] {
        var found: [String] = []
        for name in node.attributes.keys where attributes[node.name]?.contains(name) != true {
            found.append("\(node.name) has the attribute \(name)")
        }
        for name in required[node.name] ?? [] where node.attributes[name] == nil { found.append("\(node.name) has no \(name)") }
        if node.name.hasPrefix("testsuite"), let time = node.attributes["time"], !isTime(time) {
            found.append("\(node.name) has the time \(time)")
        }
        let mayHoldText = ["failure", "error", "skipped", "system-out", "system-err"].contains(node.name)
        if !mayHoldText, node.text.contains(where: { !$0.isWhitespace }) { found.append("\(node.name) holds text") }
        for child in node.children {
            if children[node.name]?.contains(child.name) != true { found.append("\(node.name) holds a \(child.name)") }
            found += breaches(of: child)
        }
        return found
    }

    /// `(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?` takes any number of digits before one dot, and digits after it.
    private static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }
}
