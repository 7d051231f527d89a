import Facts
import Foundation
import Testing
import Verdicts

@testable import Reports

struct SchemaTests {
    private let validator: SchemaValidator

    init() throws {
        var documents: [String: JSONValue] = [:]
        for name in ["run.v1.schema.json", "event.v1.schema.json"] {
            let text = try String(contentsOf: Golden.root.appending(path: "fixtures/schemas/\(name)"), encoding: .utf8)
            documents[name] = try JSONValue(parsing: text)
        }
        validator = SchemaValidator(documents: documents)
    }

    @Test("Every run.json is as its schema says", arguments: SampleRuns.all.map(\.name))
    func runs(_ name: String) throws {
        let record = try #require(SampleRuns.all.first { $0.name == name }?.record)
        let value = try JSONValue(parsing: JSONReport.text(record))
        #expect(validator.objections(to: value, schema: "run.v1.schema.json") == [])
    }

    @Test("Every event is as its schema says")
    func events() throws {
        let events: [RunEvent] = [
            .started(id: "r-1", scenario: "vlan-201", cluster: nil, lab: .simulated, headerNotes: ["a"]), .phase("verify"),
            .action("created Pod default/x"),
            .waiting(what: "w", lastSeen: "1 of 3", elapsed: .milliseconds(1500), deadline: .seconds(20)),
            .found(SampleRuns.vlanNotApplied.findings[4]), .note(Note(code: "c", sentence: "s.")),
            .finished(SampleRuns.vlanNotApplied),
        ]
        for event in events {
            let value = try JSONValue(parsing: EventLines.line(for: event, at: SampleRuns.started))
            #expect(validator.objections(to: value, schema: "event.v1.schema.json") == [], "\(value["event"]?.text ?? "")")
        }
    }

    @Test(
        "The schema refuses what the encoder must not write",
        arguments: [
            ("\"exitCode\": 1,", "\"exitCode\": 2,"), ("\"verdict\": \"pass\"", "\"verdict\": \"warn\""),
            ("\"attempts\": 1", "\"attempts\": -1"), ("56:7f:f1:5e:ac:52\",", "56:7F:F1:5E:AC:52\","),
            ("\"kept\": false,", ""), ("\"kept\": false,", "\"kept\": false, \"extra\": 1,"), ("\"vf\": 1", "\"vf\": \"1\""),
            (":01.250Z", ":01Z"),
        ])
    func refused(_ from: String, _ to: String) throws {
        let text = JSONReport.text(SampleRuns.vlanNotApplied)
        let range = try #require(text.range(of: from))
        let value = try JSONValue(parsing: text.replacingCharacters(in: range, with: to))
        #expect(validator.objections(to: value, schema: "run.v1.schema.json") != [])
    }
}
