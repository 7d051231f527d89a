/// The one writer of XML and HTML: names come from our sources, everything else passes through an escape here.
struct MarkupWriter {
    private(set) var text: String
    private var open: [String] = []

    /// - Parameter prologue: what stands before the first element, from our sources.
    init(prologue: StaticString) { text = "\(prologue)\n" }

    /// An element with elements inside, one a line, indented by two blanks a level.
    mutating func element(_ name: StaticString, _ attributes: [(StaticString, String)] = [], _ content: (inout Self) -> Void) {
        text += indentation + "<\(name)" + Self.written(attributes) + ">\n"
        open.append("\(name)")
        content(&self)
        open.removeLast()
        text += indentation + "</\(name)>\n"
    }

    /// An element with nothing but text inside, which is written as it is but for escapes.
    mutating func leaf(_ name: StaticString, _ attributes: [(StaticString, String)] = [], _ content: String) {
        text +=
            indentation + "<\(name)" + Self.written(attributes) + ">" + Self.escaped(PlainText.block(content)) + "</\(name)>\n"
    }

    /// An element with nothing inside: `<name …/>` (in HTML for void elements and inside SVG only).
    mutating func empty(_ name: StaticString, _ attributes: [(StaticString, String)] = []) {
        text += indentation + "<\(name)" + Self.written(attributes) + "/>\n"
    }

    /// Text of our own that must not be escaped, a style sheet.
    mutating func verbatim(_ text: StaticString) { self.text += "\(text)\n" }

    private var indentation: String { String(repeating: "  ", count: open.count) }

    private static func written(_ attributes: [(StaticString, String)]) -> String {
        attributes.map { " \($0.0)=\"" + escaped(PlainText.block($0.1), inAttribute: true) + "\"" }.joined()
    }

    /// - Source: XML 1.0, section 2.4; line feeds and tabs in attributes as references, or a parser makes blanks of them
    ///   (section 3.3.3).
    private static func escaped(_ text: String, inAttribute: Bool = false) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where inAttribute: result += "&quot;"
            case "\n" where inAttribute: result += "&#10;"
            case "\t" where inAttribute: result += "&#9;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
