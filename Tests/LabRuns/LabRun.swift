package import Facts
package import Foundation
internal import Subprocess

/// One run of the true programs: `plumbline-lab exec SITE [--fault …] -- plumbline …`, with reports in a folder of its own.
package struct LabRun: Sendable {
    package let exit: Int32
    package let output: String
    package let story: String
    /// `run.json`; null when there is none.
    package let record: JSONValue
    /// Processor time of the tool itself, in seconds; nil where it was not measured.
    package var computedSeconds: Double?

    package struct Finding: Sendable {
        package let check: String
        package let subject: String
        package let verdict: String
        package let code: String
        package let sentence: String
        package let blockedBy: [String]
        package var key: String { "\(check) \(subject)" }
    }

    /// The folder of the built programs: where the test bundle is.
    package static let programs = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        .path

    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
        .path

    /// - Parameters:
    ///   - command: what follows `plumbline`; a scenario's path is relative to the repository.
    ///   - faults: `NAME@PLACE`.
    package static func run(
        site: String = "seed", faults: [String] = [], labArguments: [String] = [], _ command: [String], seconds: Int = 150
    ) async throws -> LabRun {
        try await inFolder { folder in
            [programs + "/plumbline"] + command + ["--reports", folder]
        } site: {
            site
        } faults: {
            faults
        } lab: {
            labArguments
        } limit: {
            seconds
        }
    }

    /// Runs a shell script against the site, for what one command cannot do: two runs in a row, a wrong key, a kill.
    ///
    /// - Parameters:
    ///   - script: `plumbline` is on PATH, `$REPORTS` is the folder for reports and scratch files.
    ///   - labArguments: what follows `plumbline-lab exec SITE`.
    package static func script(
        site: String = "seed", faults: [String] = [], labArguments: [String] = [], _ script: String, seconds: Int = 150
    ) async throws -> LabRun {
        try await inFolder { folder in
            ["sh", "-c", "PATH=\(programs):$PATH REPORTS=\(folder)\n" + script]
        } site: {
            site
        } faults: {
            faults
        } lab: {
            labArguments
        } limit: {
            seconds
        }
    }

    /// Runs `plumbline` by itself, with no site.
    package static func alone(_ command: [String]) async throws -> LabRun {
        let result = try await Subprocess.run(
            .name("timeout"), arguments: .init(["60", "env", "--chdir=\(root)", programs + "/plumbline"] + command),
            output: .string(limit: 8 << 20), error: .string(limit: 8 << 20))
        let status: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
        return LabRun(exit: status, output: result.standardOutput, story: result.standardError, record: .null)
    }

    /// Runs `plumbline` against a site that is up already.
    ///
    /// - Parameter environment: the site's.
    package static func inside(_ environment: [String: String], _ command: [String], seconds: Int = 150) async throws -> LabRun {
        let folder = try scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var overrides: [Environment.Key: String?] = [:]
        for (name, value) in environment { if let key = Environment.Key(rawValue: name) { overrides[key] = value } }
        // The shell takes note of what the tool has computed.
        let times = folder.path + "/times"
        let script = "\"$@\"; status=$?; times > \(times); exit $status"
        let arguments = [
            "--kill-after=5", "\(seconds)", "env", "--chdir=\(root)", "sh", "-c", script, "sh", programs + "/plumbline",
        ]
        let result = try await Subprocess.run(
            .name("timeout"), arguments: .init(arguments + command + ["--reports", folder.path]),
            environment: .inherit.updating(overrides), output: .string(limit: 8 << 20), error: .string(limit: 8 << 20))
        let status: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
        var run = LabRun(
            exit: status, output: result.standardOutput, story: result.standardError, record: try record(below: folder))
        let words = (try? String(contentsOfFile: times, encoding: .utf8))?.split(whereSeparator: \.isWhitespace) ?? []
        // The second line is that of the children: `0m0.400s 0m0.090s`, user and system.
        if words.count == 4 { run.computedSeconds = words.suffix(2).compactMap(secondsOf).reduce(0, +) }
        return run
    }

    private static func secondsOf(_ word: Substring) -> Double? {
        let parts = word.dropLast().split(separator: "m")
        guard parts.count == 2, let minutes = Double(parts[0]), let seconds = Double(parts[1]) else { return nil }
        return minutes * 60 + seconds
    }

    private static func scratchFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-run-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func inFolder(
        _ command: (String) -> [String], site: () -> String, faults: () -> [String], lab: () -> [String], limit: () -> Int
    ) async throws -> LabRun {
        let folder = try scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let arguments = ["exec", site()] + lab() + faults().flatMap { ["--fault", $0] } + ["--"] + command(folder.path)
        let result = try await Subprocess.run(
            .name("timeout"),
            arguments: .init(
                ["--kill-after=5", "\(limit())", "env", "--chdir=\(root)", programs + "/plumbline-lab"] + arguments),
            output: .string(limit: 8 << 20), error: .string(limit: 8 << 20))
        let status: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
        return LabRun(exit: status, output: result.standardOutput, story: result.standardError, record: try record(below: folder))
    }

    /// The newest run's record.
    package static func record(below folder: URL) throws -> JSONValue {
        for run in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().reversed() {
            let file = folder.appending(path: run).appending(path: "run.json")
            if let data = FileManager.default.contents(atPath: file.path) { return try JSONValue(parsing: Array(data)) }
        }
        return .null
    }

    package var findings: [Finding] {
        (record["findings"]?.elements ?? []).map { finding in
            Finding(
                check: finding["check"]?.text ?? "", subject: finding["subject"]?["name"]?.text ?? "",
                verdict: finding["verdict"]?.text ?? "", code: finding["judgement"]?["code"]?.text ?? "",
                sentence: finding["sentence"]?.text ?? "",
                blockedBy: (finding["blockedBy"]?.elements ?? []).map {
                    "\($0["check"]?.text ?? "") \($0["subject"]?["name"]?.text ?? "")"
                })
        }
    }

    /// Sentences of the run's own notes with this code.
    package func notes(_ code: String) -> [String] {
        (record["notes"]?.elements ?? []).filter { $0["code"]?.text == code }.compactMap { $0["sentence"]?.text }
    }

    /// Findings of this verdict as `check subject`, in the order of the chain.
    package func verdicts(_ verdict: String) -> [String] { findings.filter { $0.verdict == verdict }.map(\.key) }

    /// The identity rows: node, VF, MAC, address, port.
    package var identities: [[String]] {
        (record["chains"]?.elements ?? []).map { chain in
            [
                chain["node"]?.text ?? "-", chain["vf"]?.int.map(String.init) ?? "-", chain["mac"]?.text ?? "-",
                chain["address"]?.text ?? "-", chain["port"]?.text ?? "-",
            ]
        }
    }

    /// Everything that tells what went on, for a failed expectation.
    package var account: String {
        let wrong = findings.filter { $0.verdict != "pass" }.map { "\($0.verdict) \($0.key) [\($0.code)]: \($0.sentence)" }
        return "exit \(exit)\n" + wrong.joined(separator: "\n") + "\n" + story.suffix(3000)
    }
}

extension Sequence where Element: Sendable {
    /// Applies `work` to all elements, a few at a time: each run of the lab takes a core for a moment.
    package func inParallel<Output: Sendable>(_ width: Int = 4, _ work: @escaping @Sendable (Element) async throws -> Output)
        async throws
        -> [Output]
    {
        try await withThrowingTaskGroup(of: (Int, Output).self) { group in
            var results: [(Int, Output)] = []
            for (index, element) in enumerated() {
                if index >= width, let done = try await group.next() { results.append(done) }
                group.addTask { (index, try await work(element)) }
            }
            for try await done in group { results.append(done) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
