internal import ArgumentParser
internal import Plans
internal import Verdicts

struct ObserveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "observe", abstract: "Judges pods that already run; creates and deletes nothing.")

    @Argument(help: "Scenario files.")
    var files: [String]
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var reporting: ReportingOptions
    @Option(help: "Checks to run, as in run-scenario.")
    var only: String?
    @Option(help: "The deadline in place of the scenario's, such as 5m.")
    var timeout: DurationArgument?

    func run() async throws {
        let session = RunSession(
            mode: .observe, connection: connection, reporting: reporting, only: only, failsFast: false, keeps: false,
            timeout: timeout?.duration)
        throw ExitCode(try await session.run(files).rawValue)
    }
}
