internal import Facts

extension String {
    /// The text and blanks after it, up to a width; a longer text stands as it is.
    func left(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// Blanks up to a width, and the text.
    func right(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension MACAddress {
    /// `aabb.ccdd.eeff`, as EOS, NX-OS and IOS write it.
    var dotted: String {
        let digits = Array(description.filter { $0 != ":" })
        return stride(from: 0, to: 12, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: ".")
    }
}

/// Ports in a column, as many on a line as fit, the following lines indented: `Et1, Et2,`.
enum PortColumn {
    /// - Parameters:
    ///   - width: how long a line of ports may be.
    ///   - indent: blanks before the second line and those after it.
    static func wrapped(_ names: [String], width: Int, indent: Int, comma: String = ", ") -> String {
        var lines: [String] = []
        for (index, name) in names.enumerated() {
            let piece = name + (index + 1 < names.count ? comma : "")
            if let last = lines.last, last.count + name.count + 1 <= width {
                lines[lines.count - 1] = last + piece
            } else {
                lines.append(piece)
            }
        }
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}

/// What a command shows, in the forms that the platform has for it.
struct ShownTable {
    var text: String
    /// Nil where the platform has no structured form of it.
    var json: JSONValue?

    init(_ text: String, json: JSONValue? = nil) {
        self.text = text
        self.json = json
    }
}

extension JSONValue {
    /// Over several lines, indented by four blanks.
    var wideText: String {
        prettyText.split(separator: "\n").map { line in
            String(repeating: " ", count: line.prefix { $0 == " " }.count) + line
        }.joined(separator: "\n")
    }
}
