/// What a command has answered so far; kept apart from its operation, so that a failure can say how much had come.
final class SSHTranscript {
    var stdout: [UInt8] = []
    var stderr: [UInt8] = []

    var byteCount: Int { stdout.count + stderr.count }

    /// The last line, where it has no end and closes as prompts do; `nil` for anything else.
    var standingPrompt: String? {
        let line = String(decoding: TerminalText.lastLine(TerminalText.shown(stdout.suffix(400))), as: UTF8.self)
        guard let mark = line.last(where: { $0 != " " }), "#>$%]".contains(mark), line.count < 100 else { return nil }
        return line
    }
}
