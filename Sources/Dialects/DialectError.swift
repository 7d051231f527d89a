/// Why an output could not be read as what it was said to be. It is never an empty table.
///
/// Each case is one kind of answer, so that a caller can tell "ask in another form" from "ask somebody else".
package enum DialectError: Error, Hashable, Sendable {
    /// Another program or operating system wrote this. `looksLike` completes "this is …": `NX-OS output`.
    case wrongPlatform(expected: String, looksLike: String)
    /// The device answered with an error text of its own (`syntax error`, `% Invalid input detected`), quoted.
    case deviceError(String)
    /// The device or system refused: permission denied, authorisation failed. Its words.
    case permissionDenied(String)
    /// sudo refused, and how; its words.
    case sudo(SudoRefusal, String)
    /// The program that should have answered is not there. The shell's words.
    case commandNotFound(String)
    /// The program does not know an option or the form asked for (`-j` on an old iproute2): ask in the next form.
    case formNotSupported(String)
    /// What was asked about is not there, in the system's words (`Device "eno9" does not exist.`).
    case noSuchSubject(String)
    /// The host has no way to the destination (`Network is unreachable`), and the program said so instead of answering.
    case unreachable(String)
    /// Text without a single row or line that belongs to the table; `line` and `text` are the first that does not fit.
    case notThisTable(expected: String, line: Int, text: String)
    /// No text at all, where this source never says nothing.
    case nothingPrinted(expected: String)
    /// JSON, XML or a fixed format that breaks off or does not decode at a 1-based line and column.
    case malformed(line: Int, column: Int, expected: String)
    /// A program that ran but left out the part that answers (`ping` without its statistics line).
    case incomplete(expected: String, saw: String)
}

extension DialectError: CustomStringConvertible {
    /// A sentence without its subject's name; the caller puts `fabric-switch: ` in front.
    package var description: String {
        switch self {
        case .wrongPlatform(let expected, let looksLike): "expected \(expected); this is \(looksLike)"
        case .deviceError(let text): "the device answered with an error text: '\(Self.short(text))'"
        case .permissionDenied(let text): "access was refused: '\(Self.short(text))'"
        case .sudo(let refusal, let text): "\(refusal.want): '\(Self.short(text))'; \(refusal.advice)"
        case .commandNotFound(let text): "the program is not there: '\(Self.short(text))'"
        case .formNotSupported(let text): "the program does not know this form of the question: '\(Self.short(text))'"
        case .noSuchSubject(let text): "what was asked about is not there: '\(Self.short(text))'"
        case .unreachable(let text): "the host has no way to the destination: '\(Self.short(text))'"
        case .notThisTable(let expected, let line, let text):
            "expected \(expected); no line belongs to it, the first is line \(line): '\(Self.short(text))'"
        case .nothingPrinted(let expected): "expected \(expected); nothing was printed"
        case .malformed(let line, let column, let expected):
            "the text breaks off or does not decode at line \(line), column \(column): expected \(expected)"
        case .incomplete(let expected, let saw): "expected \(expected); saw '\(Self.short(saw))'"
        }
    }

    private static func short(_ text: String) -> String {
        let line = text.split(separator: "\n").first.map(String.init) ?? ""
        return line.count > 160 ? line.prefix(160) + "…" : line
    }
}
