package import Facts
internal import Glibc

/// The append-only record of what a run makes in the cluster, `journal.jsonl`: each line is on the disk before `append`
/// returns, so that the process may be killed at any byte and what it made is still known.
///
/// While a journal is open nobody else can open it: that is how a clean-up tells a run that goes on from one that died.
package actor Journal {
    private let path: String
    private let descriptor: Int32

    /// Starts the journal of a new run.
    package init(creating folder: RunFolder) throws(ArchiveError) {
        path = folder.journalPath
        descriptor = try Self.open(path, O_CREAT | O_EXCL)
        try Files.syncFolder(of: path)
    }

    /// Goes on with the journal of a run that is no longer going on; a torn last line is taken off first, since nothing that
    /// it would have announced was done.
    ///
    /// - Throws: `ArchiveError` also when the run is still going on.
    package init(continuing folder: RunFolder) throws(ArchiveError) {
        path = folder.journalPath
        descriptor = try Self.open(path, 0)
        do throws(ArchiveError) {
            guard let bytes = try Files.read(path) else { throw ArchiveError(path: path, "\(path): the journal has vanished") }
            let whole = bytes.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
            if whole < bytes.count, ftruncate(descriptor, whole) != 0 {
                throw Files.failure(path, "torn last line not taken off")
            }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// Appends one entry and waits until it is on the disk.
    ///
    /// - Throws: `ArchiveError` when it is not; what it announces must then not be done.
    package func append(_ entry: JournalEntry, at time: Timestamp) throws(ArchiveError) {
        try Files.write(Array((entry.line(at: time) + "\n").utf8), to: descriptor, path: path)
        guard fdatasync(descriptor) == 0 else { throw Files.failure(path, "not brought to the disk") }
    }

    private static func open(_ path: String, _ flags: Int32) throws(ArchiveError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_APPEND | O_CLOEXEC | flags, 0o644)
        guard descriptor >= 0 else { throw Files.failure(path, "journal not opened") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ArchiveError(path: path, "\(path): another process has this journal open: the run is still going on")
        }
        return descriptor
    }
}
