internal import ArgumentParser
internal import Plans
internal import Verdicts

struct RunScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run-scenario",
        abstract: "Deploys a scenario's pods, proves the chain from the API to the switch port, and cleans up.",
        discussion: """
            Exit codes: 0 every selected check passed; 1 a check failed; 3 none failed, but something could not be looked at; \
            4 nothing was selected; 5 passed, but objects are left in the cluster; 64 usage or invalid scenario; \
            70 a defect of Plumbline; 124 the scenario's deadline passed; 130 and 143 interrupted.
            """,
        aliases: ["run"]
    )

    @Argument(help: "Scenario files.")
    var files: [String]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var reporting: ReportingOptions

    @Option(help: "Checks to run: ids with *, each with an optional @subject, separated by commas: 'switch.*,vf.vlan@worker2'.")
    var only: String?

    @Flag(help: "After a failure begin nothing further.")
    var failFast = false

    @Flag(help: "Leave what was created in the cluster.")
    var keep = false

    @Option(help: "The deadline in place of the scenario's, such as 5m; clean-up has its own time.")
    var timeout: DurationArgument?

    func validate() throws { if files.isEmpty { throw ValidationError("Name at least one scenario file.") } }

    func run() async throws {
        let session = RunSession(
            mode: .run, connection: connection, reporting: reporting, only: only, failsFast: failFast, keeps: keep,
            timeout: timeout?.duration)
        throw ExitCode(try await session.run(files).rawValue)
    }
}
