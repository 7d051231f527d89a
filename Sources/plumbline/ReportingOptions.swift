internal import ArgumentParser

/// What is written where.
struct ReportingOptions: ParsableArguments {
    @Option(help: "Where each run gets its folder.")
    var reports = "reports"

    @Option(help: "One more copy of the JUnit report, where CI wants it.")
    var junit: String?

    @Option(
        name: [.customShort("o"), .long], help: "What stdout gets: text, short, json, ndjson or quiet. stderr has the story.")
    var output: OutputFormat = .text
}
