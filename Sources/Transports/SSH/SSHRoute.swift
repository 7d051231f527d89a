/// How the bytes of a session travel.
enum SSHRoute: Sendable {
    /// A connection of its own to the host.
    case direct
    /// Through a session with another host (ProxyJump).
    case through(SSHSession)
    /// Through a program (ProxyCommand).
    case command(String)
}
