import Documents
import Testing

/// JSON files have places too, and are held to JSON, not to YAML.
struct JSONReadingTests {
    private func read(_ text: String) -> DocumentFile { DocumentFile(file: "pod.json", text: text) }

    @Test("Every key and value knows its line and column")
    func marks() throws {
        let root = try read("{\n\t\"kind\": \"Pod\",\n  \"spec\": {\"hostNetwork\": false, \"ports\": [1, 2.5, null]}\n}").only()
        #expect(root.member("kind")?.keyMark.description == "pod.json:2:2")
        #expect(root["kind"]?.mark.description == "pod.json:2:10")
        #expect(root["spec"]?["hostNetwork"]?.bool == false)
        #expect(root["spec"]?["ports"]?.elements?.map(\.mark.column) == [44, 47, 52])
        #expect(root["spec"]?["ports"]?.elements?[2].isNull == true)
    }

    @Test("Escapes are read, a pair of surrogates as one character")
    func escapes() throws {
        let root = try read(#"{"a": "\u0041\/\n\ud83d\ude00\ud83d"}"#).only()
        #expect(root["a"]?.text == "A/\n😀\u{fffd}")
    }

    @Test(
        "Texts that are not JSON are refused at the place",
        arguments: [
            ("{\"a\": 1,}", "pod.json:1:9", "a key in quotes"), ("{\"a\" 1}", "pod.json:1:6", "':'"),
            ("[1 2]", "pod.json:1:4", "',' or ']'"),
            ("{\n\"a\": yes}", "pod.json:2:6", "a value"), ("[01]", "pod.json:1:2", "a value"),
            ("[0x10]", "pod.json:1:2", "a value"),
            ("[+1]", "pod.json:1:2", "a value"), ("\"abc", "pod.json:1:5", "the closing '\"'"),
            ("{} x", "pod.json:1:4", "the end of the text"),
            ("", "pod.json:1:1", "a value"), ("\"\\q\"", "pod.json:1:3", "after '\\'"),
            ("\"\\u12\"", "pod.json:1:4", "hexadecimal"),
            ("\"a\nb\"", "pod.json:1:3", "control character"),
            (String(repeating: "[", count: 5000), "pod.json:1:102", "levels of nesting"),
        ])
    func notJSON(text: String, place: String, sentence: String) {
        let file = read(text)
        #expect(file.problems.first?.mark.description == place)
        #expect(file.problems.first?.sentence.contains(sentence) == true, "\(file.problems)")
        #expect(file.documents.isEmpty)
    }

    @Test("A repeated key names both lines")
    func repeatedKeys() {
        let file = read("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}")
        #expect(file.problems.map(\.sentence) == ["'a' is written twice: at line 1 and at line 3"])
    }
}
