import Foundation
import Testing

/// A piece of the seed's own outputs, as pasted there.
enum SeedOutput {
    static func text(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("fixtures/sites/seed-outputs/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
    }
}
