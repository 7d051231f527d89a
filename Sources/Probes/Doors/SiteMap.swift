package import Facts

/// How the systems of a scenario are reached: names for ssh, platforms, privileges.
package struct SiteMap: Sendable {
    package struct NodeRoute: Hashable, Sendable {
        /// What is handed to ssh.
        package var sshHost: String
        /// Commands that need root are sent with `sudo -n`.
        package var sudo: Bool
        package init(sshHost: String, sudo: Bool) {
            self.sshHost = sshHost
            self.sudo = sudo
        }
    }

    package struct DeviceRoute: Hashable, Sendable {
        package var sshHost: String
        package var platform: Platform
        package init(sshHost: String, platform: Platform) {
            self.sshHost = sshHost
            self.platform = platform
        }
    }

    package var nodes: [NodeName: NodeRoute]
    package var devices: [DeviceName: DeviceRoute]
    /// Pods to which the run may add an ephemeral container, where their image lacks a program.
    package var helpers: [PodReference: HelperContainer] = [:]
    /// For one command or one API call.
    package var commandDeadline: Duration

    package init(nodes: [NodeName: NodeRoute], devices: [DeviceName: DeviceRoute], commandDeadline: Duration = .seconds(30)) {
        self.nodes = nodes
        self.devices = devices
        self.commandDeadline = commandDeadline
    }
}
