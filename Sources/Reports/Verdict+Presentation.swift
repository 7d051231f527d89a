internal import Verdicts

/// How a verdict looks. The word always stands beside the glyph, so that nothing is told by colour or by shape alone.
extension Verdict {
    /// One character: `✓ ✗ ? –`, or in ASCII `+ x ? -`.
    func glyph(unicode: Bool) -> String {
        switch self {
        case .pass: unicode ? "✓" : "+"
        case .fail: unicode ? "✗" : "x"
        case .inconclusive: "?"
        case .skipped: unicode ? "–" : "-"
        }
    }

    /// The word of the contract, which is also what selectors and `run.json` use.
    var word: String { rawValue }

    var colour: TerminalStyle.Colour {
        switch self {
        case .pass: .green
        case .fail: .red
        case .inconclusive: .yellow
        case .skipped: .dim
        }
    }
}
