internal import Facts

/// One kind of command that can be sent, with placeholders in capitals for what is filled in.
package struct CommandForm: Hashable, Sendable {
    package let host: DeviceCommand.Host
    /// Nodes and pods: `linux`. Devices: the platform.
    package let platform: String
    /// `ip -j link show dev PF`
    package let text: String
    /// The same as root, sent in its place where the scenario says `sudo: true` of the node; nil where root adds nothing.
    package let privilegedText: String?
    package let purpose: String
    package let sideEffects: String

    init(_ command: DeviceCommand, platform: String = "linux") {
        host = command.host
        self.platform = platform
        text = command.text
        privilegedText = command.privilegedText
        purpose = command.purpose
        sideEffects = command.sideEffects
    }
}

/// Everything that Plumbline can send to a node, a pod or a device.
package enum CommandCatalogue {
    /// In the order in which they are shown. `PF`, `/PATH`, `IF`, `192.0.2.1` stand for what is filled in.
    package static let all: [CommandForm] =
        (listed(nodes) + listed(pods)).map { CommandForm($0) } + SwitchCommandForms.all

    /// The placeholders are words that every command takes, which a test holds: a list is never cut short.
    private static func listed(_ commands: () throws -> [DeviceCommand]) -> [DeviceCommand] {
        do { return try commands() } catch { return [] }
    }

    static func nodes() throws -> [DeviceCommand] {
        let pf = InterfaceName("PF")
        let path = "/PATH"
        return [
            NodeCommands.kernelCommandLine, NodeCommands.iommuGroups, NodeCommands.kernelAndMachine, NodeCommands.kernelLog,
            try NodeCommands.physicalFunctionFiles(pf), try NodeCommands.physicalFunctionLinks(pf),
            try NodeCommands.linkJSON(pf), try NodeCommands.linkText(pf), NodeCommands.linksJSON, NodeCommands.linksText,
            try NodeCommands.vfLinks(pf),
            try NodeCommands.vfFiles(pf), NodeCommands.pciDevices, NodeCommands.networkHardware,
            try NodeCommands.cniConfiguration(path), try NodeCommands.cniBinary(path), try NodeCommands.cniBinaryHeader(path),
            try NodeCommands.cniVersion(path), NodeCommands.kubeletCheckpoint,
        ]
    }

    static func pods() throws -> [DeviceCommand] {
        let interface = InterfaceName("IF")
        var commands = [
            PodCommands.addresses, PodCommands.interfaceFile, PodCommands.routeFile, PodCommands.addressFile,
            PodCommands.address6File, try PodCommands.interfaceAttributes(interface), try PodCommands.deviceLink(interface),
            try PodCommands.deviceEvent(interface), try PodCommands.environment(ResourceName("RESOURCE")),
            PodCommands.neighbours, PodCommands.neighbourList,
        ]
        if let destination = IPAddress("192.0.2.1") {
            commands.append(try PodCommands.ping(destination, out: interface, count: 3))
        }
        return commands
    }
}
