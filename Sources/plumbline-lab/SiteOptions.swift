internal import ArgumentParser
internal import Foundation
internal import Labs

/// Which site, and what is wrong with it.
struct SiteOptions: ParsableArguments {
    @Argument(help: "A site's name ('plumbline-lab list sites'), the path of its file, or 'drawn:NUMBER'.")
    var site: String

    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp(
            "Plants a fault before the site comes up; may be repeated ('plumbline-lab list faults').", valueName: "name[@place]"))
    var faults: [String] = []

    /// Brings the site up and runs the body. What cannot come up is said in a sentence, with exit status 64 for what the caller
    /// can mend.
    func run<Result: Sendable>(_ body: @escaping @Sendable (Lab) async throws -> Result) async throws -> Result {
        do {
            let chosen = try SiteLibrary.site(site)
            var state = FabricState(site: chosen)
            for fault in faults { try FaultCatalogue.plant(fault, in: &state) }
            let planted = state
            return try await Lab.run(chosen, prepare: { $0 = planted }, body)
        } catch let error as LabError {
            FileHandle.standardError.write(Data("plumbline-lab: \(error)\n".utf8))
            throw ExitCode(64)
        }
    }
}
