internal import Facts

/// Reads XML as devices print it into a `FieldTree`. Tolerant: what is not well-formed is noted as damage, and reading
/// goes on, so that a cut output still gives the elements before the cut.
///
/// Declarations, comments, processing instructions and document types are passed over; there is no expansion of any kind.
struct XMLFields {
    private var tree: FieldTreeBuilder
    private var offset: Int
    private let end: Int
    /// Open elements, outermost first.
    private var open: [Int32] = []
    private static let depthLimit = 256

    /// - Parameters:
    ///   - bytes: the output from the first `<` on; text behind the last root's end is passed over.
    ///   - firstLine: the line, in the captured output, on which `bytes` begin.
    static func read(_ bytes: [UInt8], firstLine: Int, outside: [UnreadLine] = []) -> FieldTree {
        var reader = XMLFields(bytes, firstLine: firstLine, outside: outside)
        reader.run()
        return FieldTree(reader.tree)
    }

    private init(_ bytes: [UInt8], firstLine: Int, outside: [UnreadLine]) {
        tree = FieldTreeBuilder(bytes: bytes, length: bytes.count, firstLine: firstLine, outside: outside)
        offset = 0
        end = min(bytes.count, Int(Int32.max) - 1)
    }

    private mutating func run() {
        while offset < end {
            if tree.bytes[offset] == 0x3c {
                readTag()
            } else {
                readText()
            }
        }
        for element in open.reversed() { tree.noteDamage(at: Int(tree.nodes[Int(element)].start)) }
    }

    private mutating func readText() {
        let start = offset
        var hasEntities = false
        var isBlank = true
        while offset < end, tree.bytes[offset] != 0x3c {
            if tree.bytes[offset] == 0x26 { hasEntities = true }
            if tree.bytes[offset] > 0x20 { isBlank = false }
            offset += 1
        }
        // The first text that is more than white space is the element's; white space between children is none.
        guard !isBlank else { return }
        guard let element = open.last, !tree.hasText(element) else {
            // Text where none belongs may be what is left of a lost element.
            if MACWord.occurs(in: Substring(String(decoding: tree.bytes[start..<offset], as: UTF8.self))) {
                tree.noteDamage(at: start)
            }
            return
        }
        tree.setText(of: element, from: start, to: offset, hasEntities: hasEntities)
    }

    private mutating func readTag() {
        let start = offset
        guard offset + 1 < end else {
            tree.noteDamage(at: start)
            offset = end
            return
        }
        // A narrow terminal may break the line behind the bracket.
        if tree.bytes[offset + 1] == 0x0a, offset + 2 < end { offset += 1 }
        switch tree.bytes[offset + 1] {
        case 0x21: passOver(start: start, comment: tree.bytes[offset...].starts(with: Array("<!--".utf8)))
        case 0x3f: passTo(0x3e, start: start)
        case 0x2f: closeElement(start: start)
        case 0x41...0x5a, 0x61...0x7a, 0x5f: openElement(start: start)
        default:
            // A lone '<' in text.
            offset += 1
        }
    }

    private mutating func passTo(_ byte: UInt8, start: Int) {
        while offset < end, tree.bytes[offset] != byte { offset += 1 }
        if offset < end { offset += 1 } else { tree.noteDamage(at: start) }
    }

    private mutating func passOver(start: Int, comment: Bool) {
        let cdata = tree.bytes[offset...].starts(with: Array("<![CDATA[".utf8))
        guard comment || cdata else { return passTo(0x3e, start: start) }
        let closing: [UInt8] = Array((comment ? "-->" : "]]>").utf8)
        offset += comment ? 4 : 9
        let textStart = offset
        while offset < end, !tree.bytes[offset...].starts(with: closing) { offset += 1 }
        if cdata, let element = open.last, offset > textStart {
            tree.setText(of: element, from: textStart, to: offset, hasEntities: false)
        }
        if offset < end { offset += 3 } else { tree.noteDamage(at: start) }
    }

    private mutating func readName() -> String {
        var start = offset
        while offset < end, Self.isNameByte(tree.bytes[offset]) {
            if tree.bytes[offset] == 0x3a { start = offset + 1 }
            offset += 1
        }
        let name = tree.bytes[min(start, offset)..<offset]
        let rest = restOfBrokenName(after: start)
        return String(decoding: rest.isEmpty ? name : name + rest, as: UTF8.self)
    }

    /// A narrow terminal breaks names too: what follows a line end without a blank is the rest of the name, unless it is the
    /// name of an attribute.
    private mutating func restOfBrokenName(after start: Int) -> [UInt8] {
        guard offset > start, offset + 1 < end, tree.bytes[offset] == 0x0a, Self.isNameByte(tree.bytes[offset + 1]) else {
            return []
        }
        var index = offset + 1
        while index < end, Self.isNameByte(tree.bytes[index]) { index += 1 }
        guard index < end, [0x3e, 0x20, 0x2f, 0x0a].contains(tree.bytes[index]) else { return [] }
        let rest = Array(tree.bytes[(offset + 1)..<index])
        offset = index
        return rest
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d, 0x2e, 0x3a, 0x80...0xff: true
        default: false
        }
    }

    private mutating func skipBlanks() {
        while offset < end, tree.bytes[offset] <= 0x20 { offset += 1 }
    }

    /// The usual case: the whole tag that closes the innermost element.
    private mutating func closesInnermost() -> Bool {
        guard let element = open.last else { return false }
        let name = tree.names[Int(tree.nodes[Int(element)].name)].utf8
        let close = offset + 2 + name.count
        guard close < end, tree.bytes[close] == 0x3e, tree.bytes[(offset + 2)..<close].elementsEqual(name) else { return false }
        offset = close + 1
        open.removeLast()
        return true
    }

    private mutating func closeElement(start: Int) {
        if closesInnermost() { return }
        offset += 2
        if offset < end, tree.bytes[offset] == 0x0a { offset += 1 }
        let name = readName()
        passTo(0x3e, start: start)
        let number = tree.number(of: name)
        guard let position = open.lastIndex(where: { tree.nodes[Int($0)].name == number })
        else {
            tree.noteDamage(at: start)
            return
        }
        // What is still open inside was never closed.
        for element in open[(position + 1)...] { tree.noteDamage(at: Int(tree.nodes[Int(element)].start)) }
        open.removeSubrange(position...)
    }

    private mutating func openElement(start: Int) {
        offset += 1
        let element = tree.append(readName(), parent: open.last ?? -1, start: start)
        while true {
            skipBlanks()
            guard offset < end else {
                tree.noteDamage(at: start)
                return
            }
            switch tree.bytes[offset] {
            case 0x3e:
                offset += 1
                if open.count < Self.depthLimit { open.append(element) } else { tree.noteDamage(at: start) }
                return
            case 0x2f:
                offset += 1
                if offset < end, tree.bytes[offset] == 0x3e {
                    offset += 1
                    return
                }
            case 0x3c:
                // The next tag begins before this one ended.
                tree.noteDamage(at: start)
                return
            default: readAttribute(of: element)
            }
        }
    }

    private mutating func readAttribute(of element: Int32) {
        let start = offset
        let name = readName()
        guard offset > start else {
            offset += 1
            return
        }
        skipBlanks()
        guard offset < end, tree.bytes[offset] == 0x3d else { return }
        offset += 1
        skipBlanks()
        guard offset < end, tree.bytes[offset] == 0x22 || tree.bytes[offset] == 0x27 else { return }
        let quote = tree.bytes[offset]
        offset += 1
        let valueStart = offset
        while offset < end, tree.bytes[offset] != quote { offset += 1 }
        if name != "xmlns" {
            let attribute = tree.append("@" + name, parent: element, start: start)
            let hasEntities = tree.bytes[valueStart..<offset].contains(0x26)
            tree.setText(of: attribute, from: valueStart, to: offset, hasEntities: hasEntities)
        }
        if offset < end { offset += 1 }
    }
}
