/// Collects what is found wrong while documents are read, so that all of it is told at once.
///
/// A class, since every reader on the way down writes into the same one; it stays within one call and is not `Sendable`.
package final class Ledger {
    private var found: Set<Problem> = []
    private var sources: [String: SourceText] = [:]
    /// The shape of the whole document, to tell where a misplaced key belongs; nil: no such advice.
    private let root: Shape?
    /// Says why a key is refused everywhere, and what to do instead; nil for keys that are merely unknown.
    private let refusal: (String) -> Refusal?
    /// `node.pf` for every key that a reader asked for, written or not.
    package private(set) var keysRead: Set<String> = []

    /// Why a key is refused wherever it stands.
    package struct Refusal {
        package let code: String
        package let sentence: String
        package let suggestion: String?

        package init(code: String, sentence: String, suggestion: String?) {
            self.code = code
            self.sentence = sentence
            self.suggestion = suggestion
        }
    }

    package init(root: Shape? = nil, refusal: @escaping (String) -> Refusal? = { _ in nil }) {
        self.root = root
        self.refusal = refusal
    }

    /// Sorted by place, each once, each with its line.
    package var problems: [Problem] {
        found.map { problem in sources[problem.mark.file].map(problem.showing) ?? problem }.sorted()
    }

    package var isClean: Bool { found.isEmpty }

    /// Makes a file's lines and its reading problems known.
    package func add(_ file: DocumentFile) {
        sources[file.source.file] = file.source
        found.formUnion(file.problems)
    }

    /// The file's text; nil when it was not added.
    package func source(of file: String) -> SourceText? { sources[file] }

    package func report(_ code: String, at mark: Mark, _ sentence: String, suggestion: String? = nil, related: [Mark] = []) {
        found.insert(Problem(code: code, mark: mark, sentence: sentence, suggestion: suggestion, related: related))
    }

    func noteRead(_ shape: Shape, _ key: String) { keysRead.insert("\(shape.name).\(key)") }

    /// Reports a key that this shape does not have, with the best advice there is.
    func reportUnknown(_ member: DocumentMember, in shape: Shape) {
        let names = shape.keys.map(\.name)
        let suggestion: String?
        if let near = Spelling.nearest(to: member.key, among: names) {
            suggestion = "did you mean '\(near)'?"
        } else if let refusal = refusal(member.key) {
            report(refusal.code, at: member.keyMark, refusal.sentence, suggestion: refusal.suggestion)
            return
        } else if let homes = root?.paths(of: member.key), !homes.isEmpty {
            suggestion = "it belongs under \(homes.map { "'\($0)'" }.joined(separator: " or "))"
        } else {
            suggestion = "its keys are \(names.joined(separator: ", "))"
        }
        report("unknown-key", at: member.keyMark, "'\(member.key)' is no key of \(shape.article)", suggestion: suggestion)
    }
}
