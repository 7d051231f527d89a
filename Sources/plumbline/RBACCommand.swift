internal import ArgumentParser
internal import Plans
internal import Scenarios

struct RBACCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rbac", abstract: "Prints the least rights that a scenario needs in the cluster; contacts nothing.",
        discussion: """
            The output is for 'kubectl apply -f -'. Without --subject it has the roles alone, and whoever applies it binds them.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// With a comment for each rule that says what needs it.
        case yaml
        case json
    }

    @Argument(help: "A scenario file.")
    var file: String

    @Option(help: "Whom to bind the roles to: user:NAME, group:NAME or serviceaccount:NAMESPACE/NAME.")
    var subject: RoleManifest.Grantee?

    @Option(name: [.customShort("n"), .long], help: "The namespace of objects that name none.")
    var namespace: String?

    @Option(name: [.customShort("o"), .long], help: "What stdout gets: yaml, with comments, or json.")
    var output: Format = .yaml

    func run() throws {
        let loaded = try ScenarioFiles.load(file, namespace: namespace, fallbackNamespace: "default")
        let manifest = RoleManifest(Plan(loaded.scenario), file: file, for: subject)
        Console.out(output == .yaml ? manifest.yaml : manifest.json)
    }
}

extension RoleManifest.Grantee: ExpressibleByArgument {
    package init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "user": self = .user(parts[1])
        case "group": self = .group(parts[1])
        case "serviceaccount":
            let names = parts[1].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard names.count == 2, !names.contains("") else { return nil }
            self = .serviceAccount(namespace: names[0], name: names[1])
        default: return nil
        }
    }
}
