/// How the system's ssh is called: nothing is asked, forwarded, run or written because the user's configuration says so for
/// interactive use.
enum SSHSystemOptions {
    static func arguments(_ settings: SSHSettings, _ host: SSHHostOptions) -> [String] {
        var options = [
            "BatchMode=yes", "ClearAllForwardings=yes", "RemoteCommand=none", "ForwardAgent=no", "ForwardX11=no",
            "PermitLocalCommand=no", "UpdateHostKeys=no", "RequestTTY=no", "EscapeChar=none", "LogLevel=ERROR", "Tunnel=no",
        ]
        if settings.insecureHostKeys {
            options += ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "GlobalKnownHostsFile=/dev/null"]
        } else {
            options += ["StrictHostKeyChecking=yes"]
        }
        return (settings.configPath.map { ["-F", $0] } ?? []) + host.arguments + options.flatMap { ["-o", $0] }
    }

    /// A ProxyCommand that goes on from a jump host.
    ///
    /// - Parameter before: what leads to the jump host itself.
    static func proxyCommand(through hop: SSHTarget, before: String?, _ settings: SSHSettings) -> String {
        var hopOptions = hop.options
        hopOptions.proxyJump = nil
        var words = ["ssh"] + arguments(settings, hopOptions) + ["-o", "ControlPath=none"]
        words += ["-o", "ProxyCommand=\(before ?? "none")"]
        // Percent signs of the inner command are the inner ssh's to read.
        let quoted = words.map { quote($0.replacing("%", with: "%%")) } + ["-W", "'[%h]:%p'", "--", quote(hop.name)]
        return quoted.joined(separator: " ")
    }

    private static func quote(_ word: String) -> String {
        "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
