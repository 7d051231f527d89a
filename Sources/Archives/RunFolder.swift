package import Facts

/// The folder of one run, `reports/<run>/`: `journal.jsonl`, `run.json`, `junit.xml`, `report.html`, `evidence/`.
package struct RunFolder: Hashable, Sendable {
    /// The run's id, which is the folder's name.
    package let id: String
    /// The folder as given: relative paths stay relative.
    package let path: String

    init(id: String, path: String) {
        self.id = id
        self.path = path
    }

    /// Makes a new folder for a run that starts now; the folder is never one that was there.
    ///
    /// - Parameters:
    ///   - reports: the folder of all runs; made when missing.
    ///   - suffix: four hexadecimal digits at the end of the id; the next free ones are taken when they are in use.
    package static func create(
        under reports: String, scenario: String, started: Timestamp, suffix: UInt16 = .random(in: 0 ... .max)
    ) throws(ArchiveError) -> RunFolder {
        try Files.makeFolders(reports)
        for step in UInt16(0)..<64 {
            let id = RunID.make(scenario: scenario, started: started, suffix: suffix &+ step)
            let folder = RunFolder(id: id, path: "\(reports)/\(id)")
            guard try Files.makeNewFolder(folder.path) else { continue }
            try Files.makeFolders(folder.path + "/evidence")
            try Files.syncFolder(of: folder.path)
            return folder
        }
        throw ArchiveError(path: reports, "\(reports): 64 runs of scenario \(scenario) began in one second; none was started")
    }

    /// Writes a file of the folder in one step, onto the disk.
    ///
    /// - Parameter name: relative to the folder: `run.json`.
    package func write(_ text: String, to name: String) throws(ArchiveError) {
        try Files.replace("\(path)/\(name)", with: Array(text.utf8), isDurable: true)
    }

    /// Writes a copy anywhere else (`--junit build/junit.xml`), in one step; folders on the way are made.
    package static func write(_ text: String, toPath path: String) throws(ArchiveError) {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try Files.makeFolders(String(path[..<slash])) }
        try Files.replace(path, with: Array(text.utf8), isDurable: true)
    }

    var journalPath: String { path + "/journal.jsonl" }
    var evidencePath: String { path + "/evidence" }
}
