/// A way of writing a value: its description for editors and its reader, side by side so that they cannot part.
package struct Form<Value>: Sendable {
    package let schema: FormSchema
    /// Reads a value that is there (nulls do not get this far); reports into the ledger and returns nil when it does not fit.
    package let read: @Sendable (DocumentNode, Ledger) -> Value?

    package init(_ schema: FormSchema, read: @escaping @Sendable (DocumentNode, Ledger) -> Value?) {
        self.schema = schema
        self.read = read
    }
}

/// A key of a mapping with the form of its value.
package struct Key<Value>: Sendable {
    package let name: String
    package let form: Form<Value>
    package let summary: String
    package let isRequired: Bool
    package let defaultText: String?

    package init(
        _ name: String, _ form: Form<Value>, required: Bool = false, default defaultText: String? = nil, _ summary: String
    ) {
        self.name = name
        self.form = form
        self.summary = summary
        self.isRequired = required
        self.defaultText = defaultText
    }

    package var description: KeyDescription {
        KeyDescription(name: name, schema: form.schema, summary: summary, isRequired: isRequired, defaultText: defaultText)
    }
}

extension Form {
    /// A mapping with known keys.
    ///
    /// - Parameter make: called when it is a mapping; a value is wanted even when keys were found wrong, so that the rules
    ///   can go on looking.
    package static func record(_ shape: Shape, _ make: @escaping @Sendable (Fields) -> Value?) -> Form {
        Form(.record(shape)) { node, ledger in Fields(node, shape, ledger).flatMap(make) }
    }

    /// A list; elements that do not fit are reported and left out.
    ///
    /// - Parameter identity: the key by which an overlay finds an element.
    package static func list<Element>(of element: Form<Element>, identity: String? = nil) -> Form where Value == [Element] {
        Form(.list(element.schema, identity: identity)) { node, ledger in
            guard let elements = node.elements else {
                ledger.report(
                    "type", at: node.mark, "a list is expected here; \(node.kind) was seen",
                    suggestion: "begin each entry with '- '")
                return nil
            }
            return elements.compactMap { node in
                guard !node.isNull else {
                    ledger.report("type", at: node.mark, "this entry of the list is empty")
                    return nil
                }
                return element.read(node, ledger)
            }
        }
    }

    /// One value, or a list of them.
    package static func oneOrMore<Element>(_ element: Form<Element>) -> Form where Value == [Element] {
        let several = Form.list(of: element)
        return Form(.oneOrMore(element.schema)) { node, ledger in
            node.elements == nil ? element.read(node, ledger).map { [$0] } : several.read(node, ledger)
        }
    }
}
