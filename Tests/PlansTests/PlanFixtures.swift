import Checks
import Facts
import Foundation
import Scenarios

@testable import Plans

/// Plans of the repository's own scenarios, and of such with a change.
enum PlanFixtures {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws(UnreadableFile) -> String {
        do {
            return try String(contentsOf: root.appending(path: path), encoding: .utf8)
        } catch {
            throw UnreadableFile(reason: "\(error)")
        }
    }

    /// - Parameter change: of the scenario's text.
    static func scenario(_ path: String = "scenarios/vlan-201.yaml", _ change: (String) -> String = { $0 }) throws -> Scenario {
        try Scenario.load(file: path, text: change(try text(path)), options: ScenarioOptions()) { path throws(UnreadableFile) in
            try text(path)
        }.get().scenario
    }
}
