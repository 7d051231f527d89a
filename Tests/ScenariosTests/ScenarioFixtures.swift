import Checks
import Documents
import Foundation
import Scenarios
import Testing
import Verdicts

/// The ids of all checks there are.
let testChecks = CheckCatalogue.ids.map(\.text)

/// The repository's own scenarios.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The texts that tests read over and over.
    private static let kept: [String: String] = {
        let folders = ["scenarios", "scenarios/manifests", "fixtures/schemas"]
        let paths = folders.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []).map {
                "\(folder)/\($0)"
            }
        }
        return Dictionary(
            paths.compactMap { path in (try? String(contentsOf: root.appending(path: path), encoding: .utf8)).map { (path, $0) } }
        ) { first, _ in first }
    }()

    static func text(_ path: String) throws(UnreadableFile) -> String {
        if let text = kept[path] { return text }
        do {
            return try String(contentsOf: root.appending(path: path), encoding: .utf8)
        } catch {
            throw UnreadableFile(reason: "\(error)")
        }
    }

    static func load(_ path: String, options: ScenarioOptions = .init(knownChecks: testChecks)) throws -> LoadedScenario {
        try Scenario.load(file: path, text: text(path), options: options) { path throws(UnreadableFile) in try text(path) }.get()
    }
}

/// Scenarios in the tests' own words.
enum Draft {
    static let minimal = """
        apiVersion: plumbline.dev/v1alpha1
        kind: Scenario
        metadata: {name: small}
        spec:
          devices:
          - {name: leaf1, platform: eos}
          nodes:
          - {name: n1, pf: ens1f0, vfs: 2, uplink: {device: leaf1, port: Ethernet5}}
          - {name: n2, pf: ens1f0, uplink: {device: leaf1, port: Ethernet6}}
          networks:
          - name: blue
            resource: intel.com/vfs
            vlan: 10
            subnet: 10.1.0.0/24
            gateway: {address: 10.1.0.1, device: leaf1, interface: Vlan10}
          pods:
          - {name: a, node: n1, attach: [{network: blue, address: 10.1.0.2}]}
          - {name: b, node: n2, attach: [{network: blue, address: 10.1.0.3}]}

        """

    static func load(
        _ text: String, files: [String: String] = [:], options: ScenarioOptions = .init(knownChecks: testChecks)
    ) -> Result<LoadedScenario, ProblemList> {
        Scenario.load(file: "s.yaml", text: text, options: options) { path throws(UnreadableFile) in
            guard let text = files[path] else { throw UnreadableFile(reason: "no such file") }
            return text
        }
    }

    /// The problems of a text; empty when it is in order.
    static func problems(
        _ text: String, files: [String: String] = [:], options: ScenarioOptions = .init(knownChecks: testChecks)
    ) -> [Problem] {
        guard case .failure(let list) = load(text, files: files, options: options) else { return [] }
        return list.problems
    }

    /// The minimal scenario with some of its text replaced; fails the test when that text is not in it.
    static func changed(_ changes: (String, String)...) -> String {
        changes.reduce(minimal) { text, change in
            #expect(text.contains(change.0), "nothing to change: \(change.0)")
            return text.replacingOccurrences(of: change.0, with: change.1)
        }
    }
}
