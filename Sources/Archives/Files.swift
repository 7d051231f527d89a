internal import Glibc

/// The few file operations of this room, over the system's own calls: what matters here is when bytes are on the disk.
enum Files {
    /// The error for the call that just set `errno`: `reports/x: not created: Permission denied`.
    static func failure(_ path: String, _ what: String) -> ArchiveError {
        ArchiveError(path: path, "\(path): \(what): \(String(cString: strerror(errno)))")
    }

    /// Makes the folder and those above it. One that exists is as good.
    static func makeFolders(_ path: String) throws(ArchiveError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure(path, "folder not created")
        }
        try makeFolders(String(path[..<slash]))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path, "folder not created") }
    }

    /// Makes one new folder.
    ///
    /// - Returns: false when there is one of this name already.
    static func makeNewFolder(_ path: String) throws(ArchiveError) -> Bool {
        if mkdir(path, 0o755) == 0 { return true }
        guard errno == EEXIST else { throw failure(path, "folder not created") }
        return false
    }

    /// Replaces the file in one step: whoever opens the path sees the old bytes or the new ones, never half of either.
    ///
    /// - Parameter isDurable: also wait until the bytes are on the disk, so that they outlast a loss of power.
    static func replace(_ path: String, with bytes: [UInt8], isDurable: Bool) throws(ArchiveError) {
        let temporary = path + ".partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(temporary, "not opened for writing") }
        do throws(ArchiveError) {
            try write(bytes, to: descriptor, path: temporary)
            if isDurable, fsync(descriptor) != 0 { throw failure(temporary, "not brought to the disk") }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else { throw failure(path, "not put in place") }
        if isDurable { try syncFolder(of: path) }
    }

    /// A new name in a folder is only on the disk when the folder is.
    static func syncFolder(of path: String) throws(ArchiveError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder, "not opened") }
        defer { close(descriptor) }
        // Some file systems have nothing to do here and say EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(folder, "not brought to the disk") }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(ArchiveError) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), bytes.count - offset)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw failure(path, "not written") }
            offset += written
        }
    }

    /// All bytes of the file; nil when there is none.
    static func read(_ path: String) throws(ArchiveError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
        guard descriptor >= 0 else { throw failure(path, "not opened") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, "not read") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// The names in the folder, sorted, without `.` and `..`; nil when there is no such folder.
    static func names(in path: String) throws(ArchiveError) -> [String]? {
        guard let stream = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure(path, "not opened")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
