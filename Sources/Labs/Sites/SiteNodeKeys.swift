internal import Documents
internal import Facts

/// The keys of one entry of `nodes`.
enum SiteNodeKeys {
    static let name = Key("name", Form.node, required: true, "The node's name.")
    static let address = Key("address", Form.plainAddress, required: true, "Its InternalIP.")
    static let cpus = Key("cpus", .integer("a number of CPUs", 1...4096), default: "24", "Its CPUs.")
    static let memory = Key("memoryKiB", .integer("kibibytes", 1...Int.max), "Allocatable memory.")
    static let storage = Key("ephemeralStorageBytes", .integer("bytes", 1...Int.max), "Allocatable ephemeral storage.")
    static let kernel = Key("kernel", Form.words, "uname -r.")
    static let image = Key("osImage", Form.words, "The operating system's name.")
    static let machine = Key("machine", Form.choice("a machine", ["x86_64", "aarch64"]) { $0 }, default: "x86_64", "uname -m.")
    static let commandLine = Key("commandLine", Form.words, "/proc/cmdline.")
    static let nics = Key("nics", .list(of: NICKeys.form, identity: "name"), "Ports of network cards.")
    static let virtual = Key("virtualInterfaces", .list(of: .words), "Interfaces without a PCI function.")
    static let lldp = Key("lldp", .boolean, default: "false", "Whether lldpd runs on it, so that switches hear of it.")
    static let attachment = Key("attachment", AttachmentKeys.form, "The VF that is given out first, and the pod's address.")
    static let podInterface = Key("podInterface", PodInterfaceKeys.form, required: true, "eth0 of the node's first pod.")

    static let shape = Shape(
        "node", "a node",
        [
            name.description, address.description, cpus.description, memory.description, storage.description,
            kernel.description, image.description, machine.description, commandLine.description, nics.description,
            virtual.description, lldp.description, attachment.description, podInterface.description,
        ])
    static let form = Form<SiteNode>.record(shape) { fields in
        guard let address = fields[address], let podInterface = fields[podInterface] else { return nil }
        var node = SiteNode(name: fields[name] ?? "", address: address, nics: fields[nics] ?? [], podInterface: podInterface)
        node.cpus = fields[cpus] ?? node.cpus
        node.memoryKiB = fields[memory] ?? node.memoryKiB
        node.ephemeralStorageBytes = fields[storage] ?? node.ephemeralStorageBytes
        node.kernel = fields[kernel] ?? node.kernel
        node.osImage = fields[image] ?? node.osImage
        node.machine = fields[machine] ?? node.machine
        node.commandLine = fields[commandLine] ?? node.commandLine
        node.virtualInterfaces = fields[virtual] ?? []
        node.lldp = fields[lldp] ?? false
        node.attachment = fields[attachment]
        return node
    }
}

enum NICKeys {
    static let name = Key("name", Form.words, required: true, "The interface's name.")
    static let index = Key(
        "index", .integer("an interface index", 1...100_000), required: true, "Its index; its VFs count on from it.")
    static let model = Key("model", Form.model, required: true, "The card.")
    static let pci = Key("pci", Form.pciAddress, required: true, "Its PCI address.")
    static let mac = Key("mac", Form.mac, required: true, "Its MAC address.")
    static let mtu = Key("mtu", .integer("bytes", 68...65536), default: "1500", "Its MTU in bytes.")
    static let cable = Key("cable", SiteCableKeys.form, "The switch port at the other end.")
    static let vfs = Key("vfs", .list(of: SiteVFKeys.form, identity: "pci"), "Its VFs, VF 0 first.")

    static let shape = Shape(
        "nic", "a network port",
        [
            name.description, index.description, model.description, pci.description, mac.description, mtu.description,
            cable.description, vfs.description,
        ])
    static let form = Form<SiteNIC>.record(shape) { fields in
        guard let model = fields[model], let pci = fields[pci], let mac = fields[mac] else { return nil }
        return SiteNIC(
            name: fields[name] ?? "", index: fields[index] ?? 1, model: model, address: pci, mac: mac,
            mtuBytes: fields[mtu] ?? 1500, virtualFunctions: fields[vfs] ?? [], cable: fields[cable])
    }
}

enum SiteVFKeys {
    static let pci = Key("pci", Form.pciAddress, required: true, "Its PCI address.")
    static let mac = Key("mac", Form.mac, required: true, "Its MAC address.")
    static let shape = Shape("vf", "a VF", [pci.description, mac.description])
    static let form = Form<SiteVirtualFunction>.record(shape) { fields in
        guard let pci = fields[pci], let mac = fields[mac] else { return nil }
        return SiteVirtualFunction(address: pci, mac: mac)
    }
}

enum SiteCableKeys {
    static let device = Key("device", Form.device, required: true, "The switch.")
    static let port = Key("port", Form.words, required: true, "Its port, without unit.")
    static let shape = Shape("cable", "a cable's end", [device.description, port.description])
    static let form = Form<SwitchPort>.record(shape) { fields in
        SwitchPort(device: fields[device] ?? "", name: fields[port] ?? "")
    }
}

enum AttachmentKeys {
    static let vf = Key("vf", .integer("a VF's number", 0...255), required: true, "The VF that is given out first.")
    static let address = Key("address", Form.plainAddress, required: true, "The address that the pod there asks for.")
    static let roundTrip = Key(
        "roundTripMicroseconds", .integer("microseconds", 1...60_000_000), default: "1000", "An echo to the gateway and back.")
    static let shape = Shape("attachment", "an attachment", [vf.description, address.description, roundTrip.description])
    static let form = Form<SiteAttachment>.record(shape) { fields in
        guard let vf = fields[vf], let address = fields[address] else { return nil }
        return SiteAttachment(virtualFunction: vf, address: address, roundTrip: .microseconds(fields[roundTrip] ?? 1000))
    }
}

enum PodInterfaceKeys {
    static let index = Key("index", .integer("an interface index", 1...100_000), required: true, "Its index.")
    static let mac = Key("mac", Form.mac, required: true, "Its MAC address.")
    static let address = Key("address", Form.addressWithLength, required: true, "Its address.")
    static let linkLocal = Key("linkLocalMAC", Form.mac, "The MAC of which its link-local address was made; else its own.")
    static let shape = Shape(
        "podInterface", "a pod's eth0", [index.description, mac.description, address.description, linkLocal.description])
    static let form = Form<SitePodInterface>.record(shape) { fields in
        guard let mac = fields[mac], let address = fields[address] else { return nil }
        return SitePodInterface(index: fields[index] ?? 2, mac: mac, address: address, linkLocalMAC: fields[linkLocal] ?? mac)
    }
}
