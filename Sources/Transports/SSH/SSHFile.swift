internal import Glibc

/// Small local files: keys and known_hosts.
enum SSHFile {
    /// The bytes of a file; `nil` when it cannot be read or is over 16 MiB.
    static func read(_ path: String) -> [UInt8]? {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        defer { close(number) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= 16 << 20 {
            let count = Glibc.read(number, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes += buffer[..<count]
        }
        return nil
    }

    /// A new folder that only this user can enter; `nil` when none could be made.
    static func makeFolder() -> String? {
        var template = Array("/tmp/plumbline-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
