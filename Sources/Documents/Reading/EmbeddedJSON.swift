/// JSON that stands as text inside another document: a NAD's `spec.config`, the `networks` annotation of a pod.
package struct EmbeddedJSON {
    /// The value with places in the outer file, as exact as the way it is embedded allows; nil when it is not JSON.
    package let root: DocumentNode?
    /// What is wrong with it, placed likewise.
    package let problems: [Problem]

    /// - Parameters:
    ///   - node: the scalar that holds the text.
    ///   - source: the file it stands in.
    package init(_ node: DocumentNode, in source: SourceText) {
        let scalar = node.scalar ?? DocumentScalar("", style: .plain)
        let inner = SourceText(file: source.file, text: scalar.text)
        let (documents, found) = JSONDocumentReader.read(inner)
        let place = { (mark: Mark) in Self.outer(mark, of: node, scalar, inner, source) }
        root = documents.first?.moved(place)
        problems = found.map { problem in
            Problem(
                code: problem.code, mark: place(problem.mark), sentence: problem.sentence, suggestion: problem.suggestion,
                related: problem.related.map(place))
        }
    }

    /// The place in the outer file, found by laying the inner line over the outer one; the scalar's own place where the two
    /// differ, as they do after escapes and folding.
    private static func outer(
        _ mark: Mark, of node: DocumentNode, _ scalar: DocumentScalar, _ inner: SourceText, _ source: SourceText
    ) -> Mark {
        guard let innerLine = inner.line(mark.line).map({ Array($0.unicodeScalars) }) else { return node.mark }
        let isLiteral = scalar.style == .literal
        let number = isLiteral ? node.mark.line + mark.line : node.mark.line
        guard isLiteral || inner.lineCount == 1, let outerLine = source.line(number).map({ Array($0.unicodeScalars) }) else {
            return node.mark
        }
        let quote = scalar.style == .quoted ? 1 : 0
        let shift = isLiteral ? outerLine.count - innerLine.count : node.mark.column - 1 + quote
        guard shift >= 0, shift + innerLine.count <= outerLine.count,
            outerLine[shift..<shift + innerLine.count].elementsEqual(innerLine)
        else { return node.mark }
        return source.mark(line: number, column: mark.column + shift)
    }
}

extension DocumentNode {
    /// The same tree with every place changed.
    func moved(_ place: (Mark) -> Mark) -> DocumentNode {
        switch content {
        case .scalar: DocumentNode(content, mark: place(mark))
        case .sequence(let elements): DocumentNode(.sequence(elements.map { $0.moved(place) }), mark: place(mark))
        case .mapping(let members):
            DocumentNode(
                .mapping(members.map { DocumentMember(key: $0.key, keyMark: place($0.keyMark), value: $0.value.moved(place)) }),
                mark: place(mark))
        }
    }
}
