package import Facts

/// The name of a run: folder under `reports/`, and value of the label on everything that the run creates.
package enum RunID {
    /// `vlan-201-20261124T063001Z-4f2a`.
    ///
    /// - Parameters:
    ///   - scenario: its name; what a label does not take becomes `-`, and it is cut so that the whole fits into 63 characters.
    ///   - suffix: tells two runs of the same second apart.
    /// - Source: the syntax of Kubernetes label values: at most 63 of `[A-Za-z0-9._-]`, alphanumeric at both ends.
    package static func make(scenario: String, started: Timestamp, suffix: UInt16) -> String {
        let time = started.seconds.filter { $0 != "-" && $0 != ":" } + "Z"
        let hex = String(suffix, radix: 16)
        let tail = "-\(time)-" + String(repeating: "0", count: 4 - hex.count) + hex
        var name = scenario.map { character -> Character in
            character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "_")
                ? character : "-"
        }
        name = Array(name.drop { !$0.isLetter && !$0.isNumber }.prefix(63 - tail.count))
        return (name.isEmpty ? "run" : String(name)) + tail
    }
}
