internal import Documents
internal import Facts

/// The keys of one entry of `spec.networks`.
enum NetworkKeys {
    static let name = Key(
        "name", Form.objectName, "The NAD's name. With 'manifest': which NAD of the file, where it holds several.")
    static let namespace = Key("namespace", Form.label, "The NAD's namespace; else the scenario's.")
    static let existing = Key(
        "existing", .boolean, default: "false",
        "True: the NAD is there already; it is read, and never created, changed or deleted.")
    static let manifest = Key("manifest", Form.file, "A file with the NAD; what is expected is derived from it.")
    static let resource = Key("resource", Form.resource, "The extended resource that stands for the network's VFs.")
    static let vlan = Key(
        "vlan", .integer("a VLAN ID (1 to 4094, or 0 to take the tag off)", 0...4094),
        "The VF's tag. 0 takes the tag off; left out, the VF keeps what it has.")
    static let qos = Key("qos", .integer("a priority (0 to 7)", 0...7), "The tag's priority; needs a VLAN.")
    static let vlanProtocol = Key(
        "vlanProtocol", Form<VLANProtocol>.choice("a tag protocol"), "The tag's protocol; needs a VLAN.")
    static let spoofCheck = Key("spoofCheck", .boolean, "Left out, the VF keeps what it has.")
    static let trust = Key("trust", .boolean, "Left out, the VF keeps what it has.")
    static let linkState = Key("linkState", Form<LinkStateSetting>.choice("a link state"), "Left out, the VF keeps what it has.")
    static let minTxRate = Key("minTxRate", .integer("a rate in Mbit/s (0 for none)", 0...1_000_000), "Mbit/s; 0 for no limit.")
    static let maxTxRate = Key("maxTxRate", .integer("a rate in Mbit/s (0 for none)", 0...1_000_000), "Mbit/s; 0 for no limit.")
    static let mac = Key("mac", Form.stationMAC, "A MAC that the NAD sets; only for networks with one pod.")
    static let subnet = Key("subnet", Form.subnet, "The pods' addresses are in it.")
    static let gateway = Key("gateway", GatewayKeys.form, "The subnet's router.")
    static let switchVLAN = Key(
        "switchVLAN", Form.vlanName, "What the switches call the VLAN; else it is looked up by its number.")

    static let shape = Shape(
        "network", "a network",
        [
            name.description, namespace.description, existing.description, manifest.description, resource.description,
            vlan.description, qos.description, vlanProtocol.description, spoofCheck.description, trust.description,
            linkState.description, minTxRate.description, maxTxRate.description, mac.description, subnet.description,
            gateway.description, switchVLAN.description,
        ])

    /// What a NAD says itself; not to be typed a second time beside a manifest.
    static let derived: Set<String> = [
        resource.name, vlan.name, qos.name, vlanProtocol.name, spoofCheck.name, trust.name, linkState.name, minTxRate.name,
        maxTxRate.name, mac.name, subnet.name,
    ]
}

/// The keys of `gateway` of a network.
enum GatewayKeys {
    enum Readability: String, Sendable, CaseIterable { case readable, none }

    static let address = Key("address", Form.address, required: true, "The router's address, which pods ping.")
    static let device = Key(
        "device", Form.deviceName, "The device that has this address and the ARP table, by its name under spec.devices.")
    static let interface = Key("interface", Form.deviceInterface, "The device's interface with the address, such as vlan.201.")
    static let arp = Key(
        "arp", Form<Readability>.choice("'readable' or 'none'"), default: "readable",
        "'none': no ARP table can be read, and none is asked for.")

    static let shape = Shape(
        "gateway", "a gateway", [address.description, device.description, interface.description, arp.description])

    static let form = Form<GatewayExpectation>.record(shape) { fields in
        let ledger = fields.ledger
        let device = fields[device]
        let interface = fields[interface]
        var source = ARPSource.none
        if fields[arp] == Readability.none {
            if fields.has(GatewayKeys.device) || fields.has(GatewayKeys.interface) {
                ledger.report(
                    "contradiction", at: fields.keyMark(arp),
                    "'arp: none' says that no ARP table is read, yet a device is named for it",
                    suggestion: "keep one of them")
            }
        } else if let device {
            source = .device(device, interface: interface)
        } else if !fields.has(GatewayKeys.device) {
            ledger.report(
                "missing-key", at: fields.node.mark,
                "a gateway needs 'device': the device that has the address and its ARP table",
                suggestion: "if no ARP table can be read, write 'arp: none'")
        }
        return fields[address].map { GatewayExpectation(address: $0, arp: source, places: Places(fields)) }
    }
}
