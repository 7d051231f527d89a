/// How commands reach a host once it is logged into.
package enum SSHChannelChoice: Sendable, Hashable {
    /// Each command on an exec channel of its own: Linux, Junos, EOS, NX-OS.
    case exec
    /// All in one shell on a pty, as a person would type them: IOS and its kind. The commands named here are sent first, once, and
    /// what they answer is thrown away: paging off, a wide screen.
    case shell(preparation: [String])
    /// By exec, unless the device turns out not to have it, or to hang up after each; then in a shell. Found out once a device.
    case execElseShell(preparation: [String])
}
