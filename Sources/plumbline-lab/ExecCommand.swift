internal import ArgumentParser
internal import Foundation
internal import Labs

struct ExecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Runs a command against a site that is up as long as the command runs.",
        discussion: """
            KUBECONFIG and PLUMBLINE_SSH_CONFIG are set, the first `ssh` on PATH reaches the site's hosts by name, and
            PLUMBLINE_LAB_SCENARIO is the path of a scenario that fits the site.
            PLUMBLINE_LAB_ADMIN_KUBECONFIG is of a user who may do everything, also with --rbac.
            The exit status is the command's.
            """
    )

    @OptionGroup var site: SiteOptions

    @Flag(help: "At the end, print how long the site kept callers waiting beside the command's wall time.")
    var timing = false

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String] = []

    func validate() throws {
        if command.isEmpty { throw ValidationError("Say what to run, after '--'.") }
    }

    func run() async throws {
        let signals = SignalStream([SIGINT, SIGTERM])
        let arguments = command
        let prints = timing
        let status = try await site.run { lab in
            let process = SiteCommand()
            let environment = try lab.environment()
            await lab.ledger.reset()
            let clock = ContinuousClock()
            let start = clock.now
            let status = try await withThrowingTaskGroup(of: Int32?.self) { group in
                group.addTask { try await process.run(arguments, environment: environment) }
                group.addTask {
                    for await signal in signals.stream { await process.send(signal) }
                    return nil
                }
                let status = try await group.next() ?? nil
                group.cancelAll()
                return status ?? 0
            }
            if prints { TimingReport.print(wall: start.duration(to: clock.now), site: await lab.waits()) }
            return status
        }
        throw ExitCode(status)
    }
}
