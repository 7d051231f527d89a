/// A place in a text the operator wrote.
package struct Mark: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The path as it was given on the command line, or as another file refers to it.
    package let file: String
    /// 1-based.
    package let line: Int
    /// 1-based, counted in Unicode scalars, as editors and libyaml count.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `scenarios/vlan-201.yaml:27:12`.
    package var description: String { "\(file):\(line):\(column)" }

    package static func < (left: Mark, right: Mark) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
