internal import Facts

/// `ip -j neigh` (iproute2 4.18 and newer; 4.15 prints text in spite of `-j`).
enum NeighbourJSON {
    /// Nil when the element has no IP address, or a link layer's address of a kind that is not known.
    static func entry(_ value: JSONValue) -> NeighbourEntry? {
        // `ip -j route` has a `dst` too.
        guard ["lladdr", "state", "proxy"].contains(where: { value[$0] != nil }),
            let ip = value["dst"]?.text.flatMap({ IPAddress($0) })
        else { return nil }
        let states = value["state"]?.listed.compactMap(\.text) ?? []
        let address = value["lladdr"]?.text
        var entry = NeighbourEntry(ip: ip, mac: address.flatMap { MACAddress(linux: $0) })
        guard entry.mac != nil || address == nil || address?.utf8.count == 59 || IPAddress(address ?? "") != nil else {
            return nil
        }
        entry.interface = value["dev"]?.text.map { InterfaceName($0) }
        entry.state = states.isEmpty ? nil : states.joined(separator: ",").lowercased()
        if entry.state == "incomplete" { entry.mac = nil }
        return entry
    }
}
