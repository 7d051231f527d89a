internal import Facts

/// `lspci -vmm…` and `lshw -c network -businfo`.
///
/// - Source: the seed's outputs (pciutils without ProgIf); `recordings/linux-igb` for a VF without its netdev and an address
///   that is not there.
struct PCICommands {
    let node: NodeState

    /// One PCI function as both commands show it.
    private struct Function {
        var address: PCIAddress
        var model: NICModel
        var device: String
        var product: String
        var driver: String
        /// Nil while the netdev is in a pod.
        var netdev: String?
    }

    private var functions: [Function] {
        node.functions.flatMap { function -> [Function] in
            let model = function.model
            let own = Function(
                address: function.site.address, model: model, device: model.device, product: model.product,
                driver: model.driver, netdev: function.site.name)
            guard let virtual = model.virtualFunction else { return [own] }
            return [own]
                + function.virtualFunctions.map { vf in
                    var name: String?
                    if case .host(let host) = vf.netdev { name = host }
                    return Function(
                        address: vf.address, model: model, device: virtual.device, product: virtual.product,
                        driver: virtual.driver, netdev: name)
                }
        }.sorted { $0.address < $1.address }
    }

    /// `lspci` with any of `-D -v -mm -k -n -nn -s`; only the `-vmm` form is multi-line.
    func lspci(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(arguments, valued: ["s", "d"])
        guard operands.isEmpty else {
            return CommandAnswer("", errors: "lspci: Usage: lspci [<switches>]\n", status: 1)
        }
        var chosen = functions
        if let slot = options["s"] {
            guard let address = PCIAddress(slot) else {
                return CommandAnswer("", errors: "lspci: -s: Invalid slot number\n", status: 1)
            }
            chosen = chosen.filter { $0.address == address }
        }
        let domain = options["D"] != nil
        let text = chosen.map { function in
            options["m"] == nil ? line(function, domain) : block(function, domain, drivers: options["k"] != nil)
        }
        return CommandAnswer(text.joined())
    }

    private func slot(_ address: PCIAddress, _ domain: Bool) -> String {
        domain ? address.description : String(address.description.dropFirst(5))
    }

    private func block(_ function: Function, _ domain: Bool, drivers: Bool) -> String {
        var rows = [
            ("Slot", slot(function.address, domain)), ("Class", "0200"), ("Vendor", function.model.vendor),
            ("Device", function.device), ("SVendor", function.model.subsystemVendor),
            ("SDevice", function.model.subsystemDevice), ("Rev", function.model.revision),
        ]
        if drivers { rows += [("Driver", function.driver), ("Module", function.driver)] }
        rows.append(("NUMANode", "0"))
        return rows.map { "\($0.0):\t\($0.1)\n" }.joined() + "\n"
    }

    private func line(_ function: Function, _ domain: Bool) -> String {
        "\(slot(function.address, domain)) Ethernet controller [0200]: Intel Corporation \(function.product) "
            + "[\(function.model.vendor):\(function.device)] (rev \(function.model.revision))\n"
    }

    /// `lshw -c network -businfo`: columns as wide as the widest device name wants, as in the seed.
    func lshw(_ arguments: [String]) -> CommandAnswer {
        guard arguments.contains("-businfo"), arguments.contains("network") else {
            return CommandAnswer("", errors: "lshw: only -c network -businfo is simulated here\n", status: 1)
        }
        var rows = functions.map { ("pci@\($0.address)", $0.netdev ?? "", $0.product) }
        rows += node.site.virtualInterfaces.map { ("", $0, "Ethernet interface") }
        let busWidth = max(16, rows.map(\.0.count).max() ?? 0) + 2
        let nameWidth = max(6, rows.map(\.1.count).max() ?? 0) + 2
        func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
        let header = pad("Bus info", busWidth) + pad("Device", nameWidth) + pad("Class", 15) + "Description"
        let text = rows.map { pad($0.0, busWidth) + pad($0.1, nameWidth) + pad("network", 15) + $0.2 + "\n" }.joined()
        return CommandAnswer(header + "\n" + String(repeating: "=", count: header.count) + "\n" + text)
    }
}
