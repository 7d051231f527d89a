internal import Facts

/// Collects the nodes of a `FieldTree` while its source is read.
struct FieldTreeBuilder {
    private(set) var bytes: [UInt8]
    private(set) var nodes: [FieldTree.Node] = []
    private(set) var names: [String] = []
    private(set) var numbers: [String: Int32] = [:]
    private(set) var damage: [Int] = []
    let firstLine: Int
    let outside: [UnreadLine]
    private var lastRoot: Int32 = -1

    /// - Parameter length: bytes of the source, by which room is made once instead of again and again.
    init(bytes: [UInt8], length: Int, firstLine: Int, outside: [UnreadLine]) {
        self.outside = outside
        self.bytes = bytes
        self.firstLine = firstLine
        self.bytes.reserveCapacity(length)
        nodes.reserveCapacity(length / 24)
    }

    mutating func noteDamage(at offset: Int) { damage.append(offset) }

    mutating func number(of name: String) -> Int32 {
        if let number = numbers[name] { return number }
        let number = Int32(names.count)
        names.append(name)
        numbers[name] = number
        return number
    }

    /// Adds a node behind its siblings and returns its index.
    mutating func append(_ name: String, parent: Int32, start: Int) -> Int32 {
        let index = Int32(nodes.count)
        nodes.append(FieldTree.Node(name: number(of: name), parent: parent, start: Int32(start)))
        if parent >= 0 {
            let last = nodes[Int(parent)].lastChild
            if last >= 0 { nodes[Int(last)].nextSibling = index } else { nodes[Int(parent)].firstChild = index }
            nodes[Int(parent)].lastChild = index
        } else {
            if lastRoot >= 0 { nodes[Int(lastRoot)].nextSibling = index }
            lastRoot = index
        }
        return index
    }

    func hasText(_ index: Int32) -> Bool { nodes[Int(index)].textEnd > nodes[Int(index)].textStart }

    mutating func setText(of index: Int32, from start: Int, to end: Int, hasEntities: Bool) {
        nodes[Int(index)].textStart = Int32(start)
        nodes[Int(index)].textEnd = Int32(end)
        nodes[Int(index)].hasEntities = hasEntities
    }

    /// Puts text that is not in the source (a JSON string after its escapes) behind the source.
    mutating func setText(of index: Int32, to text: String) {
        let start = bytes.count
        bytes.append(text[...])
        setText(of: index, from: start, to: bytes.count, hasEntities: false)
    }
}
