internal import Facts

/// What a worker's kernel says of its VFs, which takes the place of what the site's file says.
struct GuestTruth: Sendable {
    /// One VF as sysfs shows it.
    struct Function: Hashable, Sendable {
        let pf: String
        /// `10c9`, the PF's device.
        let model: String
        let index: Int
        let address: PCIAddress
        let mac: MACAddress
        let interfaceIndex: Int
    }

    let functions: [Function]

    /// Prints one line a VF: PF, its device, number, PCI address, MAC and index of its netdev.
    static let script = """
        for link in /sys/class/net/*/device/virtfn*; do
            [ -e "$link" ] || continue
            pf=${link#/sys/class/net/}; pf=${pf%%/*}
            net=$(ls -d $link/net/*)
            echo "$pf $(cat /sys/class/net/$pf/device/device) ${link##*virtfn} $(basename $(readlink -f $link)) $(cat $net/address $net/ifindex | tr '\\n' ' ')"
        done
        """

    /// - Returns: nil when a line is not of that form.
    init?(_ text: String) {
        var functions: [Function] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 6, let index = Int(words[2]), let address = PCIAddress(words[3]),
                let mac = MACAddress(words[4]), let interfaceIndex = Int(words[5])
            else { return nil }
            functions.append(
                Function(
                    pf: String(words[0]), model: String(words[1].dropFirst(2)), index: index, address: address, mac: mac,
                    interfaceIndex: interfaceIndex))
        }
        self.functions = functions.sorted { $0.index < $1.index }
    }

    /// Puts the truth into a node's state.
    func write(to node: inout NodeState) {
        for position in node.functions.indices {
            let name = node.functions[position].site.name
            let own = functions.filter { $0.pf == name }
            if let model = own.first.flatMap({ found in NICModel.all.first { $0.device == found.model } }) {
                node.functions[position].model = model
            }
            node.functions[position].virtualFunctions = own.map { function in
                VirtualFunctionState(
                    index: function.index, address: function.address, mac: function.mac, netdevIndex: function.interfaceIndex,
                    netdev: .host(name: "\(name)v\(function.index)"))
            }
        }
    }
}
