package import Verdicts

/// What `--only` selects: check ids with `*`, each with an optional subject behind `@`, separated by commas.
///
/// `switch.*` · `vf.vlan@worker2` · `gw.ping@sriov-pod-201-1,teardown.clean`
package struct CheckSelector: Hashable, Sendable {
    private struct Term: Hashable {
        let id: String
        let subject: String?
    }

    private let terms: [Term]

    /// - Throws: the term that fits no check, with the nearest ids.
    package init(_ text: String) throws(CheckSelectorError) {
        var terms: [Term] = []
        for part in text.split(separator: ",") {
            let words = part.split(separator: "@", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            guard let id = words.first, !id.isEmpty else { continue }
            guard CheckCatalogue.ids.contains(where: { Self.matches(id, $0.text) }) else {
                throw CheckSelectorError(term: String(part))
            }
            terms.append(Term(id: id, subject: words.count > 1 ? words[1] : nil))
        }
        guard !terms.isEmpty else { throw CheckSelectorError(term: text) }
        self.terms = terms
    }

    /// True when one term fits the check's id and, where it names one, a subject it has to do with.
    package func selects(_ check: any Check) -> Bool {
        terms.contains { term in
            Self.matches(term.id, type(of: check).id.text)
                && (term.subject.map { name in
                    check.subject.description == name || check.related.contains { $0.description == name && $0 != .cluster }
                } ?? true)
        }
    }

    /// The checks that may explain a failure of these: they run too, as prerequisites.
    package static func prerequisites(of selected: [any Check], among all: [any Check]) -> Set<Finding.Key> {
        var found: Set<Finding.Key> = []
        var queue = selected
        while let check = queue.popLast() {
            for blocker in all
            where type(of: check).blockedBy.contains(type(of: blocker).id) && check.related.contains(blocker.subject) {
                if found.insert(blocker.key).inserted { queue.append(blocker) }
            }
        }
        return found.subtracting(selected.map(\.key))
    }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return pattern == text }
        var rest = text[...]
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                return rest.hasSuffix(part)
            } else if !part.isEmpty {
                guard let range = Self.range(of: part, in: rest) else { return false }
                rest = rest[range.upperBound...]
            }
        }
        return true
    }

    private static func range(of part: Substring, in text: Substring) -> Range<Substring.Index>? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(part) { return start..<text.index(start, offsetBy: part.count) }
            start = text.index(after: start)
        }
        return nil
    }
}

/// A term of `--only` that fits no check.
package struct CheckSelectorError: Error, Hashable, Sendable, CustomStringConvertible {
    package let term: String
    package var description: String {
        "--only \(term): no check has this id; expected one of \(CheckCatalogue.ids.map(\.text).joined(separator: ", ")), with * for any part"
    }
}
