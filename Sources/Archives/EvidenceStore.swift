package import Facts
package import Verdicts

/// Keeps every exchange of a run as a file of its own, written as it is captured and before anything is judged by it. Secrets are
/// taken out before the first byte is written.
package actor EvidenceStore {
    private let folder: RunFolder
    private let redactor: Redactor
    private var stored: [RunRecord.EvidenceFile] = []
    private var last = 0

    package init(folder: RunFolder, redactor: Redactor = Redactor()) {
        self.folder = folder
        self.redactor = redactor
    }

    /// Writes `evidence/0007-worker1-vf-table.txt`, numbered from 1 in the order of the calls.
    ///
    /// - Throws: `ArchiveError` when it cannot be written; the number is then used up.
    @discardableResult
    package func store(_ capture: Capture) throws(ArchiveError) -> EvidenceID {
        last += 1
        let id = EvidenceID(last)
        let (clean, redacted) = redact(capture)
        let path = "evidence/" + Self.fileName(id, clean)
        let document = EvidenceDocument(id: id, capture: clean, redacted: redacted)
        // Not brought to the disk one by one: evidence must outlast the process, not a loss of power, and hundreds of
        // waits for the disk would be the slowest part of a run.
        try Files.replace("\(folder.path)/\(path)", with: document.bytes, isDurable: false)
        stored.append(.init(id: id, path: path))
        return id
    }

    /// Everything stored so far, by number: the index for the run's record.
    package var files: [RunRecord.EvidenceFile] { stored }

    private func redact(_ capture: Capture) -> (Capture, count: Int) {
        var clean = capture
        let (output, count) = redactor.redact(capture.exchange.output)
        let (errors, errorCount) = redactor.redact(capture.exchange.errorOutput)
        clean.exchange.output = output
        clean.exchange.errorOutput = errors
        clean.exchange.sent = redactor.redact(capture.exchange.sent)
        if case .broken(let sentence) = capture.exchange.outcome {
            clean.exchange.outcome = .broken(redactor.redact(sentence))
        }
        return (clean, count + errorCount)
    }

    /// `0007-worker1-vf-table.txt`: number, who was asked, kind of request; never longer than a file name may be.
    private static func fileName(_ id: EvidenceID, _ capture: Capture) -> String {
        let digits = String(id.number)
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let source =
            switch capture.exchange.source {
            case .pod(let reference): reference.name
            default: capture.exchange.source.description
            }
        let words = "\(source)-\(capture.kind)".map { character -> Character in
            character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character)) ? character : "-"
        }
        return "\(number)-\(String(words.prefix(120))).txt"
    }
}
