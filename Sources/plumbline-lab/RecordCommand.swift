internal import ArgumentParser
internal import Labs

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Writes what the kernels of an emulated site say, one file a command, as recordings for tests.",
        discussion: """
            Every worker gets a pod on a VF, the pods ping the gateway, then the commands run. `ip` and `bridge` of other Debian \
            releases run on the same kernels, their outputs in a folder named by the release. A README says what is from where.
            """
    )

    @Option(help: "The site's name or the path of its file.")
    var site = "fixtures/sites/igb.yaml"

    @Option(
        name: .customLong("iproute2"),
        help: ArgumentHelp("A Debian release whose iproute2 is tried too; repeatable.", valueName: "release"))
    var releases: [String] = []

    @Argument(help: "The folder to write into.")
    var folder: String

    func run() async throws {
        let named: Site
        do { named = try SiteLibrary.site(site) } catch { throw SiteOptions.told(error, exit: 64) }
        let (folder, releases) = (folder, releases)
        do {
            try await Lab.run(named) { lab in try await Recordings(lab).write(to: folder, releases: releases) }
        } catch let error as LabError {
            throw SiteOptions.told(error, exit: 69)
        }
    }
}
