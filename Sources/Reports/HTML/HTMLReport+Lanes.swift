internal import Facts
internal import Verdicts

extension HTMLReport {
    /// One lane per pod: its witnesses as boxes in the order of the wire, the first that breaks the chain with a broken line
    /// before it.
    func writeLanes(_ writer: inout MarkupWriter) {
        let shown = chainsShown
        section("The chain of each pod", id: "chains", isShown: !record.chains.isEmpty, &writer) { writer in
            for chain in shown { writeLane(chain, &writer) }
            let left = record.chains.count - shown.count
            if left > 0 { writer.leaf("p", [], "\(left) further pods are not drawn; the matrix below has every one.") }
            writeIdentityTable(&writer)
        }
    }

    private var chainsShown: [PodChain] {
        guard record.chains.count > Self.largestDrawing else { return record.chains }
        return Array(record.chains.filter { $0.links.contains { $0.verdict != .pass } }.prefix(Self.largestDrawing))
    }

    private func writeLane(_ chain: PodChain, _ writer: inout MarkupWriter) {
        writer.element("figure") { writer in
            writer.leaf("figcaption", [], "\(chain.pod)\(chain.node.map { " on \($0)" } ?? "")")
            LaneDrawing(chain: chain).write(&writer)
            let wrong = record.findings.filter { $0.key.subject == .pod(chain.pod) && hasCard($0) }
            for finding in wrong {
                writer.element("p", [("class", "why")]) { writer in
                    badge(finding.verdict, &writer)
                    reference(finding.key, &writer)
                    writer.leaf("span", [], finding.sentence)
                }
            }
        }
    }

    private func writeIdentityTable(_ writer: inout MarkupWriter) {
        writer.element("div", [("class", "wide")]) { writer in
            writer.element("table") { writer in
                writer.element("tr") { writer in
                    for name in ["pod", "node", "VF", "PCI address", "MAC", "address", "VLAN", "port"] {
                        writer.leaf("th", [], name)
                    }
                }
                for chain in record.chains.prefix(2000) {
                    writer.element("tr") { writer in
                        for cell in Self.identity(chain) { writer.leaf("td", [], cell) }
                    }
                }
            }
        }
    }

    private static func identity(_ chain: PodChain) -> [String] {
        [
            chain.pod.description, chain.node?.text ?? "-",
            [chain.pf?.printed, chain.vfIndex.map { "VF \($0)" }].compactMap { $0 }.joined(separator: " ").orDash,
            chain.pciAddress?.description ?? "-", chain.mac?.description ?? "-", chain.address?.description ?? "-",
            chain.vlan?.description ?? "-",
            chain.port.map { [chain.device?.text, $0.printed].compactMap { $0 }.joined(separator: " ") } ?? "-",
        ]
    }
}
