import Documents
import Testing

/// What a document holds can be put into a sentence without harm.
struct OneLineTests {
    @Test(
        "Control characters become escapes",
        arguments: [
            ("a b", "a b"), ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("x\u{202e}y\u{0}", "x\\u{202e}y\\u{0}"),
            ("Zürich 😀", "Zürich 😀"), ("\u{9b}31m\u{7f}", "\\u{9b}31m\\u{7f}"),
        ])
    func escapes(raw: String, text: String) {
        #expect(OneLine(raw).text == text)
    }

    @Test("What is too long keeps its beginning and its end")
    func long() {
        let text = OneLine("begin " + String(repeating: "x", count: 1000) + " end", limit: 100).text
        #expect(text.hasPrefix("begin xxx"))
        #expect(text.hasSuffix("xxx end"))
        #expect(text.count == 103)
    }
}
