internal import Verdicts

extension HTMLReport {
    /// Subjects down, checks across, one table for each kind of subject; a cell is glyph, word and how long it took.
    func writeMatrices(_ writer: inout MarkupWriter) {
        section("Every check on every subject", id: "matrix", isShown: !record.findings.isEmpty, &writer) { writer in
            for kind in ["cluster", "node", "network", "pod", "device"] {
                let matrix = Matrix(record.findings.filter { $0.key.subject.kind == kind })
                if !matrix.subjects.isEmpty { writeMatrix(matrix, kind: kind, &writer) }
            }
        }
    }

    private func writeMatrix(_ matrix: Matrix, kind: String, _ writer: inout MarkupWriter) {
        let isLarge = matrix.subjects.count * matrix.checks.count > Self.largestMatrix
        let shown = isLarge ? Array(matrix.subjects.filter(matrix.isNotWhole).prefix(500)) : matrix.subjects
        writer.element("div", [("class", "wide")]) { writer in
            writer.element("table", [("class", "matrix")]) { writer in
                writer.element("tr") { writer in
                    writer.leaf("th", [], kind)
                    for check in matrix.checks { writer.leaf("th", [("scope", "col")], check.text) }
                }
                for subject in shown {
                    writer.element("tr") { writer in
                        writer.leaf("th", [("scope", "row")], subject.description)
                        for check in matrix.checks { writeCell(matrix.finding(check, subject), &writer) }
                    }
                }
            }
        }
        let left = matrix.subjects.count - shown.count
        if left > 0 { writer.leaf("p", [], "\(left) further subjects are not shown; run.json has every one.") }
    }

    private func writeCell(_ finding: Finding?, _ writer: inout MarkupWriter) {
        guard let finding else { return writer.leaf("td", [], "") }
        let text = "\(finding.verdict.glyph(unicode: true)) \(finding.verdict.word)"
        writer.element(
            "td", [("class", finding.verdict.rawValue), ("title", String(PlainText.line(finding.sentence).prefix(200)))]
        ) { writer in
            if hasCard(finding), let position = positions[finding.key] {
                writer.leaf("a", [("href", "#f\(position)")], text)
            } else {
                writer.leaf("span", [], text)
            }
            if finding.duration > .zero { writer.leaf("small", [], finding.duration.shortText) }
        }
    }
}

/// The findings of one kind of subject, by check and subject in the order in which they first occur.
private struct Matrix {
    private(set) var checks: [CheckID] = []
    private(set) var subjects: [Subject] = []
    private var cells: [Finding.Key: Finding] = [:]
    private var notWhole: Set<Subject> = []

    init(_ findings: [Finding]) {
        var seenChecks: Set<CheckID> = []
        var seenSubjects: Set<Subject> = []
        for finding in findings {
            if seenChecks.insert(finding.key.check).inserted { checks.append(finding.key.check) }
            if seenSubjects.insert(finding.key.subject).inserted { subjects.append(finding.key.subject) }
            if finding.verdict != .pass { notWhole.insert(finding.key.subject) }
            cells[finding.key] = finding
        }
    }

    func finding(_ check: CheckID, _ subject: Subject) -> Finding? { cells[.init(check: check, subject: subject)] }
    func isNotWhole(_ subject: Subject) -> Bool { notWhole.contains(subject) }
}
