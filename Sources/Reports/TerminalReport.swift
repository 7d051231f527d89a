internal import Facts
package import Verdicts

/// The end of a run as text for stdout: who was asked, the chain of each pod, what is wrong and why, what was left behind, and
/// the verdict last, where the eye is when the command returns.
package struct TerminalReport: Sendable {
    let record: RunRecord
    let style: TerminalStyle
    let places: ReportPlaces
    /// Findings up to this many have a line each; in larger runs the passed ones are one line a check.
    static let largestFullList = 300

    package init(_ record: RunRecord, places: ReportPlaces = ReportPlaces(), style: TerminalStyle = TerminalStyle()) {
        self.record = record
        self.places = places
        self.style = style
    }

    /// The whole report, each line ended by a line feed.
    package var text: String {
        let sections = [
            header, chains, identityTable, checkList, failures, diagnoses, notes, objects, reports, verdict,
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var header: [String] {
        var first = "\(record.scenario) (\(record.scenarioFile)), plumbline \(record.toolVersion)"
        if let lab = record.lab { first += ", on \(lab.phrase)" }
        var lines = style.wrapped("", first)
        lines += style.wrapped("", "run \(record.id), \(record.cluster ?? "no cluster was reached")")
        lines += style.wrapped("", "began \(record.started.seconds)Z, took \(record.ended.since(record.started).shortText)")
        for note in record.headerNotes {
            lines += style.wrapped(style.paint("!", .yellow) + " ", headWidth: 2, note)
        }
        return lines
    }

    /// One line of the chain per witness and pod, in the order of the wire.
    private var chains: [String] {
        let shown = chainsShown
        let width = shown.flatMap(\.links).map(\.witness.count).max() ?? 0
        var lines: [String] = []
        for chain in shown {
            let place = chain.node.map { " on \($0)" } ?? ""
            lines.append(style.paint("\(chain.pod)\(place)", .bold))
            for link in chain.links {
                let mark = style.mark(link.verdict.glyph(unicode: style.unicode), link.verdict.word, link.verdict.colour)
                let witness = link.witness.padded(to: width)
                lines += style.wrapped(
                    "  \(mark) \(witness)  ", headWidth: 2 + TerminalStyle.markColumns + 1 + width + 2, link.text)
            }
        }
        let left = record.chains.count - shown.count
        if left > 0 { lines.append("and \(left) further pods whose whole chain passed") }
        return lines
    }

    /// All chains of a small run; of a large one those that are not whole.
    private var chainsShown: [PodChain] {
        guard record.chains.count > 30 else { return record.chains }
        return record.chains.filter { $0.links.contains { $0.verdict != .pass } }
    }

    private var identityTable: [String] {
        guard !record.chains.isEmpty else { return [] }
        let rows = record.chains.map { chain in
            [
                chain.pod.name, chain.node?.text ?? "-",
                [chain.pf?.printed, chain.vfIndex.map { "VF \($0)" }].compactMap { $0 }.joined(separator: " ").orDash,
                chain.mac?.description ?? "-", chain.address?.description ?? "-", chain.vlan?.description ?? "-",
                chain.port.map { [chain.device?.text, $0.printed].compactMap { $0 }.joined(separator: " ") } ?? "-",
            ]
        }
        let lines = TextTable(header: ["pod", "node", "VF", "MAC", "address", "VLAN", "port"], rows: rows).lines
        return [style.paint("Identity", .bold)] + lines.map { "  " + $0 }
    }

    private var verdict: [String] {
        let status = record.exitStatus
        let look = status.lookingLike
        let word = style.paint("\(look.glyph(unicode: style.unicode)) \(status.word)", look.colour)
        var lines = style.wrapped(word + ": ", headWidth: status.word.count + 4, VerdictCounts(record).sentence)
        if let reason = record.stopReason { lines += style.wrapped("  ", "stopped: \(reason)") }
        return lines + style.wrapped("  ", "exit code \(status.rawValue): \(status.meaning)")
    }
}

extension String {
    /// `-` for an empty cell.
    var orDash: String { isEmpty ? "-" : self }
}
