internal import Facts
internal import Foundation
internal import Subprocess

/// One run of the true programs: `plumbline-lab exec SITE [--fault …] -- plumbline …`, with reports in a folder of its own.
struct LabRun {
    let exit: Int32
    let output: String
    let story: String
    /// `run.json`; null when there is none.
    let record: JSONValue

    struct Finding {
        let check: String
        let subject: String
        let verdict: String
        let code: String
        let sentence: String
        let blockedBy: [String]
        var key: String { "\(check) \(subject)" }
    }

    /// The folder of the built programs: where the test bundle is.
    static let programs = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().path

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// - Parameters:
    ///   - command: what follows `plumbline`; a scenario's path is relative to the repository.
    ///   - faults: `NAME@PLACE`.
    static func run(
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
    static func script(
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
    static func alone(_ command: [String]) async throws -> LabRun {
        let result = try await Subprocess.run(
            .name("timeout"), arguments: .init(["60", "env", "--chdir=\(root)", programs + "/plumbline"] + command),
            output: .string(limit: 8 << 20), error: .string(limit: 8 << 20))
        let status: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
        return LabRun(exit: status, output: result.standardOutput, story: result.standardError, record: .null)
    }

    private static func inFolder(
        _ command: (String) -> [String], site: () -> String, faults: () -> [String], lab: () -> [String], limit: () -> Int
    ) async throws -> LabRun {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-run-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
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
    static func record(below folder: URL) throws -> JSONValue {
        for run in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().reversed() {
            let file = folder.appending(path: run).appending(path: "run.json")
            if let data = FileManager.default.contents(atPath: file.path) { return try JSONValue(parsing: Array(data)) }
        }
        return .null
    }

    var findings: [Finding] {
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
    func notes(_ code: String) -> [String] {
        (record["notes"]?.elements ?? []).filter { $0["code"]?.text == code }.compactMap { $0["sentence"]?.text }
    }

    /// Findings of this verdict as `check subject`, in the order of the chain.
    func verdicts(_ verdict: String) -> [String] { findings.filter { $0.verdict == verdict }.map(\.key) }

    /// The identity rows: node, VF, MAC, address, port.
    var identities: [[String]] {
        (record["chains"]?.elements ?? []).map { chain in
            [
                chain["node"]?.text ?? "-", chain["vf"]?.int.map(String.init) ?? "-", chain["mac"]?.text ?? "-",
                chain["address"]?.text ?? "-", chain["port"]?.text ?? "-",
            ]
        }
    }

    /// Everything that tells what went on, for a failed expectation.
    var account: String {
        let wrong = findings.filter { $0.verdict != "pass" }.map { "\($0.verdict) \($0.key) [\($0.code)]: \($0.sentence)" }
        return "exit \(exit)\n" + wrong.joined(separator: "\n") + "\n" + story.suffix(3000)
    }
}

extension Sequence where Element: Sendable {
    /// Applies `work` to all elements, a few at a time: each run of the lab takes a core for a moment.
    func inParallel<Output: Sendable>(_ width: Int = 4, _ work: @escaping @Sendable (Element) async throws -> Output) async throws
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
