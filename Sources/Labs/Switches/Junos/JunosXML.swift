/// One XML element as Junos prints it: children or text, indented by four blanks a level.
struct JunosXML {
    var name: String
    var attributes: [(name: String, value: String)] = []
    var text: String?
    var children: [JunosXML] = []

    init(_ name: String, attributes: [(name: String, value: String)] = [], _ text: String) {
        self.name = name
        self.attributes = attributes
        self.text = text
    }

    init(_ name: String, attributes: [(name: String, value: String)] = [], _ children: [JunosXML] = []) {
        self.name = name
        self.attributes = attributes
        self.children = children
    }

    func written(indent: Int = 0) -> String {
        let blanks = String(repeating: " ", count: indent * 4)
        let head = "<" + name + attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
        if let text { return blanks + head + ">" + JunosXML.escaped(text) + "</\(name)>\n" }
        if children.isEmpty { return blanks + head + "/>\n" }
        return blanks + head + ">\n" + children.map { $0.written(indent: indent + 1) }.joined() + blanks + "</\(name)>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
