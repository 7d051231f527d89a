/// A duration as people write it: `1m30s`.
package struct DurationText: Hashable, Sendable, CustomStringConvertible {
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

    /// Whole milliseconds of the duration are written; what is less is dropped.
    package init(_ duration: Duration) { self.duration = duration }

    /// `1m30s`; `0s` for nothing.
    package var description: String {
        let (seconds, attoseconds) = duration.components
        var rest = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        var text = ""
        for (unit, factor) in Self.units.sorted(by: { $0.value > $1.value }) where rest >= factor {
            text += "\(rest / factor)\(unit)"
            rest %= factor
        }
        return text.isEmpty ? "0s" : text
    }

    private static let units = ["h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1]
}
