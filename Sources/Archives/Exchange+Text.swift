package import Facts

extension Exchange.Outcome {
    /// How the exchange ended, as evidence files say it: `exit 0`, `HTTP 403`, `no answer: …`.
    package var text: String {
        switch self {
        case .exit(let status): "exit \(status)"
        case .signal(let name): "signal \(name)"
        case .status(let status): "HTTP \(status)"
        case .unstated: "ended without a status"
        case .broken(let sentence): "no answer: \(sentence)"
        }
    }
}
