import Foundation
import Testing

/// Golden files: `fixtures/reports/<case>.<exit>.<format>`. RECORD_GOLDENS=1 rewrites them and fails the run, so that a
/// recording is never taken for a passed test.
enum Golden {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func expect(
        _ text: String, name: String, exit: Int32, format: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let url = root.appending(path: "fixtures/reports/\(name).\(exit).\(format)")
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: true, encoding: .utf8)
            Issue.record("recorded \(url.lastPathComponent): look at it", sourceLocation: sourceLocation)
            return
        }
        let golden = try String(contentsOf: url, encoding: .utf8)
        let written = text.split(separator: "\n", omittingEmptySubsequences: false)
        let kept = golden.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(written, kept).enumerated().first { $1.0 != $1.1 }?.offset ?? min(written.count, kept.count)
        #expect(
            text == golden,
            """
            \(url.lastPathComponent) differs at line \(line + 1):
            written: \(line < written.count ? written[line] : "nothing")
            golden:  \(line < kept.count ? kept[line] : "nothing")
            """, sourceLocation: sourceLocation)
    }
}
