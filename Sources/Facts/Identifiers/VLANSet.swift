/// A set of VLANs as switches list them: `1,10,20-30`, `none`, `All`.
package struct VLANSet: Hashable, Sendable, CustomStringConvertible {
    /// Within 1…4095, in the order of the list. Empty: none.
    package private(set) var ranges: [ClosedRange<Int>]

    package init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges }

    /// - Returns: nil when a part of the text is no VLAN and no range of them. A comma at the end is one of a list that goes on
    ///   on the next line.
    package init?(_ text: some StringProtocol) {
        let lower = text.lowercased()
        if ["none", "-", "--"].contains(lower) {
            ranges = []
            return
        }
        if lower == "all" {
            ranges = [1...4094]
            return
        }
        var found: [ClosedRange<Int>] = []
        for part in lower.split(separator: ",", omittingEmptySubsequences: false) {
            if part.isEmpty { continue }
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { VLANID($0)?.number }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
                return nil
            }
            found.append(first...last)
        }
        guard !found.isEmpty else { return nil }
        ranges = found
    }

    package func contains(_ vlan: VLANID) -> Bool { ranges.contains { $0.contains(vlan.number) } }

    /// Adds what the next line of a wrapped list says.
    package mutating func append(_ other: VLANSet) { ranges += other.ranges }

    package var description: String {
        ranges.isEmpty
            ? "none"
            : ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }
}
