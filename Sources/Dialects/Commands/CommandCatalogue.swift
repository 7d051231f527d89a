/// One kind of command that can be sent, with placeholders in capitals for what is filled in.
package struct CommandForm: Hashable, Sendable {
    package let host: DeviceCommand.Host
    /// Nodes and pods: `linux`. Devices: the platform.
    package let platform: String
    /// `ip -j link show dev PF`
    package let text: String
    /// True when it is also sent as root, with `sudo -n` in front, after the plain form was refused.
    package let mayUseSudo: Bool
    package let purpose: String
    package let sideEffects: String
}

/// Everything that Plumbline can send to a node, a pod or a device.
package enum CommandCatalogue {
    package static let all: [CommandForm] = NodeCommands.forms + PodCommands.forms + SwitchCommandForms.all
}
