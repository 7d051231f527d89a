import Testing

@testable import Reports

struct PlainTextTests {
    @Test(arguments: [
        ("\u{1b}[31mred\u{1b}[0m", "red"),
        ("\u{1b}]0;title\u{7}x", "x"),
        ("\u{1b}]8;;http://a\u{1b}\\link", "link"),
        ("\u{1b}(Bx", "x"),
        ("a\u{1b}]unterminated\nb", "a\nb"),
        ("a\u{1b}", "a"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tstays", "tab\tstays"),
        ("\u{0}\u{8}\u{b}\u{7f}\u{9b}x\u{fffe}\u{ffff}", "x"),
        ("left\u{202e}right", "leftright"),
        ("worker1 ✓ é 漢 😀", "worker1 ✓ é 漢 😀"),
    ])
    func onlyTextIsLeft(_ raw: String, _ shown: String) { #expect(PlainText.block(raw) == shown) }

    @Test(arguments: [
        ("one\n  two\r\n\tthree  ", "one two three"), ("plain", "plain"), ("", ""), ("\n\n", ""), ("  x", "x"),
    ])
    func aLineIsOneLine(_ raw: String, _ shown: String) { #expect(PlainText.line(raw) == shown) }
}
