internal import Facts

/// Named fields in a tree: what XML and JSON of a device have in common, so that one reader serves both.
///
/// The nodes lie in one array and point into one buffer of bytes, so that a table of 100,000 rows stays small. Names are
/// local names (`l2ng:mac` and `mac` are one), since Junos puts its release number into each namespace. Attributes are
/// children named `@name`.
final class FieldTree: Sendable {
    struct Node: Sendable {
        /// Index into `names`.
        var name: Int32
        /// Range of the raw text in `bytes`; empty where the node has only children.
        var textStart: Int32 = 0
        var textEnd: Int32 = 0
        var firstChild: Int32 = -1
        var lastChild: Int32 = -1
        var nextSibling: Int32 = -1
        var parent: Int32
        /// Offset in `bytes` where the node begins.
        var start: Int32
        /// Entities (`&lt;`) have to be decoded when the text is asked for.
        var hasEntities = false
    }

    let bytes: [UInt8]
    let nodes: [Node]
    let names: [String]
    private let numbers: [String: Int32]
    /// Places (offsets in `bytes`) where the source was not well-formed: a tag that closes nothing, an element left open.
    let damage: [Int]
    /// The line of the captured output on which `bytes` begin, 1-based.
    let firstLine: Int
    /// Lines of the output before or behind the tree's source that hold a piece of a MAC address.
    let outside: [UnreadLine]

    init(_ builder: FieldTreeBuilder) {
        bytes = builder.bytes
        nodes = builder.nodes
        names = builder.names
        numbers = builder.numbers
        damage = builder.damage
        firstLine = builder.firstLine
        outside = builder.outside
    }

    /// Top-level nodes.
    var roots: [Field] {
        var found: [Field] = []
        var index = nodes.isEmpty ? -1 : 0
        while index >= 0 {
            found.append(Field(tree: self, index: index))
            index = Int(nodes[index].nextSibling)
        }
        return found
    }

    /// The number of a name; nil when no node has it.
    func number(of name: String) -> Int32? { numbers[name] }

    /// Every node with one of these names, in source order, those inside a found one left out.
    func descendants(named names: Set<String>) -> [Field] {
        roots.flatMap { $0.descendants(named: names) }
    }

    /// The source lines at these offsets as unread lines, each line once, in order.
    func unread(at offsets: [Int]) -> [UnreadLine] {
        var found: [UnreadLine] = []
        var line = firstLine
        var start = 0
        var scanned = 0
        for offset in offsets.sorted() {
            let offset = min(offset, bytes.count)
            while scanned < offset {
                if bytes[scanned] == 0x0a {
                    line += 1
                    start = scanned + 1
                }
                scanned += 1
            }
            if found.last?.number != line { found.append(UnreadLine(number: line, text: lineText(from: start))) }
        }
        return found
    }

    private func lineText(from start: Int) -> String {
        let end = bytes[start...].prefix(200).firstIndex(of: 0x0a) ?? min(bytes.count, start + 200)
        let line = String(decoding: bytes[start..<end], as: UTF8.self)
        return String(Substring(line).trimmedBlanks)
    }
}
