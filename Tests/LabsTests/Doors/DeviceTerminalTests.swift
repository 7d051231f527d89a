import Testing

@testable import Labs

@Suite("The shell of a switch without an exec channel")
struct DeviceTerminalTests {
    private let rows = (1...30).map { "row \($0)\n" }.joined()

    @Test("A long answer comes in pages, each left by Enter, all of them by q")
    func pages() {
        var terminal = DeviceTerminal(prompt: "sw#")
        #expect(terminal.take("") == .shows("sw#"))
        #expect(terminal.take("show  ip arp\r") == .runs("show ip arp"))
        #expect(terminal.page(rows).hasSuffix("row 23\n --More-- "))
        #expect(terminal.take("") == .shows("row 24\nrow 25\nrow 26\nrow 27\nrow 28\nrow 29\nrow 30\nsw#"))
        #expect(terminal.page(rows).hasSuffix(" --More-- "))
        #expect(terminal.take("q") == .shows("sw#"))
    }

    @Test("With the pager off it comes whole; leaving ends the shell")
    func unpaged() {
        var terminal = DeviceTerminal(prompt: "sw#")
        #expect(terminal.take("terminal length 0") == .shows("sw#"))
        #expect(terminal.take("terminal width 511") == .shows("sw#"))
        #expect(terminal.page(rows) == rows + "sw#")
        #expect(terminal.page("") == "sw#")
        #expect(terminal.take("terminal length x") == .runs("terminal length x"))
        #expect(terminal.take("exit") == .leaves)
    }
}
