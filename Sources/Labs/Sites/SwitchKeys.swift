internal import Documents
internal import Facts

/// The keys of one entry of `switches`.
enum SwitchKeys {
    static let name = Key("name", Form.device, required: true, "The switch's name.")
    static let platform = Key("platform", Form.platform, required: true, "What it speaks.")
    static let model = Key("model", Form.words, default: "ex4200-48t", "Its model.")
    static let version = Key("version", Form.words, default: "15.1R7.9", "Its software's version.")
    static let aging = Key("macAging", Form.duration(), default: "5m", "After how long an unseen MAC is forgotten.")
    static let exec = Key(
        "exec", Form.boolean, default: "true", "Whether it takes commands on exec channels; false: in a shell with a pager only.")
    static let mac = Key("mac", Form.mac, "The chassis' own MAC; left out: made of the name.")
    static let ports = Key("ports", .list(of: SitePortKeys.form), required: true, "Its ports.")
    static let vlans = Key("vlans", .list(of: SiteVLANKeys.form), required: true, "Its VLANs.")

    static let shape = Shape(
        "switch", "a switch",
        [
            name.description, platform.description, model.description, version.description, aging.description,
            exec.description, mac.description, ports.description, vlans.description,
        ])
    static let form = Form<SiteSwitch>.record(shape) { fields in
        var device = SiteSwitch(
            name: fields[name] ?? "", platform: fields[platform] ?? .junos, model: fields[model] ?? "ex4200-48t",
            version: fields[version] ?? "15.1R7.9", ports: fields[ports] ?? [], vlans: fields[vlans] ?? [],
            macAging: fields[aging] ?? .seconds(300), mac: fields[mac])
        device.takesExec = fields[exec] ?? true
        return device
    }
}

enum SitePortKeys {
    static let name = Key("name", Form.words, required: true, "The port as the switch writes it, without unit.")
    static let tagged = Key("tagged", .list(of: .tag), "Tags of the VLANs that it carries tagged.")
    static let untagged = Key("untagged", Form.tag, "The VLAN of untagged frames; left out: they are dropped.")
    static let peer = Key("peer", SiteCableKeys.form, "The port of another switch at the other end.")
    static let members = Key("members", .list(of: .words), "The ports that it aggregates by LACP; VLANs are the aggregate's.")
    static let shared = Key(
        "shared", SiteCableKeys.form, "The aggregate of another switch that forms one with this (MLAG, vPC, ESI).")
    static let shape = Shape(
        "port", "a port",
        [
            name.description, tagged.description, untagged.description, peer.description, members.description,
            shared.description,
        ])
    static let form = Form<SitePort>.record(shape) { fields in
        SitePort(
            name: fields[name] ?? "", tagged: fields[tagged] ?? [], untagged: fields[untagged], peer: fields[peer],
            members: fields[members] ?? [], shared: fields[shared])
    }
}

enum SiteVLANKeys {
    static let name = Key("name", Form.words, required: true, "The VLAN's name on the switch.")
    static let tag = Key("tag", Form.tag, required: true, "Its tag.")
    static let gateway = Key("gateway", SiteGatewayKeys.form, "The switch's own interface in it.")
    static let shape = Shape("vlan", "a VLAN", [name.description, tag.description, gateway.description])
    static let form = Form<SiteVLAN>.record(shape) { fields in
        guard let tag = fields[tag] else { return nil }
        return SiteVLAN(name: fields[name] ?? "", tag: tag, gateway: fields[gateway])
    }
}

enum SiteGatewayKeys {
    static let interface = Key("interface", Form.words, required: true, "The interface's name: vlan.201.")
    static let address = Key("address", Form.addressWithLength, required: true, "Its address.")
    static let mac = Key("mac", Form.mac, required: true, "Its MAC address.")
    static let shape = Shape("gateway", "a gateway", [interface.description, address.description, mac.description])
    static let form = Form<SiteGateway>.record(shape) { fields in
        guard let address = fields[address], let mac = fields[mac] else { return nil }
        return SiteGateway(interface: fields[interface] ?? "", address: address, mac: mac)
    }
}
