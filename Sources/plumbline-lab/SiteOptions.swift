internal import ArgumentParser
internal import Labs

/// Which site, and what is wrong with it.
struct SiteOptions: ParsableArguments {
    @Argument(help: "A site's name ('plumbline-lab list sites') or the path of its file.")
    var site: String

    /// Brings the site up and runs the body.
    func run<Result: Sendable>(_ body: @escaping @Sendable (Lab) async throws -> Result) async throws -> Result {
        try await Lab.run(SiteLibrary.site(site), body)
    }
}
