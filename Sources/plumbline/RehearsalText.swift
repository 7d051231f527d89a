internal import Facts
internal import Runs
internal import Verdicts

/// What a server said of a plan, for people to read.
struct RehearsalText {
    let report: Rehearsal.Report
    let server: String

    init(_ report: Rehearsal.Report, server: String) {
        self.report = report
        self.server = server
    }

    var text: String {
        var lines = ["", "asked of \(server), by dry run:"]
        if let rights = report.rights {
            lines.append("  rights: \(rights.sentence)")
            if rights.verdict != .pass, let next = rights.next { lines.append("    \(next)") }
        }
        for (reference, outcome) in report.objects {
            switch outcome {
            case .accepted(let changes, let warnings):
                let changed =
                    changes.isEmpty ? "as it is sent" : "with \(changes.count == 1 ? "a change" : "\(changes.count) changes")"
                lines.append("  \(reference): would be created \(changed)")
                lines += changes.map { "    changed by admission: \($0)" } + warnings.map { "    warning: \($0)" }
            case .refused(let sentence, let next):
                lines.append("  \(reference): would be refused: \(sentence)")
                if let next { lines.append("    \(next)") }
            case .unknown(let sentence, let next):
                lines.append("  \(reference): not known: \(sentence)")
                if let next { lines.append("    \(next)") }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
