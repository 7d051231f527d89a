package import Facts

/// A worker whose VFs pods are to get.
package struct NodeExpectation: Hashable, Sendable {
    package var name: NodeName
    /// What is handed to ssh; nil: the node's name, and where ssh does not know that, its InternalIP.
    package var sshHost: String?
    /// True: commands that need root are sent with `sudo -n`. Default false.
    package var sudo: Bool
    package var pf: InterfaceName
    /// How many VFs the PF is to have; nil: whatever `sriov_numvfs` says, and at least what the pods ask for.
    package var vfCount: Int?
    package var vf: VFIdentity
    /// The switch ports that the PF is cabled to: none when it was not said, two for a pair that shares a port (MLAG, ESI).
    package var uplinks: [SwitchPort]
    /// Where the kubelet looks for CNI binaries. Default `/opt/cni/bin`.
    package var cniBinDir: String
    /// Where it looks for CNI configurations. Default `/etc/cni/net.d`.
    package var cniConfDir: String
    /// Keys: `name`, `sshHost`, `sudo`, `pf`, `vfs`, `vf`, `uplink`, `cniBinDir`, `cniConfDir`.
    package var places: Places

    /// The only or first uplink.
    package var uplink: SwitchPort? { uplinks.first }
}

/// What every VF of a PF is to be; nil where the scenario does not say it.
package struct VFIdentity: Hashable, Sendable {
    /// Four hexadecimal digits in lower case, without `0x`: `8086`.
    package var vendor: String?
    /// Likewise: `1515`.
    package var device: String?
    /// The kernel driver while no pod has the VF: `ixgbevf`.
    package var driver: String?

    package init(vendor: String? = nil, device: String? = nil, driver: String? = nil) {
        self.vendor = vendor
        self.device = device
        self.driver = driver
    }
}

/// A port of a switch, or an aggregate of ports.
package struct SwitchPort: Hashable, Sendable, CustomStringConvertible {
    package var device: DeviceName
    /// As the device writes it (`ge-0/0/9`, `Ethernet5`, `ae0`), without a unit.
    package var interface: InterfaceName
    /// Keys: `device`, `port`.
    package var places: Places

    package var description: String { "\(device) \(interface)" }
}
