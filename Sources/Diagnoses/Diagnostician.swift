internal import Facts
package import Verdicts

/// Turns failed findings into causes: what is broken, what follows from it, what was ruled out, and what to type next.
package enum Diagnostician {
    /// - Parameter findings: final ones, in the order of the chain.
    /// - Returns: one diagnosis for each independent cause, in the order of the chain; failures of one kind that several
    ///   subjects share are one cause. Empty when nothing failed.
    package static func diagnose(_ findings: [Finding]) -> [Diagnosis] {
        let failures = findings.filter { $0.verdict == .fail }
        return groups(failures).map { diagnosis(of: $0, among: findings) }
    }

    /// Failures that are one cause seen from several places: the gateway's interface is down for each of its pods.
    private static func groups(_ failures: [Finding]) -> [[Finding]] {
        var groups: [[Finding]] = []
        for failure in failures {
            let code = failure.judgement?.code ?? ""
            if shared.contains(code), let index = groups.firstIndex(where: { $0[0].judgement?.code == code }) {
                groups[index].append(failure)
            } else {
                groups.append([failure])
            }
        }
        return groups
    }

    /// Codes of which several findings have one cause.
    private static let shared: Set<String> = [
        "GatewayInterfaceDown", "VLANNotOnSwitch", "SelectorMatchesNothing", "ResourceNotConfigured",
    ]

    private static func diagnosis(of group: [Finding], among findings: [Finding]) -> Diagnosis {
        let first = group[0]
        let keys = Set(group.map(\.key))
        let consequences = findings.filter { !keys.isDisjoint(with: $0.blockedBy) }
        let code = first.judgement?.code ?? "Unknown"
        var sentence = first.sentence
        if group.count > 1 {
            sentence += "; the same is seen from \(group.dropFirst().map(\.key.subject.description).joined(separator: ", "))"
        }
        if let exchange = exchangedCables(first, among: findings) { sentence += "; \(exchange)" }
        var evidence = group.flatMap { $0.judgement?.evidence ?? [] }
        var seen: Set<String> = []
        evidence = evidence.filter { seen.insert($0.description).inserted }
        return Diagnosis(
            code: code, cause: first.key, sentence: sentence, ruledOut: ruledOut(first, among: findings),
            next: first.judgement?.next,
            consequences: consequences.map(\.key), evidence: evidence)
    }

    /// What the same subject's other links say, and whether others share the trouble.
    private static func ruledOut(_ failure: Finding, among findings: [Finding]) -> [String] {
        let mine = findings.filter {
            $0.key.subject == failure.key.subject && $0.verdict == .pass && $0.key.check != failure.key.check
        }
        var sentences = mine.compactMap { finding in finding.judgement.map { "\(finding.key.check): \($0.sentence)" } }
        let peers = findings.filter {
            $0.key.check == failure.key.check && $0.key.subject != failure.key.subject && $0.verdict == .pass
        }
        if !peers.isEmpty {
            let names = peers.map(\.key.subject.description).joined(separator: ", ")
            sentences.append("not common to all: \(failure.key.check) passes on \(names)")
        }
        return sentences
    }

    /// Two pods whose MACs are each on the other's port: two cables, or two lines of the scenario, are exchanged.
    private static func exchangedCables(_ failure: Finding, among findings: [Finding]) -> String? {
        guard let mine = failure.judgement, mine.code == "MACOnWrongPort", let seen = mine.seen, let expected = mine.expected
        else {
            return nil
        }
        let other = findings.first { finding in
            guard let judgement = finding.judgement, judgement.code == "MACOnWrongPort", finding.key != failure.key else {
                return false
            }
            return same(judgement.seen, expected) && same(seen, judgement.expected)
        }
        return other.map {
            "the ports of \(failure.key.subject) and \($0.key.subject) are exchanged, in the cabling or in the scenario"
        }
    }

    /// Junos prints the unit, a scenario mostly does not.
    private static func same(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return false }
        return left.split(separator: ".").first == right.split(separator: ".").first
    }
}
