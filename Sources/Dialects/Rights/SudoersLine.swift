/// A command of ours as sudoers writes it: the program by its whole path, its arguments exactly.
///
/// - Source: sudoers(5): `,`, `:`, `=` and `\` are escaped in arguments, and `""` allows none.
struct SudoersLine: Hashable, Sendable {
    /// Both places where distributions keep the program, separated by a comma.
    let text: String

    /// - Parameter line: as it is sent, beginning with `sudo -n `; a redirection of standard input is the shell's and no part of it.
    /// - Returns: nil for a line that is not sent by sudo.
    init?(_ line: String) {
        let lead = "sudo -n "
        guard line.hasPrefix(lead) else { return nil }
        var words = line.dropFirst(lead.count).split(separator: " ").map(String.init)
        words.removeAll { $0.hasPrefix("<") || $0.hasPrefix(">") }
        guard let program = words.first else { return nil }
        let arguments = words.dropFirst().map(Self.escaped)
        let rest = arguments.isEmpty ? "\"\"" : arguments.joined(separator: " ")
        let folders = program == "lshw" ? ["/usr/bin", "/usr/sbin"] : ["/usr/bin", "/bin"]
        text = folders.map { "\($0)/\(program) \(rest)" }.joined(separator: ", ")
    }

    private static func escaped(_ word: String) -> String {
        String(word.flatMap { ",:=\\".contains($0) ? ["\\", $0] : [$0] })
    }
}
