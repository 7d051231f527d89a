/// What a mapping may hold, as data: readers check against it, editors get it as JSON Schema.
package struct Shape: Sendable {
    /// One word, unique in a document: `node`.
    package let name: String
    /// For sentences: `a node`.
    package let article: String
    package let keys: [KeyDescription]

    package init(_ name: String, _ article: String, _ keys: [KeyDescription]) {
        self.name = name
        self.article = article
        self.keys = keys
    }

    /// Where in this shape, at any depth, a key of this name has its place: `spec.pods[]`. The shape itself is left out.
    package func paths(of key: String) -> [String] {
        keys.flatMap { $0.schema.homes(of: key, below: $0.name) }
    }
}

/// One key of a shape.
package struct KeyDescription: Sendable {
    package let name: String
    package let schema: FormSchema
    /// One sentence for editors: what it is, in which unit, what its absence means.
    package let summary: String
    package let isRequired: Bool
    /// As it would be written; nil when absence has no equal.
    package let defaultText: String?

    /// The same key where it need not be written.
    package var optional: KeyDescription {
        KeyDescription(name: name, schema: schema, summary: summary, isRequired: false, defaultText: defaultText)
    }
}

/// How a value is written, as data.
package indirect enum FormSchema: Sendable {
    /// - pattern: a regular expression as JSON Schema takes it (ECMA 262); nil: any text.
    case text(pattern: String?)
    case integer(ClosedRange<Int>)
    case boolean
    case choice([String])
    /// - identity: the key by which an overlay finds an element; nil: an overlay replaces the whole list.
    case list(FormSchema, identity: String?)
    case oneOrMore(FormSchema)
    case record(Shape)
    /// Free keys with texts.
    case textMap
    /// Free content.
    case anything

    func homes(of key: String, below path: String) -> [String] {
        switch self {
        case .record(let shape):
            let here = shape.keys.contains { $0.name == key } ? [path] : []
            return here + shape.keys.flatMap { $0.schema.homes(of: key, below: "\(path).\($0.name)") }
        case .list(let element, _): return element.homes(of: key, below: path + "[]")
        case .oneOrMore(let element): return element.homes(of: key, below: path)
        case .text, .integer, .boolean, .choice, .textMap, .anything: return []
        }
    }
}
