/// `app=web,tier in (a, b),!legacy`: what a list's objects must be labelled with.
///
/// - Source: Kubernetes documentation, "Labels and Selectors"; set-based and equality-based requirements.
package struct LabelSelector: Hashable, Sendable {
    enum Requirement: Hashable, Sendable {
        case within(String, Set<String>)
        case outside(String, Set<String>)
        case exists(String)
        case absent(String)
    }

    let requirements: [Requirement]

    package static let everything = LabelSelector(requirements: [])

    init(requirements: [Requirement]) { self.requirements = requirements }

    /// Every label must have this value.
    package init(matching labels: [String: String]) {
        requirements = labels.sorted { $0.key < $1.key }.map { .within($0.key, [$0.value]) }
    }

    /// Reads the text of a `labelSelector` parameter; nil when it is none.
    package init?(_ text: String) {
        var requirements: [Requirement] = []
        for part in Self.split(text) {
            guard let requirement = Self.requirement(part) else { return nil }
            requirements.append(requirement)
        }
        self.requirements = requirements
    }

    package func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            switch requirement {
            case .within(let key, let values): labels[key].map(values.contains) ?? false
            case .outside(let key, let values): labels[key].map { !values.contains($0) } ?? true
            case .exists(let key): labels[key] != nil
            case .absent(let key): labels[key] == nil
            }
        }
    }

    /// At commas that are not inside parentheses.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        for character in text {
            switch character {
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            if character == ",", depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        return parts.map(trimmed).filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = text.drop(while: isBlank)
        return String(start.reversed().drop(while: isBlank).reversed())
    }

    private static func requirement(_ part: String) -> Requirement? {
        if part.hasPrefix("!") { return isKey(trimmed(part.dropFirst())) ? .absent(trimmed(part.dropFirst())) : nil }
        for (sign, isOutside) in [("!=", true), ("==", false), ("=", false)] {
            guard let (key, value) = halves(part, sign) else { continue }
            guard isKey(key), !value.contains("=") else { return nil }
            return isOutside ? .outside(key, [value]) : .within(key, [value])
        }
        for (word, isOutside) in [(" notin", true), (" in", false)] {
            guard let (key, list) = halves(part, word) else { continue }
            guard isKey(key), list.hasPrefix("("), list.hasSuffix(")") else { return nil }
            let values = Set(list.dropFirst().dropLast().split(separator: ",").map { trimmed($0) })
            return isOutside ? .outside(key, values) : .within(key, values)
        }
        return isKey(part) ? .exists(part) : nil
    }

    private static func halves(_ text: String, _ separator: String) -> (String, String)? {
        let bytes = Array(text.utf8)
        let wanted = Array(separator.utf8)
        guard bytes.count >= wanted.count else { return nil }
        for index in 0...(bytes.count - wanted.count) where bytes[index..<index + wanted.count].elementsEqual(wanted) {
            return (
                trimmed(String(decoding: bytes[..<index], as: UTF8.self)),
                trimmed(String(decoding: bytes[(index + wanted.count)...], as: UTF8.self))
            )
        }
        return nil
    }

    private static func isKey(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || [0x2d, 0x2e, 0x2f, 0x5f].contains(byte)
            }
    }
}
