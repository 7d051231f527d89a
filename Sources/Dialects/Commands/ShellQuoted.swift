/// A word as a POSIX shell reads it back unchanged. The one place where a node's command line is quoted.
struct ShellQuoted: Hashable, Sendable, CustomStringConvertible {
    let text: String

    init(_ word: String) {
        let harmless = word.utf8.allSatisfy { byte in
            DeviceArgument.isAllowed(byte) || byte == 0x2c || byte == 0x2b || byte == 0x40 || byte == 0x25
        }
        // A single quote cannot stand inside single quotes: close, escape it, open again.
        text =
            harmless && !word.isEmpty
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    var description: String { text }
}
