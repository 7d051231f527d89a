/// An amount as Kubernetes writes it: `250m`, `8`, `200Mi`.
///
/// - Source: Kubernetes documentation, "Quantity"; canonical form of `k8s.io/apimachinery/pkg/api/resource`.
struct Quantity: Hashable, Sendable {
    /// Thousandths.
    let milli: Int128
    /// The canonical text.
    let text: String

    private static let decimal: [(suffix: String, factor: Int128)] = [
        ("E", 1_000_000_000_000_000_000), ("P", 1_000_000_000_000_000), ("T", 1_000_000_000_000), ("G", 1_000_000_000),
        ("M", 1_000_000), ("k", 1000), ("", 1),
    ]
    private static let binary: [(suffix: String, factor: Int128)] = [
        ("Ei", 1 << 60), ("Pi", 1 << 50), ("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10), ("", 1),
    ]

    var isWhole: Bool { milli % 1000 == 0 }

    /// Nil for a text that is no quantity, and for one beyond what is counted here (10³⁵ units).
    init?(_ text: some StringProtocol) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
        let suffix = text[number.endIndex...]
        guard let milli = Self.milli(number) else { return nil }
        if suffix == "m" {
            self.init(milli: milli / 1000, isBinary: false)
        } else if let unit = Self.binary.first(where: { $0.suffix == suffix && !suffix.isEmpty }) {
            guard let scaled = Self.scaled(milli, unit.factor) else { return nil }
            self.init(milli: scaled, isBinary: true)
        } else if let unit = Self.decimal.first(where: { $0.suffix == suffix }) {
            guard let scaled = Self.scaled(milli, unit.factor) else { return nil }
            self.init(milli: scaled, isBinary: false)
        } else {
            return nil
        }
    }

    private init(milli: Int128, isBinary: Bool) {
        self.milli = milli
        let whole = milli / 1000
        if milli % 1000 != 0 {
            text = "\(milli)m"
        } else if isBinary, let unit = Self.binary.first(where: { whole != 0 && whole % $0.factor == 0 }) {
            text = "\(whole / unit.factor)\(unit.suffix)"
        } else if let unit = Self.decimal.first(where: { whole != 0 && whole % $0.factor == 0 }) {
            text = "\(whole / unit.factor)\(unit.suffix)"
        } else {
            text = String(whole)
        }
    }

    private static func scaled(_ milli: Int128, _ factor: Int128) -> Int128? {
        let (product, hasOverflow) = milli.multipliedReportingOverflow(by: factor)
        return hasOverflow ? nil : product
    }

    /// `1.5` as 1500.
    private static func milli(_ number: some StringProtocol) -> Int128? {
        let halves = number.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, !number.isEmpty, let whole = Int128(halves[0].isEmpty ? "0" : halves[0]) else { return nil }
        let fraction = halves.count > 1 ? halves[1] : ""
        guard fraction.allSatisfy(\.isNumber) else { return nil }
        let digits = (fraction + "000").prefix(3)
        guard let thousandths = Int128(digits) else { return nil }
        let (product, hasOverflow) = whole.multipliedReportingOverflow(by: 1000)
        guard !hasOverflow else { return nil }
        return number.hasPrefix("-") ? product - thousandths : product + thousandths
    }
}
