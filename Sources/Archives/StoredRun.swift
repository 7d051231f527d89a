package import Facts
package import Verdicts

/// A run as it lies in its folder, whole or broken off: for show, diff, replay and clean-up.
package struct StoredRun: Sendable {
    package let folder: RunFolder

    /// Opens a run by its id, by the path of its folder, or `last` for the newest one.
    ///
    /// - Throws: `ArchiveError` when there is no such folder, naming those that are there.
    package init(_ run: String, under reports: String) throws(ArchiveError) {
        if run == "last", let newest = try Self.all(under: reports).last {
            self = newest
            return
        }
        var path = run.contains("/") ? run : "\(reports)/\(run)"
        while path.hasSuffix("/"), path.count > 1 { path.removeLast() }
        guard let names = try Files.names(in: path), names.contains("journal.jsonl") || names.contains("run.json") else {
            let known = try Self.all(under: reports).suffix(5).map(\.folder.id).joined(separator: ", ")
            let hint = known.isEmpty ? "there is no run in \(reports)" : "the newest in \(reports): \(known)"
            throw ArchiveError(path: path, "\(path): no stored run is there; \(hint)")
        }
        folder = RunFolder(id: path.split(separator: "/").last.map(String.init) ?? path, path: path)
    }

    /// A run whose folder is at hand, as the run itself has it.
    package init(_ folder: RunFolder) { self.folder = folder }

    /// Every run under this folder, oldest first (by its start, then by id). Folders without a journal are no runs; a folder
    /// that does not exist holds none.
    package static func all(under reports: String) throws(ArchiveError) -> [StoredRun] {
        var runs: [(started: Timestamp, run: StoredRun)] = []
        for name in try Files.names(in: reports) ?? [] {
            let run = StoredRun(RunFolder(id: name, path: "\(reports)/\(name)"))
            guard let bytes = try Files.read(run.folder.journalPath) else { continue }
            runs.append((JournalReading(bytes).started ?? Timestamp(nanoseconds: 0), run))
        }
        runs.sort { ($0.started, $0.run.folder.id) < ($1.started, $1.run.folder.id) }
        return runs.map(\.run)
    }

    /// Those of `all` that began at least `age` before `now`; for `cleanup --older-than`.
    package static func all(under reports: String, olderThan age: Duration, now: Timestamp) throws(ArchiveError) -> [StoredRun] {
        var old: [StoredRun] = []
        for run in try all(under: reports) {
            let started = try run.journal().started ?? Timestamp(nanoseconds: 0)
            if now.since(started) >= age { old.append(run) }
        }
        return old
    }

    /// The text of `run.json`; nil when the run was killed before it was written.
    package func recordText() throws(ArchiveError) -> String? {
        try Files.read("\(folder.path)/run.json").map { String(decoding: $0, as: UTF8.self) }
    }

    /// The journal; empty when there is none.
    package func journal() throws(ArchiveError) -> JournalReading {
        JournalReading(try Files.read(folder.journalPath) ?? [])
    }

    /// The reports in the folder, as paths to be typed, sorted.
    package func reportFiles() throws(ArchiveError) -> [String] {
        let names = try Files.names(in: folder.path) ?? []
        return names.filter { ["run.json", "junit.xml", "report.html"].contains($0) }.map { "\(folder.path)/\($0)" }
    }

    /// The evidence files in the order of capture, as they lie there, also those of a run without `run.json`.
    package func evidenceFiles() throws(ArchiveError) -> [RunRecord.EvidenceFile] {
        var files: [RunRecord.EvidenceFile] = []
        for name in try Files.names(in: folder.evidencePath) ?? [] where name.hasSuffix(".txt") {
            guard let number = Int(name.prefix { $0 != "-" }) else { continue }
            files.append(.init(id: EvidenceID(number), path: "evidence/\(name)"))
        }
        return files.sorted { $0.id < $1.id }
    }

    /// One exchange, read back.
    ///
    /// - Throws: `ArchiveError` when there is none of this number or the file is not as it was written.
    package func evidence(_ id: EvidenceID) throws(ArchiveError) -> Capture {
        guard let file = try evidenceFiles().first(where: { $0.id == id }) else {
            throw ArchiveError(path: folder.evidencePath, "\(folder.evidencePath): there is no \(id)")
        }
        return try evidence(at: file)
    }

    /// The same for a file of `evidenceFiles()`, without looking for it.
    package func evidence(at file: RunRecord.EvidenceFile) throws(ArchiveError) -> Capture {
        let path = "\(folder.path)/\(file.path)"
        guard let bytes = try Files.read(path) else { throw ArchiveError(path: path, "\(path): there is no such file") }
        return try EvidenceDocument(bytes, path: path).capture
    }
}
