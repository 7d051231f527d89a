internal import Documents

/// Which form a scenario file has, by its `apiVersion` and `kind`.
enum SchemaVersion {
    static let group = "plumbline.dev"
    static let version = "v1alpha1"
    static let current = "\(group)/\(version)"
    static let kind = "Scenario"

    /// Reports a file of another kind, or of a form that this build does not know. True when the rest can be read.
    static func check(_ root: DocumentNode, _ ledger: Ledger) -> Bool {
        guard root.members != nil else { return true }
        if let kind = root["kind"], kind.text != self.kind {
            let named = kind.text.map { "'\($0)'" } ?? kind.kind
            ledger.report(
                "kind", at: kind.mark, "a scenario has the kind 'Scenario'; \(named) was seen", suggestion: advice(kind.text))
            return false
        }
        guard let node = root["apiVersion"], let text = node.text, text != current else { return true }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0] == group, rank(parts[1]) > rank(version[...]) {
            ledger.report(
                "version", at: node.mark, "this file is written for \(parts[1]); this build knows \(version)",
                suggestion: "use a newer plumbline")
        } else {
            ledger.report(
                "version", at: node.mark, "'\(text)' is no version of the scenario's form", suggestion: "write \(current)")
        }
        return false
    }

    private static func advice(_ kind: String?) -> String? {
        switch kind {
        case "Pod", "NetworkAttachmentDefinition": "name this file as 'manifest' in a scenario"
        case let kind?: Spelling.suggestion(for: kind, among: [self.kind])
        case nil: nil
        }
    }

    /// Orders Kubernetes versions: `v1alpha1` < `v1beta2` < `v1` < `v2`; unknown words come first.
    private static func rank(_ version: Substring) -> Int {
        guard version.first == "v" else { return -1 }
        let major = version.dropFirst().prefix { $0.isNumber }
        let rest = version.dropFirst(1 + major.count)
        guard let number = Int(major), number < 1000 else { return -1 }
        for (index, stage) in ["alpha", "beta"].enumerated() where rest.hasPrefix(stage) {
            guard let step = Int(rest.dropFirst(stage.count)), step < 1000 else { return -1 }
            return (number * 3 + index) * 1000 + step
        }
        return rest.isEmpty ? (number * 3 + 2) * 1000 : -1
    }
}
