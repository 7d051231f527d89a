/// One node of a `FieldTree`: a handle, cheap to copy.
struct Field: Sendable {
    let tree: FieldTree
    let index: Int

    private var node: FieldTree.Node { tree.nodes[index] }

    var name: String { tree.names[Int(node.name)] }
    /// Offset of its beginning in the tree's bytes.
    var start: Int { Int(node.start) }
    var parent: Field? { node.parent < 0 ? nil : Field(tree: tree, index: Int(node.parent)) }
    var children: FieldChildren { FieldChildren(tree: tree, first: Int(node.firstChild)) }

    /// True when it lies, at any depth, in a node with one of these names.
    func isBelow(_ names: Set<String>) -> Bool {
        var above = parent
        while let field = above {
            if names.contains(field.name) { return true }
            above = field.parent
        }
        return false
    }

    /// Its own text, entities decoded, without white space at both ends; empty where it has none.
    var text: String {
        let node = node
        var start = Int(node.textStart)
        var end = Int(node.textEnd)
        while start < end, Self.isSpace(tree.bytes[start]) { start += 1 }
        while end > start, Self.isSpace(tree.bytes[end - 1]) { end -= 1 }
        let slice = tree.bytes[start..<end]
        return node.hasEntities ? XMLEntities.decode(slice) : String(decoding: slice, as: UTF8.self)
    }

    /// Its own text, entities decoded, with all its white space: the columns of a table begin where the device put them.
    var wholeText: String {
        let slice = tree.bytes[Int(node.textStart)..<Int(node.textEnd)]
        return node.hasEntities ? XMLEntities.decode(slice) : String(decoding: slice, as: UTF8.self)
    }

    /// Its text without any white space: a narrow terminal may have broken a value in two.
    var joinedText: String {
        let text = text
        return text.utf8.contains(where: Self.isSpace) ? String(text.filter { !$0.isWhitespace }) : text
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    /// The first child with one of these names, in the order of the names.
    func first(_ names: String...) -> Field? { first(of: names) }

    func first(of names: [String]) -> Field? {
        for name in names {
            guard let number = tree.number(of: name) else { continue }
            var child = node.firstChild
            while child >= 0 {
                if tree.nodes[Int(child)].name == number { return Field(tree: tree, index: Int(child)) }
                child = tree.nodes[Int(child)].nextSibling
            }
        }
        return nil
    }

    /// The text of the first child with one of these names; nil when there is none or it is empty.
    func value(_ names: String...) -> String? {
        guard let text = first(of: names)?.joinedText, !text.isEmpty else { return nil }
        return text
    }

    /// The children with this name.
    func all(_ name: String) -> [Field] {
        guard let number = tree.number(of: name) else { return [] }
        return children.filter { tree.nodes[$0.index].name == number }
    }

    /// Every node below (or equal to) this one that has one of these names, in source order. A found node is not searched
    /// again within, so a list inside a row is the row's own business.
    func descendants(named names: Set<String>) -> [Field] {
        let numbers = Set(names.compactMap { tree.number(of: $0) })
        guard !numbers.isEmpty else { return [] }
        var found: [Field] = []
        var stack = [index]
        while let top = stack.popLast() {
            if numbers.contains(tree.nodes[top].name) {
                found.append(Field(tree: tree, index: top))
                continue
            }
            let mark = stack.count
            for child in Field(tree: tree, index: top).children { stack.append(child.index) }
            stack[mark...].reverse()
        }
        return found
    }
}

/// The children of a node, in source order.
struct FieldChildren: Sequence, IteratorProtocol {
    let tree: FieldTree
    private var current: Int

    init(tree: FieldTree, first: Int) {
        self.tree = tree
        current = first
    }

    mutating func next() -> Field? {
        guard current >= 0 else { return nil }
        let field = Field(tree: tree, index: current)
        current = Int(tree.nodes[current].nextSibling)
        return field
    }
}
