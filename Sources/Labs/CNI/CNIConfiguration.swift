package import Facts

/// A NetworkAttachmentDefinition's `spec.config` as the plugins read it: sriov-cni's keys and its IPAM.
///
/// - Source: sriov-cni `pkg/types/types.go`; CNI specification 0.3.1 for `ipam`.
package struct CNIConfiguration: Hashable, Sendable {
    package var name: String
    /// The plugin's name: `sriov`.
    package var type: String
    /// Nil: the tag is left as it is. `.some(nil)`: `vlan: 0`, untagged.
    package var vlan: VLANID??
    package var qos: Int?
    package var vlanProtocol: String?
    package var mac: MACAddress?
    package var spoofCheck: Bool?
    package var trust: Bool?
    package var linkState: VFLinkState?
    package var minTxRate: Int?
    package var maxTxRate: Int?
    /// Nil when there is no `ipam`.
    package var ipam: IPAM?

    package struct IPAM: Hashable, Sendable {
        /// `host-local`, `static`.
        package var type: String
        /// For host-local: the ranges, the first range set only.
        package var ranges: [Range]
        /// For static: the addresses.
        package var addresses: [IPPrefix]
    }

    package struct Range: Hashable, Sendable {
        package var subnet: IPPrefix
        package var start: IPAddress
        package var end: IPAddress
        package var gateway: IPAddress

        package var description: String { "\(start)-\(end)" }

        package func contains(_ address: IPAddress) -> Bool { start <= address && address <= end && subnet.contains(address) }
    }

    /// Reads the JSON text of a NAD.
    ///
    /// - Throws: `CNIFailure` with the sentence that Multus has for it.
    package init(parsing text: String) throws(CNIFailure) {
        let value: JSONValue
        do { value = try JSONValue(parsing: text) } catch {
            throw CNIFailure("error parsing configuration: invalid character at \(error.line):\(error.column) of the config")
        }
        guard let type = value["type"]?.text ?? value["plugins"]?[0]?["type"]?.text else {
            throw CNIFailure("error parsing configuration: missing 'type'")
        }
        let plugin = value["plugins"]?[0] ?? value
        self.type = type
        name = value["name"]?.text ?? ""
        vlan = plugin["vlan"]?.int.map { VLANID($0) }
        qos = plugin["vlanQoS"]?.int
        vlanProtocol = plugin["vlanProto"]?.text.map { $0.uppercased() == "802.1AD" ? "802.1ad" : "802.1Q" }
        mac = plugin["mac"]?.text.flatMap { MACAddress($0) }
        spoofCheck = plugin["spoofchk"]?.text.map { $0 == "on" }
        trust = plugin["trust"]?.text.map { $0 == "on" }
        linkState = plugin["link_state"]?.text.flatMap { VFLinkState(rawValue: $0) }
        minTxRate = plugin["min_tx_rate"]?.int
        maxTxRate = plugin["max_tx_rate"]?.int
        ipam = plugin["ipam"].flatMap { Self.ipam($0) }
    }

    private static func ipam(_ value: JSONValue) -> IPAM? {
        guard let type = value["type"]?.text else { return nil }
        let sets = value["ranges"]?.elements ?? []
        var ranges = (sets.first?.elements ?? []).compactMap(range)
        if ranges.isEmpty, let old = range(value) { ranges = [old] }
        let addresses = (value["addresses"]?.elements ?? []).compactMap { $0["address"]?.text.flatMap { IPPrefix($0) } }
        return IPAM(type: type, ranges: ranges, addresses: addresses)
    }

    private static func range(_ value: JSONValue) -> Range? {
        guard let subnet = value["subnet"]?.text.flatMap({ IPPrefix($0) })?.network else { return nil }
        let first = subnet.address.advanced(by: 1)
        return Range(
            subnet: subnet, start: value["rangeStart"]?.text.flatMap { IPAddress($0) } ?? first,
            end: value["rangeEnd"]?.text.flatMap { IPAddress($0) } ?? subnet.lastAddress.advanced(by: -1),
            gateway: value["gateway"]?.text.flatMap { IPAddress($0) } ?? first)
    }
}

/// What a plugin says when it does not do what it was asked: the end of the message in the pod's event.
package struct CNIFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

extension IPAddress {
    /// The address so many further on; wraps around inside the last eight octets.
    func advanced(by count: Int) -> IPAddress {
        let tail = octets.suffix(8)
        let value = tail.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } &+ UInt64(bitPattern: Int64(count))
        let moved = (0..<tail.count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (tail.count - 1 - $0))) }
        return IPAddress(octets: octets.dropLast(tail.count) + moved) ?? self
    }
}
