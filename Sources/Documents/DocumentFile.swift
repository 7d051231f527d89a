/// A YAML or JSON text as trees, with everything found wrong on the way.
///
/// Reading never stops at the first problem where it can go on: a repeated key is reported, and the rest is there.
package struct DocumentFile: Hashable, Sendable {
    package let source: SourceText
    /// One tree per document, those separated by `---`; empty documents are left out. Empty when the text is not YAML.
    package let documents: [DocumentNode]
    /// Sorted by place, each with its line. Empty means the trees are all that is written.
    package let problems: [Problem]

    /// Reads YAML; JSON is read as such when the file's name ends in `.json`.
    ///
    /// - Parameters:
    ///   - file: how the operator names it; it stands in every mark.
    ///   - text: the whole text, at most `maximumBytes`.
    package init(file: String, text: String) {
        let isJSON = file.hasSuffix(".json")
        let source = SourceText(file: file, text: text, lineEnds: isJSON ? .plain : .yaml)
        self.source = source
        let found: (documents: [DocumentNode], problems: [Problem])
        if text.utf8.count > Self.maximumBytes {
            let sentence = "\(file) has \(text.utf8.count) bytes; more than \(Self.maximumBytes) are not read"
            found = ([], [Problem(code: "too-large", mark: source.mark(line: 1, column: 1), sentence: sentence)])
        } else if isJSON {
            found = JSONDocumentReader.read(source)
        } else {
            found = YAMLDocumentReader.read(source)
        }
        documents = found.documents
        problems = found.problems.map { $0.showing(source) }.sorted()
    }

    /// The size past which a file is refused: 4 MiB, a hundred times what a scenario for a large site needs.
    package static let maximumBytes = 4 << 20

    /// The one document of a file that must hold exactly one.
    ///
    /// - Throws: the problems of reading, or that there is none or more than one.
    package func only() throws(ProblemList) -> DocumentNode {
        guard problems.isEmpty else { throw ProblemList(problems) }
        guard let first = documents.first else {
            let mark = source.mark(line: 1, column: 1)
            throw ProblemList([Problem(code: "empty", mark: mark, sentence: "\(source.file) holds no document")])
        }
        guard documents.count == 1 else {
            let sentence = "\(source.file) holds \(documents.count) documents where one is expected"
            let mark = documents[1].mark
            throw ProblemList([Problem(code: "documents", mark: mark, sentence: sentence).showing(source)])
        }
        return first
    }
}
