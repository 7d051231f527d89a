/// An 802.1Q VLAN identifier that is a tag on the wire. "Untagged" is a `nil` of this type, never a zero.
///
/// - Source: IEEE 802.1Q (1…4094); 4095 is kept because mlx4 prints it on a VF line for "the guest may tag".
package struct VLANID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 1…4095.
    package let number: Int

    /// `nil` outside 1…4095.
    package init?(_ number: Int) {
        guard (1...4095).contains(number) else { return nil }
        self.number = number
    }

    package init?(_ text: some StringProtocol) {
        guard let number = Int(text) else { return nil }
        self.init(number)
    }

    package var description: String { String(number) }
    package static func < (left: VLANID, right: VLANID) -> Bool { left.number < right.number }
}
