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

    @Flag(help: "The API enforces RBAC: KUBECONFIG is of a user 'plumbline' who begins with no rights.")
    var rbac = false

    @Flag(help: "At the end, print every right in the cluster that requests have used or lacked, one a line, to stderr.")
    var audit = false

    /// Brings the site up and runs the body. What cannot come up is said in a sentence, with exit status 64 for a site or a
    /// fault that there is not, and 69 for what the machine lacks.
    func run<Result: Sendable>(_ body: @escaping @Sendable (Lab) async throws -> Result) async throws -> Result {
        let named: Site
        let faults = faults
        do {
            named = try SiteLibrary.site(site)
            // Before anything is started: is there what is asked for?
            var state = FabricState(site: named)
            for fault in faults { try FaultCatalogue.plant(fault, in: &state) }
        } catch {
            throw Self.told(error, exit: 64)
        }
        do {
            let log = audit ? AccessLog() : nil
            let access = SiteAccess(enforcesRoles: rbac, log: log)
            let result = try await Lab.run(
                named, access: access,
                prepare: { state in for fault in faults { try FaultCatalogue.plant(fault, in: &state) } }, body)
            if let log { FileHandle.standardError.write(Data(await log.text.utf8)) }
            return result
        } catch let error as LabError {
            // EX_UNAVAILABLE: something that the machine should have.
            throw Self.told(error, exit: 69)
        }
    }

    static func told(_ error: LabError, exit status: Int32) -> ExitCode {
        FileHandle.standardError.write(Data("plumbline-lab: \(error)\n".utf8))
        return ExitCode(status)
    }
}
