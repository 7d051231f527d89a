/// JSON text to a tree in which every value and key knows its place.
///
/// - Source: RFC 8259.
struct JSONDocumentReader {
    private static let maximumDepth = 100

    private let source: SourceText
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    private var problems: [Problem] = []

    static func read(_ source: SourceText) -> ([DocumentNode], [Problem]) {
        var reader = JSONDocumentReader(source: source, scalars: Array(source.text.unicodeScalars))
        do throws(Problem) {
            let node = try reader.value(depth: 0)
            reader.skipBlanks()
            guard reader.index == reader.scalars.count else { throw reader.expected("the end of the text") }
            return ([node], reader.problems)
        } catch {
            return ([], reader.problems + [error])
        }
    }

    private init(source: SourceText, scalars: [Unicode.Scalar]) {
        self.source = source
        self.scalars = scalars
    }

    private var mark: Mark { source.mark(line: line, column: index - lineStart + 1) }

    private func expected(_ what: String) -> Problem {
        let seen = index < scalars.count ? "'\(scalars[index])'" : "the end of the text"
        return Problem(code: "json", mark: mark, sentence: "JSON expected \(what) here; \(seen) was seen")
    }

    private mutating func skipBlanks() {
        while index < scalars.count, [" ", "\t", "\r", "\n"].contains(scalars[index]) {
            index += 1
            if scalars[index - 1] == "\n" {
                line += 1
                lineStart = index
            }
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard index < scalars.count, scalars[index] == scalar else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(Problem) -> DocumentNode {
        guard depth <= Self.maximumDepth else { throw expected("at most \(Self.maximumDepth) levels of nesting") }
        skipBlanks()
        let mark = mark
        guard index < scalars.count else { throw expected("a value") }
        switch scalars[index] {
        case "{": return DocumentNode(.mapping(try members(depth: depth)), mark: mark)
        case "[": return DocumentNode(.sequence(try elements(depth: depth)), mark: mark)
        case "\"": return DocumentNode(.scalar(DocumentScalar(try string(), style: .quoted)), mark: mark)
        default: return DocumentNode(.scalar(DocumentScalar(try word(), style: .plain)), mark: mark)
        }
    }

    /// `true`, `false`, `null` or a number.
    private mutating func word() throws(Problem) -> String {
        let start = index
        var text = ""
        while index < scalars.count, scalars[index].isASCII,
            scalars[index].properties.isAlphabetic || "+-.0123456789".unicodeScalars.contains(scalars[index])
        {
            text.unicodeScalars.append(scalars[index])
            index += 1
        }
        let spelling = DocumentScalar(text, style: .plain).meaning
        switch spelling {
        case .bool, .null, .integer, .number:
            let first = text.unicodeScalars.first
            let isWord = ["true", "false", "null"].contains(text)
            if isWord || first == "-" || first.map({ ("0"..."9").contains($0) }) == true, !text.contains("x"), !text.contains("o")
            {
                return text
            }
        case .string, .ambiguous: break
        }
        index = start
        throw expected("a value")
    }

    private mutating func elements(depth: Int) throws(Problem) -> [DocumentNode] {
        index += 1
        var elements: [DocumentNode] = []
        skipBlanks()
        if take("]") { return [] }
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if take("]") { return elements }
            guard take(",") else { throw expected("',' or ']'") }
        }
    }

    private mutating func members(depth: Int) throws(Problem) -> [DocumentMember] {
        index += 1
        var members: [DocumentMember] = []
        var places: [String: Mark] = [:]
        skipBlanks()
        if take("}") { return [] }
        while true {
            skipBlanks()
            let keyMark = mark
            guard index < scalars.count, scalars[index] == "\"" else { throw expected("a key in quotes") }
            let key = try string()
            skipBlanks()
            guard take(":") else { throw expected("':'") }
            let value = try value(depth: depth + 1)
            if let first = places[key] {
                let sentence = "'\(key)' is written twice: at line \(first.line) and at line \(keyMark.line)"
                problems.append(
                    Problem(
                        code: "repeated-key", mark: keyMark, sentence: sentence, suggestion: "keep one of them",
                        related: [first]))
            } else {
                places[key] = keyMark
                members.append(DocumentMember(key: key, keyMark: keyMark, value: value))
            }
            skipBlanks()
            if take("}") { return members }
            guard take(",") else { throw expected("',' or '}'") }
        }
    }

    private mutating func string() throws(Problem) -> String {
        index += 1
        var text = String.UnicodeScalarView()
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            switch scalar {
            case "\"": return String(text)
            case "\\": text.append(try escape())
            case _ where scalar.value < 0x20:
                index -= 1
                throw expected("no raw control character in a string")
            default: text.append(scalar)
            }
        }
        throw expected("the closing '\"' of a string")
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        guard index < scalars.count else { throw expected("an escape") }
        let letter = scalars[index]
        index += 1
        switch letter {
        case "\"", "\\", "/": return letter
        case "b": return "\u{8}"
        case "f": return "\u{c}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let high = try hexQuad()
            if (0xd800..<0xdc00).contains(high), index + 1 < scalars.count, scalars[index] == "\\", scalars[index + 1] == "u" {
                let start = index
                index += 2
                let low = try hexQuad()
                if (0xdc00..<0xe000).contains(low) {
                    return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)) ?? "\u{fffd}"
                }
                index = start
            }
            return Unicode.Scalar(high) ?? "\u{fffd}"
        default:
            index -= 1
            throw expected("one of \" \\ / b f n r t u after '\\'")
        }
    }

    private mutating func hexQuad() throws(Problem) -> UInt32 {
        guard index + 4 <= scalars.count,
            scalars[index..<index + 4].allSatisfy({ $0.properties.isASCIIHexDigit }),
            let value = UInt32(String(String.UnicodeScalarView(scalars[index..<index + 4])), radix: 16)
        else { throw expected("four hexadecimal digits") }
        index += 4
        return value
    }
}
