internal import ArgumentParser
internal import Dialects
internal import Plans
internal import Scenarios

struct RBACCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rbac",
        abstract: "Prints the least rights that a scenario needs, in the cluster or on its hosts; contacts nothing.",
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

    @Flag(help: "Print the least rights on nodes (sudoers) and switches (login class, role) in place of those in the cluster.")
    var ssh = false

    func run() throws {
        let loaded = try ScenarioFiles.load(file, namespace: namespace, fallbackNamespace: "default")
        if ssh { return Console.out(Self.hosts(loaded.scenario).text) }
        let manifest = RoleManifest(Plan(loaded.scenario), file: file, for: subject)
        Console.out(output == .yaml ? manifest.yaml : manifest.json)
    }
}

extension RBACCommand {
    fileprivate static func hosts(_ scenario: Scenario) -> HostRights {
        HostRights(
            nodes: scenario.nodes.map {
                HostRights.Node(name: $0.name, sudo: $0.sudo, binary: $0.cniBinDir + "/sriov", folder: $0.cniConfDir)
            }, devices: scenario.devices.map { ($0.name, $0.platform) })
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
