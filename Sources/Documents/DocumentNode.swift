/// One value in a YAML or JSON document that knows where it stands.
package struct DocumentNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// The pairs in the order they are written. Keys are unique; a repeated one was reported and left out.
        case mapping([DocumentMember])
        case sequence([DocumentNode])
        case scalar(DocumentScalar)
    }

    package let content: Content
    /// Where the value begins. For a value that came in by an alias: where the anchor's value begins.
    package let mark: Mark

    package init(_ content: Content, mark: Mark) {
        self.content = content
        self.mark = mark
    }

    /// The pairs; nil when this is no mapping.
    package var members: [DocumentMember]? {
        if case .mapping(let members) = content { return members }
        return nil
    }

    /// The elements; nil when this is no sequence.
    package var elements: [DocumentNode]? {
        if case .sequence(let elements) = content { return elements }
        return nil
    }

    /// The scalar; nil when this is a mapping or a sequence.
    package var scalar: DocumentScalar? {
        if case .scalar(let scalar) = content { return scalar }
        return nil
    }

    /// The value under this key; nil when there is none or this is no mapping.
    package subscript(key: String) -> DocumentNode? { member(key)?.value }

    /// The pair with this key; nil when there is none or this is no mapping.
    package func member(_ key: String) -> DocumentMember? { members?.first { $0.key == key } }

    /// The same mapping with one value replaced where its key stands, or added at the end.
    package func replacing(_ key: String, with value: DocumentNode) -> DocumentNode {
        guard var members else { return self }
        let member = DocumentMember(key: key, keyMark: member(key)?.keyMark ?? value.mark, value: value)
        if let index = members.firstIndex(where: { $0.key == key }) { members[index] = member } else { members.append(member) }
        return DocumentNode(.mapping(members), mark: mark)
    }

    /// The same mapping with these keys alone.
    package func keeping(_ keys: Set<String>) -> DocumentNode {
        guard let members else { return self }
        return DocumentNode(.mapping(members.filter { keys.contains($0.key) }), mark: mark)
    }

    /// The text of a scalar as it is written, whatever it looks like (`201` and `"201"` give the same); nil for a null, a
    /// mapping or a sequence.
    package var text: String? { isNull ? nil : scalar?.text }

    /// A whole number written plainly in decimal; nil for everything else, a quoted one and `0123` included.
    package var int: Int? {
        guard let scalar, case .integer(let number) = scalar.meaning else { return nil }
        return number
    }

    /// `true` or `false`, written plainly; nil for everything else, `yes` and `on` included.
    package var bool: Bool? {
        guard let scalar, case .bool(let value) = scalar.meaning else { return nil }
        return value
    }

    /// True for `null`, `~` and for a key with nothing after its colon.
    package var isNull: Bool { scalar?.meaning == .null }

    /// What stands here, for sentences: `a mapping`, `a list`, `the number 201`, `the text "eno2"`.
    package var kind: String {
        switch content {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar): scalar.kind
        }
    }
}

/// One `key: value` of a mapping.
package struct DocumentMember: Hashable, Sendable {
    package let key: String
    /// Where the key begins.
    package let keyMark: Mark
    package let value: DocumentNode

    package init(key: String, keyMark: Mark, value: DocumentNode) {
        self.key = key
        self.keyMark = keyMark
        self.value = value
    }
}
