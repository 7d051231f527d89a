import Documents
import Facts
import Foundation
import Testing

@testable import Scenarios

/// The schema that editors get and the reader that decides are one.
struct SchemaTests {
    private static let schema = ScenarioSchema.json(knownChecks: testChecks)
    private static let goldenPath = "fixtures/schemas/scenario.schema.json"

    /// Every key of every shape below the scenario's: `node.pf`.
    private static let described: Set<String> = {
        var keys: Set<String> = []
        func walk(_ form: FormSchema) {
            switch form {
            case .record(let shape):
                for key in shape.keys {
                    keys.insert("\(shape.name).\(key.name)")
                    walk(key.schema)
                }
            case .list(let element, _), .oneOrMore(let element): walk(element)
            case .text, .integer, .boolean, .choice, .textMap, .anything: break
            }
        }
        walk(.record(ScenarioKeys.shape))
        return keys
    }()

    @Test("The example has every key, and is in order")
    func example() throws {
        let path = "fixtures/schemas/scenario.example.yaml"
        let loader = ScenarioLoader(options: .init(knownChecks: testChecks)) { path throws(UnreadableFile) in
            try Repository.text(path)
        }
        let scenario = loader.load(file: path, text: try Repository.text(path))
        #expect(scenario != nil)
        #expect(loader.ledger.problems.isEmpty, "\(ProblemList(loader.ledger.problems))")
    }

    @Test("Each key in the schema is read by the reader, and each key it reads is in the schema")
    func sameKeys() throws {
        let path = "fixtures/schemas/scenario.example.yaml"
        let loader = ScenarioLoader(options: .init(knownChecks: testChecks)) { path throws(UnreadableFile) in
            try Repository.text(path)
        }
        _ = loader.load(file: path, text: try Repository.text(path))
        // The defaults of nodes are read like a node, which has a name.
        let read = loader.ledger.keysRead.subtracting(["nodeDefaults.name"])
        #expect(read == Self.described)
    }

    @Test("The schema describes the same keys")
    func schemaKeys() {
        var keys: Set<String> = []
        func add(_ name: String, _ definition: JSONValue) {
            for member in definition["properties"]?.members ?? [] { keys.insert("\(name).\(member.key)") }
        }
        add("scenario", Self.schema)
        for member in Self.schema["$defs"]?.members ?? [] { add(member.key, member.value) }
        #expect(keys == Self.described)
    }

    @Test("The example writes each key of the schema down")
    func exampleIsComplete() throws {
        var written: Set<String> = []
        func walk(_ node: DocumentNode) {
            for member in node.members ?? [] {
                written.insert(member.key)
                walk(member.value)
            }
            for element in node.elements ?? [] { walk(element) }
        }
        let path = "fixtures/schemas/scenario.example.yaml"
        walk(try DocumentFile(file: path, text: try Repository.text(path)).only())
        let keys = Set(Self.described.map { String($0.split(separator: ".")[1]) })
        #expect(keys.subtracting(written) == [])
    }

    @Test(
        "Scenarios that are in order fit the schema",
        arguments: [
            "scenarios/vlan-201.yaml", "scenarios/vlan-201-manifests.yaml", "fixtures/schemas/scenario.example.yaml",
            "fixtures/schemas/scenario.example-base.yaml",
        ])
    func fit(path: String) throws {
        let root = try DocumentFile(file: path, text: try Repository.text(path)).only()
        #expect(SchemaValidator(root: Self.schema).misfits(root) == [])
    }

    @Test("The schema that is kept is the one that is printed")
    func golden() throws {
        let text = Self.schema.prettyText + "\n"
        let kept = (try? Repository.text(Self.goldenPath)) ?? ""
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1", kept != text {
            try text.write(to: Repository.root.appending(path: Self.goldenPath), atomically: true, encoding: .utf8)
        }
        #expect(kept == text, "RECORD_GOLDENS=1 writes it anew")
    }
}
