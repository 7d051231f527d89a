internal import Facts

/// A site like another one, with everything that a tool must read and not know drawn anew: MACs, VF numbers, ports, VLAN,
/// subnet and addresses.
package struct SiteDrawing: Sendable {
    package let site: Site

    /// - Parameters:
    ///   - base: gives the shape: nodes, cards, numbers of VFs, latencies. Its first switch carries one VLAN to every PF.
    ///   - seed: the same seed gives the same site.
    package init(from base: Site, seed: UInt64) {
        var draw = Draw(seed: seed)
        var site = base
        site.name = "drawn:\(seed)"
        let tag = draw.tag()
        let subnet = draw.subnet()
        var hosts = Array(2...250).shuffled(using: &draw.generator)
        let ports = Array(0...47).shuffled(using: &draw.generator).prefix(site.nodes.count).map { "ge-0/0/\($0)" }
        for index in site.nodes.indices {
            guard var attachment = site.nodes[index].attachment else { continue }
            for nic in site.nodes[index].nics.indices {
                site.nodes[index].nics[nic].mac = draw.mac(prefix: 0xa036_9f00_0000, bits: 24)
                for vf in site.nodes[index].nics[nic].virtualFunctions.indices {
                    site.nodes[index].nics[nic].virtualFunctions[vf].mac = draw.localMAC()
                }
                if site.nodes[index].nics[nic].cable != nil { site.nodes[index].nics[nic].cable?.name = ports[index] }
            }
            let count = site.nodes[index].nics.map(\.virtualFunctions.count).max() ?? 1
            attachment.virtualFunction = Int.random(in: 0..<count, using: &draw.generator)
            attachment.address = subnet.address.advanced(by: hosts.removeLast())
            attachment.roundTrip = .microseconds(Int.random(in: 500...10_000, using: &draw.generator))
            site.nodes[index].attachment = attachment
        }
        let used = zip(site.nodes, ports).filter { $0.0.attachment != nil }.map(\.1)
        for index in site.switches.indices {
            site.switches[index].ports = used.sorted().map { SitePort(name: $0, tagged: [tag]) }
            site.switches[index].vlans = [
                SiteVLAN(
                    name: draw.vlanName(tag), tag: tag,
                    gateway: IPPrefix(subnet.address.advanced(by: 1), length: subnet.length).map {
                        SiteGateway(interface: "vlan.\(tag)", address: $0, mac: draw.mac(prefix: 0xac4b_c800_0000, bits: 24))
                    })
            ]
        }
        self.site = site
    }

    /// Draws values that are not drawn twice.
    private struct Draw {
        var generator: SplitMix
        private var seen: Set<MACAddress> = []

        init(seed: UInt64) { generator = SplitMix(seed: seed) }

        mutating func mac(prefix: UInt64, bits: UInt64) -> MACAddress {
            while true {
                let mac = MACAddress(bits: prefix | generator.next() & (1 << bits - 1))
                if seen.insert(mac).inserted { return mac }
            }
        }

        /// As Linux makes random MACs: locally administered, no group address.
        mutating func localMAC() -> MACAddress {
            while true {
                let mac = MACAddress(bits: generator.next() & 0xfcff_ffff_ffff | 0x0200_0000_0000)
                if seen.insert(mac).inserted { return mac }
            }
        }

        /// Not 1, which switches take for their own.
        mutating func tag() -> VLANID {
            while true {
                if let tag = VLANID(Int.random(in: 2...4000, using: &generator)) { return tag }
            }
        }

        mutating func vlanName(_ tag: VLANID) -> String {
            ["SRIOV_\(tag)", "v\(tag)", "pods-\(tag)", "VLAN\(tag)"].randomElement(using: &generator) ?? "v\(tag)"
        }

        mutating func subnet() -> IPPrefix {
            while true {
                let middle = [UInt8.random(in: 64...127, using: &generator), UInt8.random(in: 0...255, using: &generator)]
                if let subnet = IPAddress(octets: [10] + middle + [0]).flatMap({ IPPrefix($0, length: 24) }) { return subnet }
            }
        }
    }
}
