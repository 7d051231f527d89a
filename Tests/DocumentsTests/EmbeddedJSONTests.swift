import Documents
import Testing

/// JSON inside YAML has places in the YAML file.
struct EmbeddedJSONTests {
    private func embedded(_ text: String) throws -> EmbeddedJSON {
        let file = DocumentFile(file: "nad.yaml", text: text)
        return EmbeddedJSON(try #require(try file.only()["config"]), in: file.source)
    }

    @Test("In a literal block every value keeps its line and column", arguments: ["|", "|-", "|2"])
    func literal(indicator: String) throws {
        let json = try embedded(
            "name: a\nconfig: \(indicator)\n  {\n    \"vlan\": 201,\n    \"ranges\": [[{\"subnet\": \"x\"}]]\n  }\n")
        #expect(json.root?["vlan"]?.int == 201)
        #expect(json.root?["vlan"]?.mark.description == "nad.yaml:4:13")
        #expect(json.root?["ranges"]?.elements?[0].elements?[0]["subnet"]?.mark.description == "nad.yaml:5:28")
    }

    @Test("On one line too, where the text is written as it is meant")
    func oneLine() throws {
        #expect(try embedded("config: '{\"vlan\": 201}'\n").root?["vlan"]?.mark.description == "nad.yaml:1:19")
        #expect(try embedded("config: \"{\\\"vlan\\\": 201}\"\n").root?["vlan"]?.mark.description == "nad.yaml:1:9")
        #expect(try embedded("config: >\n  {\"vlan\":\n  201}\n").root?["vlan"]?.mark.description == "nad.yaml:1:9")
    }

    @Test("Text that is no JSON is reported at its place")
    func notJSON() throws {
        let json = try embedded("config: |\n  {\n    \"vlan\": 201\n    \"type\": 1\n  }\n")
        #expect(json.root == nil)
        #expect(json.problems.map(\.mark.description) == ["nad.yaml:4:5"])
    }
}
