internal import Yams

/// Says in the operator's words what libyaml stumbled over.
struct YAMLSyntaxProblem {
    let problem: Problem

    init(_ source: SourceText, _ error: any Error) {
        switch error {
        case YamlError.scanner(let context, let text, let mark, _), YamlError.parser(let context, let text, let mark, _):
            problem = Self.syntax(source, text, at: mark, context: context)
        case YamlError.composer(_, let text, let mark, _):
            let sentence =
                text.contains("alias") ? "the alias here names no anchor above it" : "YAML expected something else here: \(text)"
            problem = Problem(code: "yaml", mark: source.mark(line: mark.line, column: mark.column), sentence: sentence)
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            let names = keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
            let mark = source.mark(line: context.mark.line, column: context.mark.column)
            problem = Problem(
                code: "repeated-key", mark: mark, sentence: "\(names): written more than once in one mapping",
                suggestion: "keep one of them")
        case YamlError.reader(_, let offset, let value, _):
            problem = Self.character(source, offset: offset, value: value)
        default:
            problem = Problem(
                code: "yaml", mark: source.mark(line: 1, column: 1),
                sentence: "\(source.file) could not be read as YAML: \(error)")
        }
    }

    private static func syntax(_ source: SourceText, _ text: String, at mark: Yams.Mark, context: YamlError.Context?) -> Problem {
        let line = Array((source.line(mark.line) ?? "").unicodeScalars)
        // At the end of a text libyaml stands on a line that is not there.
        let place =
            mark.line > source.lineCount
            ? source.mark(line: source.lineCount, column: (source.line(source.lineCount) ?? "").unicodeScalars.count + 1)
            : source.mark(line: mark.line, column: mark.column)
        let indent = line.prefix { $0 == " " || $0 == "\t" }
        if let tab = indent.firstIndex(of: "\t") {
            return Problem(
                code: "tab", mark: source.mark(line: mark.line, column: tab + 1), sentence: "this line is indented by a tab",
                suggestion: "YAML takes blanks only")
        }
        // libyaml often notices a line too late; the construct it was in says where it began.
        var sentence = "YAML expected something else here: \(text)"
        if let context, context.mark.line != mark.line || context.mark.column != mark.column {
            sentence += ", \(context.text), begun at line \(context.mark.line), column \(context.mark.column)"
        }
        let suggestion: String? =
            if text.contains("mapping values are not allowed") {
                "put text that holds ': ' in quotes, and check the indentation of this line"
            } else if text.contains("block end") || text.contains("block mapping") {
                "check that this line is indented like its neighbours"
            } else {
                nil
            }
        return Problem(code: "yaml", mark: place, sentence: sentence, suggestion: suggestion)
    }

    /// - Parameter offset: counted in characters of the text by Yams; nil when it does not fall between two.
    private static func character(_ source: SourceText, offset: Int?, value: Int32) -> Problem {
        var line = 1
        var column = 1
        if let offset {
            for scalar in source.text.prefix(offset).unicodeScalars {
                column = scalar == "\n" ? 1 : column + 1
                line += scalar == "\n" ? 1 : 0
            }
        }
        let hex = String(value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        return Problem(
            code: "character", mark: source.mark(line: line, column: column),
            sentence: "U+\(code) is a control character, which YAML does not allow", suggestion: "write it as an escape in quotes"
        )
    }
}
