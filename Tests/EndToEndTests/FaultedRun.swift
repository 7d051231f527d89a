internal import LabRuns
internal import Facts
internal import Foundation
internal import Labs
internal import Subprocess

/// One whole run of the executable against a site that is up in this process, with one fault at one of its requests to the API.
struct FaultedRun: Sendable {
    /// One request of a run: the n-th of its verb and resource, from 1.
    struct Point: Hashable, Sendable, CustomStringConvertible {
        let number: Int
        let verb: String
        let resource: String
        var description: String { "\(verb) \(resource) \(number)" }
    }

    let exit: Int32
    let record: JSONValue
    let output: String
    let story: String
    /// Objects with the run's label that it left in the cluster.
    let left: [String]
    /// The same after `plumbline cleanup`, once the fault was gone; and how that ended.
    let leftAfterCleanUp: [String]
    let cleanUpExit: Int32
    /// Whether the run came to the request at which the fault was.
    let wasMet: Bool
    let requests: [APIFaults.Request]
    let took: Duration

    /// Everything that the run said, wherever it said it.
    var said: String { output + story + record.compactText }

    /// What a check said of its subjects.
    func sentences(_ check: String, verdict: String? = nil) -> [String] {
        (record["findings"]?.elements ?? []).filter {
            $0["check"]?.text == check && (verdict ?? $0["verdict"]?.text) == $0["verdict"]?.text
        }.compactMap { $0["sentence"]?.text }
    }

    var account: String {
        let findings = (record["findings"]?.elements ?? []).filter { $0["verdict"]?.text != "pass" }.map {
            "\($0["verdict"]?.text ?? "") \($0["check"]?.text ?? ""): \($0["sentence"]?.text ?? "")"
        }
        return "exit \(exit), \(took), left \(left)\n" + findings.prefix(6).joined(separator: "\n") + "\n" + story.suffix(1500)
    }

    /// The seed's scenario with shorter waits: what is tried is the same, and a fault that cannot be survived is given up sooner.
    private static func scenario(in folder: URL, edits: [(old: String, new: String)]) throws -> String {
        var text = try String(contentsOfFile: LabRun.root + "/scenarios/vlan-201.yaml", encoding: .utf8)
        for (old, new) in [
            (
                "{scenario: 10m, podReady: 2m, cleanup: 1m}",
                "{scenario: 2m, podReady: 20s, command: 6s, connect: 6s, cleanup: 15s}"
            ),
            ("{count: 3, maxLossPercent: 0}", "{count: 1, maxLossPercent: 0}"),
            ("{timeout: 30s, every: 2s}", "{timeout: 8s, every: 1s}"),
        ] + edits { text = text.replacingOccurrences(of: old, with: new) }
        let path = folder.appending(path: "scenario.yaml").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Runs once. The site's faults are gone and its count begins anew afterwards.
    ///
    /// - Parameter edits: what is replaced in the seed's scenario.
    static func run(_ lab: Lab, faults: [APIFaults.Fault] = [], edits: [(old: String, new: String)] = []) async throws
        -> FaultedRun
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-run-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let scenario = try scenario(in: folder, edits: edits)
        await lab.api.faults.plant(faults)
        let start = ContinuousClock.now
        let (exit, output, story) = try await plumbline(["run-scenario", scenario, "--reports", folder.path], lab)
        let took = ContinuousClock.now - start
        let requests = await lab.api.faults.requests
        await lab.api.faults.plant([])
        let left = try await objects(lab)
        let cleaned = try await plumbline(["cleanup", "--reports", folder.path], lab)
        return FaultedRun(
            exit: exit, record: try LabRun.record(below: folder), output: output, story: story, left: left,
            leftAfterCleanUp: try await objects(lab), cleanUpExit: cleaned.exit, wasMet: requests.contains { $0.fault != nil },
            requests: requests, took: took)
    }

    private static func plumbline(_ arguments: [String], _ lab: Lab) async throws -> (exit: Int32, output: String, story: String)
    {
        let result = try await Subprocess.run(
            .name("timeout"), arguments: .init(["--kill-after=5", "120", LabRun.programs + "/plumbline"] + arguments),
            environment: .inherit.updating(["KUBECONFIG": lab.kubeconfig, "PLUMBLINE_SSH_CONFIG": lab.sshConfiguration]),
            output: .string(limit: 8 << 20), error: .string(limit: 8 << 20))
        let status: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
        return (status, result.standardOutput, result.standardError)
    }

    /// What bears a run's label, as `pods default/name`.
    private static func objects(_ lab: Lab) async throws -> [String] {
        var found: [String] = []
        for kind in [ResourceKind.pods, .leases, .networkAttachmentDefinitions] {
            for object in try await lab.api.store.list(kind).items
            where object["metadata"]?["labels"]?["plumbline.dev/run"] != nil {
                found.append("\(kind.plural) \(object["metadata"]?["name"]?.text ?? "")")
            }
        }
        return found
    }
}
