/// A shell on a pty that commands are typed into: what is known of it, and what it has written since the last one was sent.
///
/// Lives on the session's loop.
final class SSHShell {
    let channel: OpaquePointer
    /// The whole line that stands when it waits for a command, learnt from two equal answers.
    var prompt: [UInt8] = []
    /// Whether it writes back what is typed; `nil` before the first command.
    var echoes: Bool?
    /// The first preparing command that was answered with an error text, and that text; `nil` when all were taken.
    private(set) var refusal: String?
    /// Bytes as they came.
    private(set) var raw: [UInt8] = []
    private(set) var lastByte = ContinuousClock.now

    init(channel: OpaquePointer) {
        self.channel = channel
    }

    func take(_ bytes: [UInt8]) {
        raw += bytes
        lastByte = .now
    }

    func note(_ answer: [UInt8], to preparation: String) {
        let words = String(decoding: answer, as: UTF8.self).split(whereSeparator: \.isNewline).last {
            $0.contains { $0.isLetter }
        }
        guard refusal == nil, let words, words.contains("%") || words.lowercased().contains("error") else { return }
        refusal = "`\(preparation)` with '\(words)'"
    }

    func forget() {
        raw = []
        lastByte = .now
    }

    /// Whether nothing has come for a while.
    func isQuiet(for gap: Duration) -> Bool { lastByte.duration(to: .now) >= gap }

    /// The line that stands at the end, as a terminal would show it.
    var standingLine: [UInt8] {
        let cut = raw.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        return TerminalText.shown(raw[cut...])
    }

    var isAtPrompt: Bool { standingLine == prompt }

    /// Whether the prompt stands before something that came by itself, as a log message does on IOS: behind such a one it is not
    /// shown again.
    var isPromptOvertaken: Bool {
        TerminalText.shown(raw).split(separator: 0x0a).dropFirst().contains { $0.starts(with: prompt) }
    }

    /// What a pager writes when it waits for a key.
    var isAtPager: Bool {
        let line = String(decoding: standingLine, as: UTF8.self).lowercased()
        return line.contains("more--") || line.contains("(more") || line.contains("press any key") || line.contains("<--- more")
    }

    /// The answer to `command`: without its echo at the beginning and the prompt at the end.
    func answer(to command: String) -> (text: [UInt8], hasEcho: Bool) {
        var text = TerminalText.shown(raw)
        if TerminalText.lastLine(text).elementsEqual(prompt) { text.removeLast(prompt.count) }
        // A prompt that came late may stand before the echo, and a device that redraws its line shows it twice.
        let bare = Self.squeezed(Array(command.utf8)[...])
        let prompted = Self.squeezed(prompt[...]) + bare
        var rest = text[...]
        var hasEcho = false
        while let end = rest.firstIndex(of: 0x0a) {
            let line = Self.squeezed(rest[..<end])
            guard line == bare || line == prompted else { break }
            rest = rest[(end + 1)...]
            hasEcho = true
        }
        return (Array(rest), hasEcho)
    }

    /// Without blanks, which a device that wraps its line may add.
    private static func squeezed(_ bytes: ArraySlice<UInt8>) -> [UInt8] { bytes.filter { $0 > 0x20 } }
}
