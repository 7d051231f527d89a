/// Why something could not be kept in, or read from, `reports/`.
package struct ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or folder it is about, as given.
    package let path: String
    /// The whole sentence, path first.
    package let sentence: String

    init(path: String, _ sentence: String) {
        self.path = path
        self.sentence = sentence
    }

    package var description: String { sentence }
}
