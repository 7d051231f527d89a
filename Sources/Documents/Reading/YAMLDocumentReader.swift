internal import Yams

/// YAML text to trees, by way of libyaml.
///
/// Three things of Yams are worked around here: it stops at a repeated key and names only the first place; it replaces
/// aliases by copies, so that nine short lines can unfold to a billion nodes; and it resolves scalars by YAML 1.1.
struct YAMLDocumentReader {
    /// Nodes past which a document is refused. Aliases count each time they are used.
    private static let maximumNodes = 100_000
    private static let maximumDepth = 100

    private let source: SourceText
    private var repeats: RepeatedKeys
    private var problems: [Problem] = []
    private var nodeCount = 0

    static func read(_ source: SourceText) -> ([DocumentNode], [Problem]) {
        if let problem = AliasGuard(source).problem { return ([], [problem]) }
        var reader = YAMLDocumentReader(source: source, repeats: RepeatedKeys(source.text))
        let roots: [Node]
        do {
            roots = try reader.compose()
        } catch {
            return ([], reader.problems + [YAMLSyntaxProblem(source, error).problem])
        }
        var documents: [DocumentNode] = []
        for root in roots {
            guard let tree = reader.convert(root, depth: 0) else { continue }
            if !tree.isNull { documents.append(tree) }
        }
        return (documents, reader.problems)
    }

    /// All roots. A repeated key is marked in the text, and the text is read again, until none is left.
    private mutating func compose() throws -> [Node] {
        while true {
            var sequence = try compose_all(yaml: repeats.text, .basic)
            var roots: [Node] = []
            while let node = sequence.next() { roots.append(node) }
            guard let error = sequence.error else { return roots }
            guard case YamlError.duplicatedKeysInMapping(_, let context) = error, repeats.hide(context.mark) else { throw error }
        }
    }

    private func mark(_ node: Node) -> Mark {
        source.mark(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    /// Nil when the document was refused as too large or too deep; that has been reported.
    private mutating func convert(_ node: Node, depth: Int) -> DocumentNode? {
        nodeCount += 1
        guard nodeCount <= Self.maximumNodes, depth <= Self.maximumDepth else {
            if !problems.contains(where: { $0.code == "too-large" }) {
                let sentence = "the document unfolds to more than \(Self.maximumNodes) values or \(Self.maximumDepth) levels"
                problems.append(
                    Problem(code: "too-large", mark: mark(node), sentence: sentence, suggestion: "look at its aliases first"))
            }
            return nil
        }
        switch node {
        case .scalar(let scalar): return DocumentNode(.scalar(self.scalar(scalar)), mark: mark(node))
        case .sequence(let sequence):
            var elements: [DocumentNode] = []
            for element in sequence {
                guard let element = convert(element, depth: depth + 1) else { return nil }
                elements.append(element)
            }
            return DocumentNode(.sequence(elements), mark: mark(node))
        case .mapping(let mapping): return convert(mapping, of: node, depth: depth)
        case .alias:
            // Yams resolves aliases while it composes; none reaches this place.
            return DocumentNode(.scalar(DocumentScalar("", style: .plain)), mark: mark(node))
        }
    }

    private mutating func convert(_ mapping: Node.Mapping, of node: Node, depth: Int) -> DocumentNode? {
        var members: [DocumentMember] = []
        var places: [String: Mark] = [:]
        for (keyNode, valueNode) in mapping {
            guard let value = convert(valueNode, depth: depth + 1) else { return nil }
            let keyMark = mark(keyNode)
            guard case .scalar(let scalar) = keyNode else {
                problems.append(
                    Problem(
                        code: "key", mark: keyMark, sentence: "a key is expected to be a word; this one is a list or a mapping"))
                continue
            }
            let key = repeats.original(scalar.string)
            if key == "<<", scalar.style == .plain {
                problems.append(
                    Problem(
                        code: "merge-key", mark: keyMark, sentence: "merge keys ('<<') are not part of YAML 1.2 and are not read",
                        suggestion: "write the keys out, or alias whole values"))
            } else if let first = places[key] {
                let sentence = "'\(key)' is written twice: at line \(first.line) and at line \(keyMark.line)"
                problems.append(
                    Problem(
                        code: "repeated-key", mark: keyMark, sentence: sentence, suggestion: "keep one of them",
                        related: [first]))
            } else {
                places[key] = keyMark
                members.append(DocumentMember(key: key, keyMark: keyMark, value: value))
            }
        }
        return DocumentNode(.mapping(members), mark: mark(node))
    }

    private func scalar(_ scalar: Node.Scalar) -> DocumentScalar {
        let tag = scalar.tag.rawValue
        let style: DocumentScalar.Style =
            switch scalar.style {
            case .singleQuoted, .doubleQuoted: .quoted
            case .literal: .literal
            case .folded: .folded
            case .plain, .any: .plain
            }
        return DocumentScalar(repeats.original(scalar.string), style: style, tag: tag.isEmpty ? nil : tag)
    }
}
