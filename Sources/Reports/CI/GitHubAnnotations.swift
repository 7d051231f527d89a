package import Verdicts

/// A run's failures as GitHub workflow commands, one a line, which the runner shows at the scenario's lines.
package enum GitHubAnnotations {
    /// GitHub shows ten errors and ten warnings of a step and drops the rest.
    private static let most = 10

    /// - Returns: `::error …` for what failed, `::warning …` for what could not be looked at; the tenth of each says how many
    ///   more there are. Empty for a run that passed.
    package static func lines(_ record: RunRecord) -> [String] {
        var errors = record.findings.filter { $0.verdict == .fail }.map { annotation("error", $0, record) }
        if let reason = record.stopReason {
            errors.insert(command("error", record.scenarioFile, nil, nil, "stopped", reason), at: 0)
        }
        let warnings = record.findings.filter { $0.verdict == .inconclusive }.map { annotation("warning", $0, record) }
        let left = record.leftovers.map { object in
            let text = "\(object) could not be verified gone; plumbline cleanup --run \(record.id)"
            return command("error", record.scenarioFile, nil, nil, "leftover", text)
        }
        return limited(errors + left, "error", record) + limited(warnings, "warning", record)
    }

    private static func limited(_ lines: [String], _ level: String, _ record: RunRecord) -> [String] {
        guard lines.count > most else { return lines }
        let text = "\(lines.count - most + 1) more; the job's summary and junit.xml have all"
        return lines.prefix(most - 1) + [command(level, record.scenarioFile, nil, nil, "and more", text)]
    }

    private static func annotation(_ level: String, _ finding: Finding, _ record: RunRecord) -> String {
        let parts = (finding.location ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let title = finding.key.description
        guard parts.count >= 3, let line = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1]) else {
            return command(level, record.scenarioFile, nil, nil, title, finding.sentence)
        }
        return command(level, parts.dropLast(2).joined(separator: ":"), line, column, title, finding.sentence)
    }

    private static func command(
        _ level: String, _ file: String, _ line: Int?, _ column: Int?, _ title: String, _ text: String
    ) -> String {
        var properties = ["file=\(escaped(file, isProperty: true))"]
        if let line { properties.append("line=\(line)") }
        if let column { properties.append("col=\(column)") }
        properties.append("title=\(escaped(title, isProperty: true))")
        return "::\(level) \(properties.joined(separator: ","))::\(escaped(text, isProperty: false))"
    }

    /// - Source: the escapes of the runner's workflow commands: `%`, CR and LF everywhere, `:` and `,` in properties.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var result = ""
        for scalar in PlainText.block(text).unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
