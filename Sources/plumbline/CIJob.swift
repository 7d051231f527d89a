internal import Foundation
internal import Reports
internal import Verdicts

/// What a CI job is told beside its log, where it says that it can be told: on GitHub, annotations at the scenario's lines and
/// the job's summary page.
enum CIJob {
    static func tell(_ record: RunRecord) {
        let environment = ProcessInfo.processInfo.environment
        if environment["GITHUB_ACTIONS"] == "true" {
            for line in GitHubAnnotations.lines(record) { Console.err(line + "\n") }
        }
        guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
        // Appended: other steps of the job, and other scenarios of this command, have theirs in the same file.
        guard let handle = FileHandle(forWritingAtPath: path) else {
            return Console.err("\(path): the job's summary could not be opened; GITHUB_STEP_SUMMARY names it\n")
        }
        do {
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(MarkdownReport(record).text.utf8))
            try handle.close()
        } catch {
            Console.err("\(path): the job's summary could not be written: \(error)\n")
        }
    }
}
