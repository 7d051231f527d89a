/// A duration as people write it: `1m30s`.
package struct DurationText: Hashable, Sendable {
    package let duration: Duration

    /// Reads whole numbers with the units h, m, s and ms, each at most once and the largest first; at most a year. Nil for
    /// anything else, a number without a unit included.
    package init?(_ text: some StringProtocol) {
        var milliseconds = 0
        var rest = Substring(text)
        var smallest = Int.max
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard (1...9).contains(digits.count), let number = Int(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { ("a"..."z").contains($0) }
            guard let factor = Self.units[String(unit)], factor < smallest else { return nil }
            rest = rest.dropFirst(unit.count)
            smallest = factor
            milliseconds += number * factor
        }
        guard milliseconds <= 366 * 86_400_000 else { return nil }
        duration = .milliseconds(milliseconds)
    }

    private static let units = ["h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1]
}
