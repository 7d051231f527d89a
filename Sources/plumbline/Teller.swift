internal import Facts
internal import Reports
internal import Verdicts

/// Tells a run's events as they come, in their order: the story on stderr, NDJSON on stdout where that is asked for.
struct Teller: Sendable {
    private let format: OutputFormat
    private let now: @Sendable () -> Timestamp
    private let events: AsyncStream<(RunEvent, Timestamp)>
    private let continuation: AsyncStream<(RunEvent, Timestamp)>.Continuation

    init(format: OutputFormat, now: @escaping @Sendable () -> Timestamp) {
        self.format = format
        self.now = now
        (events, continuation) = AsyncStream.makeStream()
    }

    func tell(_ event: RunEvent) { continuation.yield((event, now())) }
    func finish() { continuation.finish() }

    /// Returns when `finish` was called and everything is told.
    func listen() async {
        let style = Console.style(isError: true)
        var story = TerminalStory(style: style)
        // A clock in front of each line where nobody watches the lines appear.
        let isWatched = style.widthColumns != nil
        for await (event, time) in events {
            if format == .ndjson { Console.out(EventLines.line(for: event, at: time) + "\n") }
            for line in story.lines(for: event, at: isWatched ? nil : time) { Console.err(line + "\n") }
        }
    }
}
