import Documents
import Testing

/// What is read from YAML, and what is said about YAML that cannot be read.
struct YAMLReadingTests {
    private func read(_ text: String) -> DocumentFile { DocumentFile(file: "site.yaml", text: text) }

    @Test("Every key and value knows its line and column")
    func marks() throws {
        let file = read("apiVersion: v1\nnodes:\n- name: worker1\n  pf: eno2\n- {name: worker2, pf: eno3}\n")
        let root = try file.only()
        let nodes = try #require(root["nodes"]?.elements)
        #expect(nodes.count == 2)
        #expect(root.member("nodes")?.keyMark.description == "site.yaml:2:1")
        #expect(nodes[0].member("pf")?.keyMark.description == "site.yaml:4:3")
        #expect(nodes[0]["pf"]?.mark.description == "site.yaml:4:7")
        #expect(nodes[1]["pf"]?.mark.description == "site.yaml:5:23")
        #expect(nodes[1]["pf"]?.text == "eno3")
    }

    @Test("Keys stay in the order they are written")
    func order() throws {
        let root = try read("b: 1\na: 2\nc: 3\n").only()
        #expect(root.members?.map(\.key) == ["b", "a", "c"])
    }

    @Test("Several documents in one file are several trees, each with its own lines")
    func documents() {
        let file = read("---\nkind: Pod\n---\n---\nkind: Node\n...\n")
        #expect(file.documents.map { $0["kind"]?.text } == ["Pod", "Node"])
        #expect(file.documents.last?["kind"]?.mark.line == 5)
        #expect(throws: ProblemList.self) { try file.only() }
    }

    @Test("A repeated key names both lines, and the rest is still read")
    func repeatedKeys() throws {
        let file = read("pods:\n- name: a\n  node: worker1\n  name: b\nname: x\n'name': y\n")
        #expect(
            file.problems.map(\.sentence) == [
                "'name' is written twice: at line 2 and at line 4", "'name' is written twice: at line 5 and at line 6",
            ])
        #expect(file.problems.map(\.mark.description) == ["site.yaml:4:3", "site.yaml:6:1"])
        #expect(file.problems.first?.related.first?.description == "site.yaml:2:3")
        #expect(file.documents.first?["name"]?.text == "x")
        #expect(file.documents.first?["pods"]?.elements?.first?["node"]?.text == "worker1")
    }

    @Test(
        "A key three times, in flow style and in quotes",
        arguments: [
            ("{a: 1, a: 2, a: 3}", ["site.yaml:1:8", "site.yaml:1:14"]),
            ("\"vlan\": 1\nvlan: 2\n", ["site.yaml:2:1"]),
            ("? vlan\n: 1\n? vlan\n: 2\n", ["site.yaml:3:3"]),
        ])
    func repeatedKeyForms(text: String, places: [String]) {
        #expect(read(text).problems.map(\.mark.description) == places)
    }

    @Test("Merge keys are refused with advice")
    func mergeKeys() {
        let file = read("base: &base {image: busybox}\npod:\n  <<: *base\n  name: a\n")
        #expect(file.problems.map(\.code) == ["merge-key"])
        #expect(file.problems.first?.mark.description == "site.yaml:3:3")
        #expect(file.documents.first?["pod"]?["name"]?.text == "a")
    }

    @Test("An alias is the value of its anchor")
    func aliases() throws {
        let root = try read("a: &x {vlan: 201}\nb: *x\n").only()
        #expect(root["b"]?["vlan"]?.int == 201)
        #expect(root["b"]?.mark.line == 1)
    }

    @Test("Aliases that unfold without bound are refused at once", .timeLimit(.minutes(1)))
    func aliasBomb() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...9 {
            text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
        }
        #expect(read(text).problems.map(\.code) == ["too-large"])
        let inKeys = ["? *a9\n: 1\n", "? [*a9, *a9]\n: 1\n", "*a9 : 1\n", "k: {[*a9]: 1}\n", "- ? *a9\n"]
        for key in inKeys { #expect(read(text + key).problems.first?.code == "alias-key", "\(key)") }
    }

    @Test("Nesting without end is refused, not followed")
    func deepNesting() {
        let texts = [
            String(repeating: "[", count: 5000), String(repeating: "{a: ", count: 5000), String(repeating: "- ", count: 5000),
            String(repeating: "[", count: 300) + String(repeating: "]", count: 300),
            (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        ]
        for text in texts { #expect(!read(text).problems.isEmpty, "\(text.prefix(8))") }
    }

    @Test(
        "Texts that are not YAML are refused at the place",
        arguments: [
            ("a:\n\tb: 1\n", "tab", "site.yaml:2:1", "this line is indented by a tab; YAML takes blanks only"),
            ("name: a: b\n", "yaml", "site.yaml:1:8", "put text that holds ': ' in quotes"),
            ("a: [1, 2\nb: 3\n", "yaml", "site.yaml:2:2", "flow sequence"),
            ("a: *none\n", "yaml", "site.yaml:1:4", "the alias here names no anchor above it"),
            ("a: \"x\u{1}\"\nb: 1", "character", "site.yaml:1:6", "U+0001 is a control character"),
            ("a: 1\n b: 2\n", "yaml", "site.yaml:2:3", "indentation"),
        ])
    func notYAML(text: String, code: String, place: String, sentence: String) {
        let file = read(text)
        #expect(file.problems.map(\.code) == [code])
        #expect(file.problems.first?.mark.description == place)
        #expect(file.problems.first?.headline.contains(sentence) == true, "\(file.problems)")
    }

    @Test("An empty text holds no document", arguments: ["", "\n", "# only a comment\n", "---\n", "\u{feff}"])
    func empty(text: String) {
        let file = read(text)
        #expect(file.documents.isEmpty && file.problems.isEmpty)
        #expect(throws: ProblemList.self) { try file.only() }
    }

    @Test("A byte order mark and CRLF do not move columns")
    func carriageReturns() throws {
        let root = try read("\u{feff}a: 1\r\nb:\r\n  c: x\r\n").only()
        #expect(root["b"]?["c"]?.mark.description == "site.yaml:3:6")
        #expect(root["b"]?["c"]?.text == "x")
    }
}
