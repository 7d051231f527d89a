internal import Facts

/// Which machines an emulated site needs and how they are wired, with what QEMU is told for each.
struct GuestPlan: Sendable {
    struct Machine: Sendable {
        let name: String
        /// QEMU's arguments for the machine's devices.
        var devices: [String]
        let script: String
    }

    let machines: [Machine]

    /// What one machine is given.
    static let memoryMiB = 320

    /// - Parameters:
    ///   - state: the site with its faults planted.
    ///   - ports: the port of 127.0.0.1 that leads to each machine's sshd.
    ///   - directory: holds the sockets that stand for cables.
    /// - Throws: `LabError` where the site is of a shape that is not emulated.
    init(_ state: FabricState, ports: [String: Int], directory: String) throws(LabError) {
        var machines: [Machine] = []
        var cables: [SwitchPort: (near: String, far: String)] = [:]
        for (number, site) in state.site.nodes.enumerated() where !site.nics.isEmpty {
            guard let node = state.nodes[site.name] else { continue }
            guard let management = site.nics.first(where: { $0.cable == nil }) else {
                throw LabError("\(site.name): one of its nics must have no cable, since SSH comes in there")
            }
            var devices = ["-device", "pcie-root-port,id=card,chassis=1,slot=1,addr=0x10"]
            for nic in site.nics.sorted(by: { $0.address < $1.address }) {
                let address = "\(nic.address)"
                guard address.hasPrefix("0000:01:00."), let function = address.last, nic.model == .i82576 else {
                    throw LabError(
                        "\(site.name) \(nic.name): an emulated card is an 82576 at 0000:01:00, not a \(nic.model.name) at \(address)"
                    )
                }
                if nic.name == management.name {
                    devices += ["-netdev", Self.user(nic.name, ports[site.name.text] ?? 0)]
                } else {
                    let link = "\(directory)/cable-\(number)-\(nic.name)"
                    devices += ["-netdev", Self.cable(nic.name, near: link + ".nic", far: link + ".port")]
                    if let end = state.cables[NICPlace(node: site.name, name: nic.name)] {
                        cables[end] = (link + ".port", link + ".nic")
                    }
                }
                // VFs at odd functions of bus 1, as the seed's card has them, need the next function to be named.
                let first = function == "0" ? "multifunction=on,x-pcie-ari-nextfn-1=on," : ""
                devices += ["-device", "igb,bus=card,addr=0.\(function),\(first)netdev=\(nic.name),mac=\(nic.mac),romfile="]
            }
            machines.append(
                Machine(name: site.name.text, devices: devices, script: GuestScript.worker(node, management: management.name)))
        }
        for (number, site) in state.site.switches.enumerated() {
            guard let device = state.switches[site.name] else { continue }
            machines.append(Self.device(device, number: number, cables: cables, port: ports[site.name.text] ?? 0))
        }
        self.machines = machines
    }

    private static func device(
        _ device: SwitchState, number: Int, cables: [SwitchPort: (near: String, far: String)], port: Int
    ) -> Machine {
        let base = UInt64(0x5254_00c9_0000) + UInt64(number) << 8
        let management = MACAddress(bits: base + 0xff)
        var devices = [
            "-netdev", user("em0", port), "-device", "virtio-net-pci,netdev=em0,mac=\(management),romfile=,addr=2",
        ]
        var macs: [String: MACAddress] = [:]
        for (index, one) in device.ports.enumerated() {
            guard let cable = cables[SwitchPort(device: device.site.name, name: one.name)] else { continue }
            let mac = MACAddress(bits: base + UInt64(index) + 1)
            macs[one.name] = mac
            devices += [
                "-netdev", Self.cable("p\(index)", near: cable.near, far: cable.far),
                "-device", "virtio-net-pci,netdev=p\(index),mac=\(mac),romfile=,addr=\(index + 3)",
            ]
        }
        return Machine(
            name: device.site.name.text, devices: devices,
            script: GuestScript.device(device, portMACs: macs, managementMAC: management))
    }

    private static func user(_ name: String, _ port: Int) -> String {
        "user,id=\(name),restrict=on,hostfwd=tcp:127.0.0.1:\(port)-:22"
    }

    private static func cable(_ name: String, near: String, far: String) -> String {
        "dgram,id=\(name),local.type=unix,local.path=\(near),remote.type=unix,remote.path=\(far)"
    }
}
