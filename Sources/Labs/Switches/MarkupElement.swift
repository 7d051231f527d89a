/// One XML element as devices print it: children or text, each level indented.
struct MarkupElement {
    var name: String
    var attributes: [(name: String, value: String)] = []
    var text: String?
    var children: [MarkupElement] = []

    init(_ name: String, attributes: [(name: String, value: String)] = [], _ text: String) {
        self.name = name
        self.attributes = attributes
        self.text = text
    }

    init(_ name: String, attributes: [(name: String, value: String)] = [], _ children: [MarkupElement] = []) {
        self.name = name
        self.attributes = attributes
        self.children = children
    }

    /// - Parameter step: blanks a level.
    func written(indent: Int = 0, step: Int = 4) -> String {
        let blanks = String(repeating: " ", count: indent * step)
        let head = "<" + name + attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
        if let text { return blanks + head + ">" + MarkupElement.escaped(text) + "</\(name)>\n" }
        if children.isEmpty { return blanks + head + "/>\n" }
        return blanks + head + ">\n" + children.map { $0.written(indent: indent + 1, step: step) }.joined() + blanks
            + "</\(name)>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
