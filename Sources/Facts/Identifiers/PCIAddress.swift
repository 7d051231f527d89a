/// The address of one PCI function, printed with its domain: `0000:01:10.3`.
///
/// - Source: `lspci -D`, sysfs names below `/sys/bus/pci/devices`.
package struct PCIAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 0…0xffffffff (VMD controllers use domains of more than 16 bits).
    package let domain: UInt32
    package let bus: UInt8
    /// 0…31.
    package let device: UInt8
    /// 0…7.
    package let function: UInt8

    /// Reads `0000:01:10.3` and the short form `01:10.3` (domain 0). `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let last = parts.last else { return nil }
        let tail = last.split(separator: ".", omittingEmptySubsequences: false)
        guard tail.count == 2, tail[0].utf8.count == 2, tail[1].utf8.count == 1, parts[parts.count - 2].utf8.count == 2,
            let bus = UInt8(parts[parts.count - 2], radix: 16),
            let device = UInt8(tail[0], radix: 16), device < 32,
            let function = UInt8(tail[1], radix: 16), function < 8
        else { return nil }
        if parts.count == 3 {
            guard parts[0].utf8.count >= 4, let domain = UInt32(parts[0], radix: 16) else { return nil }
            self.domain = domain
        } else {
            domain = 0
        }
        self.bus = bus
        self.device = device
        self.function = function
    }

    package var description: String {
        "\(Self.hex(domain, width: 4)):\(Self.hex(UInt32(bus), width: 2)):\(Self.hex(UInt32(device), width: 2)).\(function)"
    }

    private static func hex(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private var order: UInt64 { UInt64(domain) << 32 | UInt64(bus) << 16 | UInt64(device) << 8 | UInt64(function) }
    package static func < (left: PCIAddress, right: PCIAddress) -> Bool { left.order < right.order }
}
