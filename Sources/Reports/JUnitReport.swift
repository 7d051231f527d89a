internal import Facts
package import Verdicts

/// JUnit XML in the shape that every reader takes: one suite a scenario, never nested, only the attributes that the strictest
/// schema allows, text and no CDATA. The file has a failure or an error exactly where the exit code is not 0, so that a CI
/// job and its test report never disagree.
///
/// - Source: the schema `junit-10.xsd` of the Jenkins xUnit plugin, which refuses a whole file for one attribute too many;
///   the readers of Jenkins, GitLab, Azure DevOps, CircleCI and Buildkite take no less.
package struct JUnitReport: Sendable {
    private let record: RunRecord
    private let hostname: String
    private let folder: String?

    /// - Parameters:
    ///   - hostname: the machine that the run was made from.
    ///   - folder: the run's folder as seen from the CI workspace, for the `[[ATTACHMENT|…]]` lines; nil leaves them out.
    package init(_ record: RunRecord, hostname: String, folder: String?) {
        self.record = record
        self.hostname = hostname
        self.folder = folder
    }

    /// The whole file.
    package var text: String {
        let cases = JUnitCase.all(of: record, folder: folder)
        var writer = MarkupWriter(prologue: #"<?xml version="1.0" encoding="UTF-8"?>"#)
        writer.element("testsuites") { writer in
            writer.element("testsuite", attributes(cases)) { writer in
                writeProperties(&writer)
                for testCase in cases { write(testCase, &writer) }
                writer.leaf("system-out", [], chains)
                writer.leaf("system-err", [], record.stopReason ?? "")
            }
        }
        return writer.text
    }

    private func attributes(_ cases: [JUnitCase]) -> [(StaticString, String)] {
        func count(_ element: String) -> String { String(cases.count { $0.outcome.element == element }) }
        return [
            ("name", record.scenario), ("package", "plumbline"), ("id", "0"), ("hostname", hostname),
            ("timestamp", record.started.seconds), ("tests", String(cases.count)), ("failures", count("failure")),
            ("errors", count("error")), ("skipped", count("skipped")),
            ("time", record.ended.since(record.started).secondsText), ("file", record.scenarioFile),
        ]
    }

    private func writeProperties(_ writer: inout MarkupWriter) {
        let status = record.exitStatus
        var properties = [
            ("run", record.id), ("plumbline", record.toolVersion), ("cluster", record.cluster ?? "none"),
            ("simulated", record.lab == .simulated ? "true" : "false"), ("emulated", record.lab == .emulated ? "true" : "false"),
            ("exit", String(status.rawValue)), ("verdict", status.word),
        ]
        properties += record.headerNotes.map { ("note", $0) }
        writer.element("properties") { writer in
            for (name, value) in properties { writer.empty("property", [("name", name), ("value", value)]) }
        }
    }

    private func write(_ testCase: JUnitCase, _ writer: inout MarkupWriter) {
        let attributes: [(StaticString, String)] = [
            ("name", testCase.name), ("classname", testCase.className), ("time", testCase.duration.secondsText),
        ]
        writer.element("testcase", attributes) { writer in
            switch testCase.outcome {
            case .passed: break
            case .failure(let message, let type, let body):
                writer.leaf("failure", [("message", message), ("type", type)], body)
            case .error(let message, let type, let body):
                writer.leaf("error", [("message", message), ("type", type)], body)
            case .skipped(let message, let body):
                writer.leaf("skipped", [("message", message)], body)
            }
            if !testCase.output.isEmpty { writer.leaf("system-out", [], testCase.output.joined(separator: "\n") + "\n") }
        }
    }

    private var chains: String {
        record.chains.map { chain in
            let links = chain.links.map { "  \($0.verdict.word)  \($0.witness)  \(PlainText.line($0.text))\n" }
            return "\(chain.pod)\n" + links.joined()
        }.joined()
    }
}
