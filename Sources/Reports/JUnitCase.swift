internal import Facts
internal import Verdicts

/// One `testcase`: a check on a subject, or something about the run as a whole that its exit code tells.
struct JUnitCase {
    enum Outcome {
        case passed
        case failure(message: String, type: String, body: String)
        case error(message: String, type: String, body: String)
        case skipped(message: String, body: String)

        var element: String {
            switch self {
            case .passed: ""
            case .failure: "failure"
            case .error: "error"
            case .skipped: "skipped"
            }
        }
    }

    /// Stable from run to run: no MACs, run ids or times.
    var name: String
    var className: String
    var duration: Duration
    var outcome: Outcome
    /// A short transcript, then the attachment lines, one path each, the most useful first.
    var output: [String]

    /// The findings in their order, then what else decides the exit code.
    static func all(of record: RunRecord, folder: String?) -> [JUnitCase] {
        let deciding = Set(record.decidingFindings.map(\.key))
        var names: [String: Int] = [:]
        for finding in record.findings { names[finding.key.description, default: 0] += 1 }
        let found = record.findings.map { finding in
            // Two pods of one name in two namespaces would be one test to GitLab, which drops the second.
            let isAlone = names[finding.key.description] == 1
            return JUnitCase(
                finding, name: isAlone ? finding.key.description : fullName(finding.key), record: record,
                decides: deciding.contains(finding.key), folder: folder)
        }
        return found + aboutTheRun(record)
    }

    private init(_ finding: Finding, name: String, record: RunRecord, decides: Bool, folder: String?) {
        self.name = name
        className = Self.className(record, finding.key.check.text)
        duration = finding.duration
        outcome = Self.outcome(finding, decides: decides)
        output = Self.transcript(finding)
        if let folder {
            for id in finding.judgement?.evidence ?? [] {
                guard let file = record.evidence.first(where: { $0.id == id }) else { continue }
                output.append("[[ATTACHMENT|\(folder)/\(file.path)]]")
            }
        }
    }

    private init(_ name: String, record: RunRecord, outcome: Outcome) {
        self.name = name
        className = Self.className(record, "run")
        duration = .zero
        self.outcome = outcome
        output = []
    }

    /// What is not a check's: a run broken off, objects left behind, nothing selected. Absent where all is well.
    private static func aboutTheRun(_ record: RunRecord) -> [JUnitCase] {
        var cases: [JUnitCase] = []
        if record.ending != .finished {
            let reason = record.stopReason ?? record.exitStatus.meaning
            let type = "Run" + record.ending.rawValue.prefix(1).uppercased() + record.ending.rawValue.dropFirst()
            cases.append(
                .init(
                    "the run reaches its end", record: record,
                    outcome: .error(message: PlainText.line(reason), type: type, body: reason + location(record.scenarioFile))))
        }
        if !record.leftovers.isEmpty {
            let listed = record.leftovers.map(\.description).joined(separator: ", ")
            let message = "could not be verified gone: \(listed)"
            let body = "\(message)\nnext: plumbline cleanup --run \(record.id)" + location(record.scenarioFile)
            cases.append(
                .init(
                    "the objects of the run are gone", record: record,
                    outcome: .error(message: message, type: "ObjectsLeft", body: body)))
        }
        if record.exitStatus == .nothingSelected {
            let meaning = record.exitStatus.meaning
            cases.append(
                .init(
                    "at least one check is selected", record: record,
                    outcome: .error(message: meaning, type: "NothingSelected", body: meaning + location(record.scenarioFile))))
        }
        return cases
    }

    private static func outcome(_ finding: Finding, decides: Bool) -> Outcome {
        let message = PlainText.line(finding.sentence)
        let code = finding.judgement?.code ?? "NotJudged"
        switch finding.verdict {
        case .pass: return .passed
        case .fail where decides: return .failure(message: message, type: code, body: body(finding))
        case .inconclusive where decides: return .error(message: message, type: code, body: body(finding))
        case .fail, .inconclusive:
            let reason = "a prerequisite that stopped no selected check: \(message)"
            return .skipped(message: reason, body: reason)
        case .skipped: return .skipped(message: message, body: body(finding))
        }
    }

    /// The element's text, never empty, since GitLab shows it and not the message. The last line is where the expectation
    /// stands, with a blank before it and no column, as annotating actions look for it.
    private static func body(_ finding: Finding) -> String {
        var lines = [PlainText.line(finding.sentence), finding.title]
        if let expected = finding.judgement?.expected { lines.append("expected: \(PlainText.line(expected))") }
        if let seen = finding.judgement?.seen { lines.append("seen: \(PlainText.line(seen))") }
        if let next = finding.judgement?.next { lines.append("next: \(PlainText.line(next))") }
        return lines.joined(separator: "\n") + (finding.location.map(location) ?? "")
    }

    /// `\n scenarios/x.yaml:41` of `scenarios/x.yaml:41:7`.
    private static func location(_ text: String) -> String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, Int(parts[parts.count - 1]) != nil, Int(parts[parts.count - 2]) != nil else {
            return "\n \(text)"
        }
        return "\n " + parts.dropLast().joined(separator: ":")
    }

    private static func transcript(_ finding: Finding) -> [String] {
        var lines = ["\(finding.verdict.word): \(PlainText.line(finding.sentence))"]
        lines += (finding.judgement?.notes ?? []).map { "note: \(PlainText.line($0.sentence)) (\($0.code))" }
        if finding.attempts > 1 { lines.append("looked \(finding.attempts) times in \(finding.duration.shortText)") }
        return lines
    }

    /// `vlan-201.vf.vlan`: readers take the dots as packages, so the scenario's own become underscores.
    private static func className(_ record: RunRecord, _ check: String) -> String {
        String(record.scenario.map { $0 == "." ? "_" : $0 }) + "." + check
    }

    private static func fullName(_ key: Finding.Key) -> String {
        if case .pod(let reference) = key.subject { return "\(key.check) \(reference)" }
        return "\(key.check) \(key.subject.kind) \(key.subject)"
    }
}
