internal import Documents

/// A scenario while it is read and looked over. Where a value could not be read, which has been reported, an empty name or a
/// nil stands in for it; rules leave those alone, so that one mistake is told once.
final class Draft {
    let ledger: Ledger
    let options: ScenarioOptions
    private var found: Set<ScenarioNote> = []

    init(ledger: Ledger, options: ScenarioOptions) {
        self.ledger = ledger
        self.options = options
    }

    var notes: [ScenarioNote] { found.sorted() }

    func note(_ code: String, at mark: Mark, _ sentence: String) {
        found.insert(ScenarioNote(code: code, mark: mark, sentence: sentence))
    }

    func report(_ code: String, at mark: Mark, _ sentence: String, suggestion: String? = nil, related: [Mark] = []) {
        ledger.report(code, at: mark, sentence, suggestion: suggestion, related: related)
    }
}
