internal import Documents
internal import Facts

/// The keys of one entry of `spec.nodes`; `spec.nodeDefaults` takes the same.
enum NodeKeys {
    static let name = Key("name", Form.nodeName, required: true, "The node's name in the cluster.")
    static let sshHost = Key("sshHost", Form.sshHost, "What is handed to ssh; else the node's name.")
    static let sudo = Key("sudo", .boolean, default: "false", "Whether reads that need root are sent with 'sudo -n'.")
    static let pf = Key("pf", Form.linuxInterface, required: true, "The physical function's interface, whose VFs the pods get.")
    static let vfs = Key("vfs", .integer("a number of VFs (1 to 256)", 1...256), "How many VFs the PF has to have.")
    static let vf = Key("vf", VFKeys.form, "What every VF of the PF has to be, as lspci names it.")
    static let uplink = Key(
        "uplink", .oneOrMore(PortKeys.form), "The switch port that the PF is cabled to; a list for a port shared by two switches."
    )
    static let cniBinDir = Key("cniBinDir", Form.folder, default: "/opt/cni/bin", "Where the node's CNI binaries are.")
    static let cniConfDir = Key("cniConfDir", Form.folder, default: "/etc/cni/net.d", "Where the node's CNI configurations are.")

    private static let common = [
        sshHost.description, sudo.description, pf.description, vfs.description, vf.description, uplink.description,
        cniBinDir.description, cniConfDir.description,
    ]
    static let shape = Shape("node", "a node", [name.description] + common)
    /// The defaults need nothing and name nobody.
    static let defaultsShape = Shape("nodeDefaults", "the node defaults", common.map(\.optional))

    static let form = Form<NodeExpectation>.record(shape, expectation)

    static func expectation(_ fields: Fields) -> NodeExpectation {
        NodeExpectation(
            name: fields[name] ?? "", sshHost: fields[sshHost], sudo: fields[sudo] ?? false, pf: fields[pf] ?? "",
            vfCount: fields[vfs], vf: fields[vf] ?? VFIdentity(), uplinks: fields[uplink] ?? [],
            cniBinDir: fields[cniBinDir] ?? "/opt/cni/bin", cniConfDir: fields[cniConfDir] ?? "/etc/cni/net.d",
            places: Places(fields))
    }
}

/// The keys of `vf` of a node.
enum VFKeys {
    static let vendor = Key("vendor", Form.hexID, "PCI vendor id, four hexadecimal digits.")
    static let device = Key("device", Form.hexID, "PCI device id, four hexadecimal digits.")
    static let driver = Key("driver", Form.driver, "The kernel driver while no pod has the VF.")

    static let shape = Shape("vf", "a VF's identity", [vendor.description, device.description, driver.description])
    static let form = Form<VFIdentity>.record(shape) { fields in
        VFIdentity(vendor: fields[vendor], device: fields[device], driver: fields[driver])
    }
}

/// The keys of `uplink` of a node.
enum PortKeys {
    static let device = Key("device", Form.deviceName, required: true, "The switch, by its name under spec.devices.")
    static let port = Key(
        "port", Form.deviceInterface, required: true, "The port or aggregate as the device writes it, without a unit.")

    static let shape = Shape("uplink", "an uplink", [device.description, port.description])
    static let form = Form<SwitchPort>.record(shape) { fields in
        SwitchPort(device: fields[device] ?? "", interface: fields[port] ?? "", places: Places(fields))
    }
}
