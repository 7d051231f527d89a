internal import Documents

/// The files of one scenario: each is read once, and its problems go into the ledger.
final class ScenarioFiles {
    private let ledger: Ledger
    private let reading: (String) throws(UnreadableFile) -> String
    private var files: [String: DocumentFile] = [:]
    /// In the order of reading.
    private(set) var paths: [String] = []

    init(ledger: Ledger, reading: @escaping (String) throws(UnreadableFile) -> String) {
        self.ledger = ledger
        self.reading = reading
    }

    func add(_ path: String, text: String) -> DocumentFile {
        let file = DocumentFile(file: path, text: text)
        ledger.add(file)
        files[path] = file
        paths.append(path)
        return file
    }

    /// The file that is named at a place; nil when it cannot be had, which is reported there.
    func file(_ path: String, namedAt mark: Mark) -> DocumentFile? {
        if let file = files[path] { return file }
        do throws(UnreadableFile) {
            return add(path, text: try reading(path))
        } catch {
            ledger.report("unreadable", at: mark, "\(path) could not be read: \(error.reason)")
            return nil
        }
    }
}
