import Facts
import Foundation
import Testing

@testable import Dialects

/// The recorded outputs in `fixtures/switches/PLATFORM/TABLE/NAME.{txt,xml,json}`, each with its rows beside it in
/// `NAME.jsonl`: one object a row, members that are null or empty left out.
struct SwitchFixture: Sendable, CustomTestStringConvertible {
    let platform: String
    let table: String
    let name: String
    let file: URL

    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "fixtures/switches")

    /// Every recording that has expected rows, sorted by path.
    static let all: [SwitchFixture] = {
        let paths = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let files = (paths?.allObjects ?? []).compactMap { $0 as? URL }
        return files.filter { ["txt", "xml", "json"].contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
            .map { file in
                let table = file.deletingLastPathComponent()
                return SwitchFixture(
                    platform: table.deletingLastPathComponent().lastPathComponent, table: table.lastPathComponent,
                    name: file.deletingPathExtension().lastPathComponent, file: file)
            }
    }()

    static let platforms = Set(all.map(\.platform))

    static func named(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    var testDescription: String { "\(platform)/\(table)/\(file.lastPathComponent)" }
    var isText: Bool { file.pathExtension == "txt" }
    var text: String { get throws { try String(contentsOf: file, encoding: .utf8) } }
    var entry: DialectEntry? { DialectCatalogue.entry(named: "\(platform)/\(table)") }

    /// The rows that a person read out of the recording; nil when the file is missing.
    var expectedRows: [JSONValue]? {
        get throws {
            let beside = file.deletingPathExtension().appendingPathExtension("jsonl")
            guard FileManager.default.fileExists(atPath: beside.path) else { return nil }
            return try String(contentsOf: beside, encoding: .utf8).split(separator: "\n").map { line in
                try JSONValue(parsing: line).withoutNothing
            }
        }
    }
}

extension JSONValue {
    /// Without members that are null or an empty list, at any depth, so that fixtures need not write them.
    var withoutNothing: JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.map { Member($0.key, $0.value.withoutNothing) }.filter { $0.value != .null && $0.value != .array([]) })
        case .array(let elements): .array(elements.map(\.withoutNothing))
        default: self
        }
    }
}
