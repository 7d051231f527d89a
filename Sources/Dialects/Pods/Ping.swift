package import Facts

/// `ping` of iputils, busybox and inetutils, one or several in one output.
package enum Ping {
    package enum Program: Sendable {
        /// iputils or inetutils, as on a Linux host.
        case linux
        case busybox
        case any
    }

    /// The statistics of each ping, in the order of the output. A ping that was started and has no statistics is unread.
    ///
    /// - Throws: `DialectError`: `unreachable` and `permissionDenied` where ping said so, `incomplete` where it printed a
    ///   title and no statistics, another program's output.
    /// - Source: the seed's three pings (busybox 1.28); `fixtures/pods/ping-*.txt`; iputils `ping_common.c`, busybox
    ///   `ping.c`, inetutils `ping_echo.c` for the words.
    package static func read(_ text: String, program: Program = .any) throws(DialectError) -> Reading<PingResult> {
        let lines = TextLines(text)
        var reader = PingReader()
        for line in lines { reader.read(line) }
        reader.finish()
        switch (program, reader.writer) {
        case (.linux, .busybox): throw .wrongPlatform(expected: "ping of iputils", looksLike: "busybox ping output")
        case (.busybox, .linux): throw .wrongPlatform(expected: "ping of busybox", looksLike: "iputils ping output")
        default: break
        }
        var draft = TableDraft<PingResult>(expected: "the statistics of a ping", own: [.ping])
        draft.rows = reader.results
        draft.unread = reader.unread
        if reader.results.isEmpty {
            if let error = ErrorText.find(in: lines) { throw error }
            if let title = reader.firstTitle { throw .incomplete(expected: draft.expected, saw: String(title.trimmed)) }
        }
        return try draft.finish(lines, form: reader.writer == .busybox ? "text/busybox" : "text")
    }

    /// The statistics of the one ping that was run.
    ///
    /// - Throws: as `read`, and `incomplete` where there is not exactly one.
    package static func readOne(_ text: String) throws(DialectError) -> PingResult {
        let reading = try read(text)
        guard let result = reading.rows.first, reading.rows.count == 1 else {
            throw .incomplete(expected: "the statistics of one ping", saw: "\(reading.rows.count)")
        }
        return result
    }
}

private struct PingReader {
    enum Writer { case linux, busybox, either }

    private(set) var results: [PingResult] = []
    private(set) var unread: [UnreadLine] = []
    private(set) var writer = Writer.either
    private(set) var firstTitle: TextLine?
    /// `PING …` without its statistics so far.
    private var title: TextLine?
    /// From `PING name (address)`.
    private var titleAddress: IPAddress?
    private var destination: IPAddress?
    private var awaits = Awaited.nothing
    /// A statistics or times line that may go on on the next.
    private var broken: TextLine?

    private enum Awaited { case nothing, statistics, times }

    mutating func read(_ line: TextLine) {
        let text = line.trimmed
        if text.isEmpty { return }
        if text.hasPrefix("PING ") { return startPing(line, text) }
        if text.hasPrefix("---"), text.hasSuffix("ping statistics ---") { return startStatistics(line) }
        if let start = broken {
            broken = nil
            let joined = start.text + line.text
            if take(Substring(joined)) || take(Substring(start.text + " " + text)) { return }
            unread.append(start.unread)
        }
        if take(text) { return }
        if text.contains("packets transmitted") || text.contains("min/avg/max") {
            broken = line
        } else if !isReply(text), !SessionNoise.matches(text), ErrorText.classify(text) == nil {
            if awaits == .statistics { broken = line } else { unread.append(line.unread) }
        }
    }

    mutating func finish() {
        if let title { unread.append(title.unread) }
        if let broken { unread.append(broken.unread) }
        title = nil
    }

    private mutating func startPing(_ line: TextLine, _ text: Substring) {
        if let title { unread.append(title.unread) }
        title = line
        firstTitle = firstTitle ?? line
        if text.contains("bytes of data") { writer = .linux }
        titleAddress = PingTitle.address(text)
        awaits = .nothing
    }

    private mutating func startStatistics(_ line: TextLine) {
        let name = line.words.dropFirst().first ?? ""
        destination = PingTitle.address(named: name) ?? titleAddress
        title = title ?? line
        firstTitle = firstTitle ?? line
        awaits = .statistics
    }

    /// Takes a statistics or times line; false when it is none or not whole.
    private mutating func take(_ text: Substring) -> Bool {
        if let result = PingStatistics.read(text, destination: destination ?? titleAddress) {
            if text.contains("received,"), !text.contains("packets received") { writer = .linux }
            results.append(result)
            title = nil
            awaits = .times
            return true
        }
        guard awaits == .times, let times = PingTimes.read(text), !results.isEmpty else { return false }
        if text.hasPrefix("rtt") || text.contains("stddev") { writer = .linux }
        if text.hasPrefix("round-trip min/avg/max =") { writer = .busybox }
        results[results.count - 1].rttMinMs = times.min
        results[results.count - 1].rttAvgMs = times.avg
        results[results.count - 1].rttMaxMs = times.max
        awaits = .nothing
        return true
    }

    private mutating func isReply(_ text: Substring) -> Bool {
        if text.contains(" bytes from ") {
            if text.contains(" seq="), !text.contains("icmp_seq=") { writer = .busybox }
            return true
        }
        // `-f` prints a point for each request, and takes it back for each reply.
        if text.utf8.allSatisfy({ $0 == 0x2e || $0 == 0x45 || $0 == 0x5e || $0 == 0x43 }) { return true }
        // What iputils says in between when it is asked by a signal.
        if text.contains(" packets, "), text.contains("% loss") { return true }
        return [
            "From ", "ping: ", "no answer", "Request timeout", "^C", "Warning: ", "WARNING: pinging broadcast", "PATTERN",
            "pipe ", "ipg/ewma ", ", ipg/ewma ", "command terminated with exit code",
        ].contains { text.hasPrefix($0) }
    }
}
