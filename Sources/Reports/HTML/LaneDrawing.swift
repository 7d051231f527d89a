internal import Verdicts

/// The witnesses of one pod as an SVG picture: a box each, with its glyph and word, and lines between them.
struct LaneDrawing {
    let chain: PodChain

    // Pixels of the drawing's own coordinates; the page scales it.
    private static let boxWidth = 210
    private static let boxHeight = 92
    private static let gap = 30
    private static let lineHeight = 14
    private static let textColumns = 28
    private static let textLines = 4

    func write(_ writer: inout MarkupWriter) {
        let count = chain.links.count
        guard count > 0 else { return }
        let width = count * Self.boxWidth + (count - 1) * Self.gap + 2
        let spoken = chain.links.map { "\($0.witness): \($0.verdict.word)" }.joined(separator: ", ")
        let attributes: [(StaticString, String)] = [
            ("viewBox", "0 0 \(width) \(Self.boxHeight + 2)"), ("role", "img"), ("aria-label", spoken),
        ]
        writer.element("svg", attributes) { writer in
            let broken = chain.links.firstIndex { $0.verdict == .fail || $0.verdict == .inconclusive }
            for (index, link) in chain.links.enumerated() {
                let x = 1 + index * (Self.boxWidth + Self.gap)
                if index > 0 { writeLine(before: x, isBroken: index == broken, verdict: link.verdict, &writer) }
                writeBox(link, x: x, &writer)
            }
        }
    }

    private func writeLine(before x: Int, isBroken: Bool, verdict: Verdict, _ writer: inout MarkupWriter) {
        let y = 1 + Self.boxHeight / 2
        let segments = isBroken ? [(x - Self.gap, x - Self.gap + 9), (x - 9, x)] : [(x - Self.gap, x)]
        for (from, to) in segments {
            writer.empty(
                "line",
                [
                    ("class", "wire \(verdict.rawValue)"), ("x1", "\(from)"), ("y1", "\(y)"), ("x2", "\(to)"), ("y2", "\(y)"),
                    ("stroke", Self.plainColour(verdict)), ("stroke-width", "2"),
                ])
        }
        guard isBroken else { return }
        writer.leaf(
            "text",
            [
                ("class", "break \(verdict.rawValue)"), ("x", "\(x - Self.gap / 2)"), ("y", "\(y + 5)"),
                ("text-anchor", "middle"), ("font-size", "16"), ("fill", Self.plainColour(verdict)),
            ], verdict.glyph(unicode: true))
    }

    private func writeBox(_ link: PodChain.Link, x: Int, _ writer: inout MarkupWriter) {
        writer.element("g", [("class", link.verdict.rawValue), ("font-family", "monospace"), ("font-size", "11")]) { writer in
            writer.leaf("title", [], "\(link.witness), \(link.verdict.word): \(link.text)")
            writer.empty(
                "rect",
                [
                    ("x", "\(x)"), ("y", "1"), ("width", "\(Self.boxWidth)"), ("height", "\(Self.boxHeight)"), ("rx", "6"),
                    ("fill", "#f3f5f8"), ("stroke", Self.plainColour(link.verdict)),
                ])
            writer.leaf(
                "text", [("class", "head"), ("x", "\(x + 9)"), ("y", "19"), ("fill", Self.plainColour(link.verdict))],
                "\(link.verdict.glyph(unicode: true)) \(link.witness), \(link.verdict.word)")
            for (index, line) in Self.wrapped(link.text).enumerated() {
                writer.leaf("text", [("x", "\(x + 9)"), ("y", "\(38 + index * Self.lineHeight)")], line)
            }
        }
    }

    /// For readers that show SVG without the page's style sheet (mail, PDF makers); the sheet has the same and a dark set.
    private static func plainColour(_ verdict: Verdict) -> String {
        switch verdict {
        case .pass: "#0b6fa4"
        case .fail: "#b83a00"
        case .inconclusive: "#7a5c00"
        case .skipped: "#667080"
        }
    }

    /// At most four lines of 28 characters; longer words are broken, and what does not fit ends in `…` (the box's title has all).
    static func wrapped(_ text: String) -> [String] {
        var lines = [""]
        for word in PlainText.line(text).split(separator: " ") {
            var rest = word
            while !rest.isEmpty {
                let used = lines[lines.count - 1].count
                let blank = used == 0 ? 0 : 1
                if used + blank + rest.count <= textColumns {
                    lines[lines.count - 1] += (blank == 1 ? " " : "") + rest
                    rest = rest[rest.endIndex...]
                } else if used == 0 {
                    lines[lines.count - 1] = String(rest.prefix(textColumns))
                    rest = rest.dropFirst(textColumns)
                    lines.append("")
                } else {
                    lines.append("")
                }
            }
        }
        if lines.last == "" { lines.removeLast() }
        guard lines.count > textLines else { return lines }
        lines = Array(lines.prefix(textLines))
        lines[textLines - 1] = lines[textLines - 1].prefix(textColumns - 1) + "…"
        return lines
    }
}
