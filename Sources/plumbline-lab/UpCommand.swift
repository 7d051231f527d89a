internal import ArgumentParser
internal import Foundation
internal import Labs

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Brings a site up, prints how to reach it, and keeps it up until interrupted."
    )

    @OptionGroup var site: SiteOptions

    func run() async throws {
        let signals = SignalStream([SIGINT, SIGTERM])
        try await site.run { lab in
            let environment = try lab.environment()
            let lines = environment.keys.sorted().map { "export \($0)='\(environment[$0] ?? "")'\n" }
            let hosts = lab.hosts.joined(separator: ", ")
            let text = lines.joined() + "# site \(lab.site.name) is up; ssh reaches \(hosts); Ctrl-C takes it down\n"
            FileHandle.standardOutput.write(Data(text.utf8))
            for await _ in signals.stream { break }
        }
    }
}
