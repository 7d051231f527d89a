/// Where a password or passphrase is to be had from. The secret itself is never in a scenario, an argument, a log or a report.
package enum SecretReference: Sendable, Hashable, CustomStringConvertible {
    /// An environment variable of this process, by name.
    case environment(String)
    /// The first line of a file.
    case file(String)
    /// The first line that a program writes; its words are not read by a shell.
    case command([String])
    /// Asked for on the terminal, once a run.
    case prompt

    /// Reads `env:NAME`, `file:PATH`, `command:PROGRAM ARGUMENT…` and `prompt`.
    ///
    /// - Returns: `nil` for anything else, so for a secret that was written where a reference belongs.
    package init?(_ text: String) {
        if text == "prompt" {
            self = .prompt
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let value = String(text[text.index(after: colon)...])
        guard !value.isEmpty else { return nil }
        switch text[..<colon] {
        case "env": self = .environment(value)
        case "file": self = .file(value)
        case "command":
            let words = value.split(separator: " ").map { String($0) }
            guard !words.isEmpty else { return nil }
            self = .command(words)
        default: return nil
        }
    }

    package var description: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        case .command(let words): "command:\(words.joined(separator: " "))"
        case .prompt: "prompt"
        }
    }
}
