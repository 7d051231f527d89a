/// An address with a prefix length, as an interface carries it (`192.168.201.2/24`) or a subnet is written.
///
/// The host bits are kept: `network` gives the subnet.
package struct IPPrefix: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    /// 0…32 for IPv4, 0…128 for IPv6.
    package let length: Int

    /// `nil` when the length does not fit the address.
    package init?(_ address: IPAddress, length: Int) {
        guard (0...address.octets.count * 8).contains(length) else { return nil }
        self.address = address
        self.length = length
    }

    /// Reads `ADDRESS/LENGTH`; `nil` when the length is missing.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), let length = Int(parts[1]) else { return nil }
        self.init(address, length: length)
    }

    /// The same prefix with all host bits zero.
    package var network: IPPrefix { IPPrefix(masked(fill: 0), length: length) ?? self }

    /// The last address of the subnet; for IPv4 its broadcast address where the prefix is shorter than 31.
    package var lastAddress: IPAddress { masked(fill: 0xff) }

    package func contains(_ other: IPAddress) -> Bool {
        guard other.octets.count == address.octets.count, let there = IPPrefix(other, length: length) else { return false }
        return there.network.address == network.address
    }

    private func masked(fill: UInt8) -> IPAddress {
        let octets = address.octets.enumerated().map { index, octet in
            let kept = min(8, max(0, length - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xff00 >> kept)
            return octet & mask | fill & ~mask
        }
        return IPAddress(octets: octets) ?? address
    }

    package var description: String { "\(address)/\(length)" }
}
