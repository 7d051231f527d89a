internal import ArgumentParser

struct Plumbline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plumbline",
        abstract: "Proves that every SR-IOV pod has its virtual function, its VLAN and its way through the switch.",
        version: Plumbline.toolVersion,
        subcommands: [
            RunScenarioCommand.self,
            PreflightCommand.self,
            ObserveCommand.self,
            ValidateCommand.self,
            PlanCommand.self,
            RBACCommand.self,
            ShowCommand.self,
            CleanupCommand.self,
            ParseCommand.self,
            ListCommand.self,
            SchemaCommand.self,
        ]
    )

    static let toolVersion = "0.1.0"
}
