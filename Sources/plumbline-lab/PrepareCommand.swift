internal import ArgumentParser
internal import Foundation
internal import Labs

struct PrepareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Sees to it that this machine can bring a site up, and says so.",
        discussion: """
            An emulated site needs QEMU, a kernel and guests' programs, which are fetched from Debian's packages into the user's \
            cache the first time (PLUMBLINE_CACHE names another folder). Exit status 69: something cannot be had, which is said.
            """
    )

    @Argument(help: "A site's name, the path of its file, or 'drawn:NUMBER'.")
    var site: String

    func run() async throws {
        let named: Site
        do { named = try SiteLibrary.site(site) } catch { throw SiteOptions.told(error, exit: 64) }
        do {
            FileHandle.standardOutput.write(Data("site \(named.name) can be brought up: \(try await Lab.prepare(named))\n".utf8))
        } catch let error as LabError {
            throw SiteOptions.told(error, exit: 69)
        }
    }
}
