/// A scalar as it is written, and what it means.
///
/// YAML 1.1 and 1.2 disagree about `on`, `0123` and `1:30`; readers of both are in use between an operator's editor and
/// the API server. Such spellings are kept apart as `ambiguous`, so that whoever needs a value there can say so.
///
/// - Source: YAML 1.2.2 §10.3 (core schema); yaml.org/type/{bool,int,float}.html for 1.1.
package struct DocumentScalar: Hashable, Sendable {
    package enum Style: Hashable, Sendable {
        case plain
        /// Single or double quotes, and every JSON string.
        case quoted
        /// `|`: the lines as they stand.
        case literal
        /// `>`: lines joined by blanks.
        case folded
    }

    package enum Meaning: Hashable, Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        /// A number that is no decimal `Int`, as written: `1.5`, `1e3`, `0x1f`, more than 64 bits.
        case number(String)
        case string
        case ambiguous(Ambiguity)
    }

    /// A spelling that readers of YAML 1.1 and 1.2 take for different values.
    package enum Ambiguity: Hashable, Sendable {
        /// `yes`, `on`, `y`: true to a 1.1 reader, text to a 1.2 reader; `no`, `off`, `n` likewise.
        case bool(Bool)
        /// `0123`: eighty-three to a 1.1 reader, one hundred and twenty-three to a 1.2 reader.
        case octal
        /// `1:30`: ninety to a 1.1 reader, text to a 1.2 reader.
        case sexagesimal
    }

    package let text: String
    package let style: Style
    /// An explicit tag as libyaml resolves it (`tag:yaml.org,2002:str`); nil when none is written.
    package let tag: String?
    package let meaning: Meaning

    package init(_ text: String, style: Style, tag: String? = nil) {
        self.text = text
        self.style = style
        self.tag = tag
        let isText = style != .plain || tag == "tag:yaml.org,2002:str"
        meaning = isText ? .string : ScalarSpelling(text).meaning
    }

    /// What stands here, for sentences.
    package var kind: String {
        switch meaning {
        case .null: "nothing"
        case .bool, .number, .integer: "'\(text)'"
        case .string: style == .literal || style == .folded ? "a block of text" : "the text '\(text)'"
        case .ambiguous(.bool): "'\(text)', which some YAML readers take for a boolean,"
        case .ambiguous(.octal): "'\(text)', which some YAML readers take for an octal number,"
        case .ambiguous(.sexagesimal): "'\(text)', which some YAML readers take for a number to the base of 60,"
        }
    }
}
