import Foundation
import Labs

/// The seed's own outputs, as pasted there, and its site.
enum SeedOutput {
    /// A file below `fixtures/`.
    static func fixture(_ path: String) throws -> String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.deletingLastPathComponent().appendingPathComponent("fixtures/\(path)")
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// The answers in a paste, without the lines that were typed.
    ///
    /// - Parameter typed: what a line that was typed has in it.
    static func answers(_ path: String, to typed: String) throws -> [String] {
        var answers: [[Substring]] = []
        for line in try fixture(path).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.contains(typed) { answers.append([]) } else if !answers.isEmpty { answers[answers.count - 1].append(line) }
        }
        return answers.map { lines in
            var lines = lines
            while lines.last?.isEmpty == true { lines.removeLast() }
            return lines.joined(separator: "\n") + "\n"
        }
    }

    static func answer(_ path: String, to typed: String, _ number: Int = 1) throws -> String {
        let answers = try answers(path, to: typed)
        return answers.indices.contains(number - 1) ? answers[number - 1] : ""
    }

    /// A site of `fixtures/sites`.
    static func site(_ name: String = "seed") throws -> Site {
        try Site(reading: fixture("sites/\(name).yaml"), file: "\(name).yaml", name: name) { base in
            (try? fixture("sites/\(base)")).map { (base, $0) }
        }
    }
}
