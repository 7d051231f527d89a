/// Why `sudo -n` did not run a command.
///
/// - Source: sudo's messages in `sudo.c`, `auth/sudo_auth.c`, `sudoers.c` and `logging.c`, and those of sudo-rs.
package enum SudoRefusal: Hashable, Sendable {
    /// It wants a password, which is never given.
    case password
    /// `requiretty` is set, and a command of ours has no terminal.
    case terminal
    /// The account may not run this command, or nothing at all.
    case notAllowed

    /// - Parameter line: one line in lower case.
    static func find(in line: String) -> SudoRefusal? {
        if line.contains(terminals) { return .terminal }
        if passwords.contains(where: { line.contains($0) }) { return .password }
        if refusals.contains(where: { line.contains($0) }) { return .notAllowed }
        return nil
    }

    private static let terminals = "must have a tty to run sudo"

    /// With `-n` the first; the others where sudo is wrapped, older than 1.8.21 or written in Rust.
    private static let passwords = [
        "a password is required", "a terminal is required to read the password", "no tty present and no askpass program",
        "sudo: interactive authentication is required",
    ]

    private static let refusals = ["is not in the sudoers file", "is not allowed to execute", "may not run sudo on"]

    /// What every refusal has at least one of.
    static let words = [terminals] + passwords + refusals

    /// What to do about it.
    var advice: String {
        switch self {
        case .password: "give the account a NOPASSWD rule for this command in /etc/sudoers.d, or leave 'sudo' off for this node"
        case .terminal: "set '!requiretty' for the account in /etc/sudoers.d"
        case .notAllowed: "allow the account this command in /etc/sudoers.d, or leave 'sudo' off for this node"
        }
    }

    /// What sudo wanted.
    var want: String {
        switch self {
        case .password: "sudo -n asks for a password"
        case .terminal: "sudo -n asks for a terminal"
        case .notAllowed: "sudo -n does not allow it"
        }
    }
}
