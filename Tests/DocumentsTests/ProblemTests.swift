import Documents
import Testing

/// How problems look to the operator.
struct ProblemTests {
    @Test("A problem shows place, sentence, suggestion, the line and a caret below the column")
    func description() {
        let source = SourceText(file: "s.yaml", text: "pods:\n- nmae: a\n")
        let problem = Problem(
            code: "unknown-key", mark: Mark(file: "s.yaml", line: 2, column: 3), sentence: "'nmae' is no key of a pod",
            suggestion: "did you mean 'name'?")
        #expect(
            problem.showing(source).description == """
                s.yaml:2:3: error: 'nmae' is no key of a pod; did you mean 'name'? [unknown-key]
                    - nmae: a
                      ^
                """)
    }

    @Test("The caret stays below its column after tabs, in long lines, and past the line's end")
    func carets() {
        #expect(Excerpt(line: "\ta: b", column: 5).description == "    \ta: b\n    \t   ^")
        #expect(Excerpt(line: "ab", column: 9).description == "    ab\n      ^")
        let line = String(repeating: "x", count: 300) + "Y" + String(repeating: "x", count: 300)
        let shown = Excerpt(line: line, column: 301).description.split(separator: "\n").map(Array.init)
        #expect(shown[0].count <= 124)
        #expect(shown[0][shown[1].count - 1] == "Y")
    }

    @Test("Control characters of the file do not reach the terminal")
    func control() {
        #expect(!Excerpt(line: "a\u{1b}[31m", column: 1).description.contains("\u{1b}"))
    }

    @Test("A list is sorted by place")
    func order() {
        let problems = [(3, 1), (1, 9), (1, 2)].map { line, column in
            Problem(code: "c", mark: Mark(file: "s.yaml", line: line, column: column), sentence: "s")
        }
        #expect(ProblemList(problems).problems.map(\.mark.column) == [2, 9, 1])
    }
}
