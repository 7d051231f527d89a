import Documents
import Testing

/// What a scalar means by the way it is written.
struct ScalarTests {
    @Test(
        "A plain scalar means what YAML 1.2 says, and is ambiguous where 1.1 says otherwise",
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("true", .bool(true)), ("FALSE", .bool(false)),
            ("201", .integer(201)), ("-3", .integer(-3)), ("+8", .integer(8)), ("0", .integer(0)),
            ("99999999999999999999", .number("99999999999999999999")), ("1.5", .number("1.5")), ("1e3", .number("1e3")),
            (".5", .number(".5")), ("0x1f", .number("0x1f")), ("0o17", .number("0o17")), (".inf", .number(".inf")),
            ("0123", .ambiguous(.octal)), ("00", .ambiguous(.octal)),
            ("on", .ambiguous(.bool(true))), ("off", .ambiguous(.bool(false))), ("No", .ambiguous(.bool(false))),
            ("y", .ambiguous(.bool(true))),
            ("1:30", .ambiguous(.sexagesimal)), ("12:30:45", .ambiguous(.sexagesimal)),
            ("10:99:10", .string), ("56:7f:f1:5e:ac:52", .string), ("02:00:00:00:00:01", .ambiguous(.sexagesimal)),
            ("192.168.201.1", .string), ("192.168.201.0/24", .string), ("10m", .string), ("1515", .integer(1515)),
            ("ge-0/0/9", .string), ("-", .string), (".", .string), ("1.", .number("1.")), ("e5", .string), ("0x", .string),
            ("1:", .string),
        ] as [(String, DocumentScalar.Meaning)])
    func plain(text: String, meaning: DocumentScalar.Meaning) {
        #expect(DocumentScalar(text, style: .plain).meaning == meaning)
    }

    @Test("In quotes everything is text", arguments: ["", "true", "201", "0123", "on", "1:30"])
    func quoted(text: String) {
        #expect(DocumentScalar(text, style: .quoted).meaning == .string)
        #expect(DocumentScalar(text, style: .literal).meaning == .string)
        #expect(DocumentScalar(text, style: .plain, tag: "tag:yaml.org,2002:str").meaning == .string)
    }

    @Test("Styles and tags come through the reader")
    func styles() throws {
        let text = "a: plain\nb: 'single'\nc: \"double\"\nd: |\n  block\ne: !!str 201\nf: >-\n  folded\n  text\n"
        let root = try DocumentFile(file: "f.yaml", text: text).only()
        #expect(root.members?.map { $0.value.scalar?.style } == [.plain, .quoted, .quoted, .literal, .plain, .folded])
        #expect(root["d"]?.text == "block\n")
        #expect(root["e"]?.scalar?.meaning == .string)
        #expect(root["f"]?.text == "folded text")
    }
}
