internal import Facts

/// The file of one exchange: a head that people read, then the bytes as they came. The head counts the bytes, so that they are
/// found again exactly, whatever is in them.
///
///     # evidence 7: worker1: VF table of eno2
///     # kind: vf-table
///     # source: node worker1
///     # moment: plumbed, attempt 1
///     # sent: ip -d link show dev eno2
///     # transport: an exec channel of libssh2
///     # started: 2026-11-24T06:30:02.118Z
///     # ended: 2026-11-24T06:30:02.131Z
///     # outcome: exit 0
///     # redacted: 0
///     # stdout: 1204 bytes
///     # stderr: 0 bytes
///     (an empty line, stdout, and, if there is any, a line that says so and stderr)
struct EvidenceDocument {
    var id: EvidenceID
    var capture: Capture
    /// How many secrets were taken out of it.
    var redacted: Int

    private static let errorHead = Array("\n# stderr\n".utf8)

    var bytes: [UInt8] {
        let exchange = capture.exchange
        var head = "# \(id): \(line("\(exchange.source): \(capture.what)"))\n"
        var fields: [(String, String)] = [("kind", capture.kind), ("source", Self.text(exchange.source))]
        if let moment = capture.moment { fields.append(("moment", "\(moment.rawValue), attempt \(capture.attempt)")) }
        fields.append(("sent", exchange.sent))
        if let transport = exchange.transport { fields.append(("transport", transport)) }
        fields += [
            ("started", exchange.started.description), ("ended", exchange.ended.description),
            ("outcome", exchange.outcome.text), ("redacted", String(redacted)),
            ("stdout", "\(exchange.output.count) bytes"), ("stderr", "\(exchange.errorOutput.count) bytes"),
        ]
        for (name, value) in fields { head += "# \(name): \(line(value))\n" }
        let tail = exchange.errorOutput.isEmpty ? [] : Self.errorHead + exchange.errorOutput
        return Array((head + "\n").utf8) + exchange.output + tail
    }

    /// A field is one line; a command of several lines is shown with `\n` for its line feeds.
    private func line(_ text: String) -> String {
        text.contains(where: \.isNewline) ? text.split(whereSeparator: \.isNewline).joined(separator: "\\n") : text
    }

    private static func text(_ source: FactSource) -> String {
        switch source {
        case .cluster: "cluster"
        case .node(let name): "node \(name)"
        case .pod(let reference): "pod \(reference)"
        case .device(let name): "device \(name)"
        }
    }
}

extension EvidenceDocument {
    /// Reads a file of `evidence/` back.
    ///
    /// - Throws: `ArchiveError` naming the field that is not there or does not fit, and when bytes are missing or left over.
    init(_ bytes: [UInt8], path: String) throws(ArchiveError) {
        var fields = EvidenceHead(bytes, path: path)
        id = try fields.id()
        var exchange = Exchange(
            source: try fields.parsed("source", Self.source), sent: try fields.text("sent"),
            started: try fields.parsed("started") { Timestamp($0) }, ended: try fields.parsed("ended") { Timestamp($0) },
            outcome: try fields.parsed("outcome", Self.outcome), output: [])
        if fields.has("transport") { exchange.transport = try fields.text("transport") }
        let (moment, attempt) = fields.has("moment") ? try fields.parsed("moment", Self.moment) : (nil, 0)
        redacted = try fields.parsed("redacted") { Int($0) }
        let stdout = try fields.parsed("stdout", Self.byteCount)
        let stderr = try fields.parsed("stderr", Self.byteCount)
        exchange.output = try fields.takeBody(stdout)
        if stderr > 0 {
            let head = try fields.takeBody(Self.errorHead.count)
            guard head == Self.errorHead else { throw fields.mismatch("'# stderr' after \(stdout) bytes of stdout") }
            exchange.errorOutput = try fields.takeBody(stderr)
        }
        try fields.expectEnd()
        capture = Capture(exchange, kind: try fields.text("kind"), what: fields.what, moment: moment, attempt: attempt)
    }

    private static func byteCount(_ text: String) -> Int? {
        guard text.hasSuffix(" bytes"), let count = Int(text.dropLast(6)), count >= 0 else { return nil }
        return count
    }

    private static func source(_ text: String) -> FactSource? {
        if text == "cluster" { return .cluster }
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return nil }
        switch words[0] {
        case "node": return .node(NodeName(words[1]))
        case "device": return .device(DeviceName(words[1]))
        case "pod":
            let parts = words[1].split(separator: "/").map(String.init)
            return parts.count == 2 ? .pod(PodReference(namespace: parts[0], name: parts[1])) : nil
        default: return nil
        }
    }

    private static func moment(_ text: String) -> (Moment?, Int)? {
        let parts = text.split(separator: ",", maxSplits: 1).map(String.init)
        guard parts.count == 2, let moment = Moment(rawValue: parts[0]), parts[1].hasPrefix(" attempt "),
            let attempt = Int(parts[1].dropFirst(9))
        else { return nil }
        return (moment, attempt)
    }

    /// The reverse of `Exchange.Outcome.text`.
    private static func outcome(_ text: String) -> Exchange.Outcome? {
        if text.hasPrefix("exit ") { return Int(text.dropFirst(5)).map(Exchange.Outcome.exit) }
        if text.hasPrefix("signal ") { return .signal(String(text.dropFirst(7))) }
        if text.hasPrefix("HTTP ") { return Int(text.dropFirst(5)).map(Exchange.Outcome.status) }
        if text.hasPrefix("no answer: ") { return .broken(String(text.dropFirst(11))) }
        return text == "ended without a status" ? .unstated : nil
    }
}
