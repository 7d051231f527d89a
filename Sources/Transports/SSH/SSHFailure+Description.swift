extension SSHFailure: CustomStringConvertible {
    /// The host, what was expected, what was seen, what to look at next.
    package var description: String { "\(host): \(sentence)" }

    private var place: String { address ?? "the host" }

    private var sentence: String {
        switch cause {
        case .configuration(let text):
            "ssh -G did not say how to reach it: \(text)"
        case .unresolved(let name, let reason):
            "no address for the name \(name) (\(reason)); see HostName in the ssh configuration, or give the node an InternalIP"
        case .refused:
            "connection refused at \(place); see that sshd runs there and that Port is right"
        case .noRoute(let reason):
            "no way to \(place) (\(reason)); see the route and the firewall, or a ProxyJump in the ssh configuration"
        case .timedOut(let stage, let after):
            "SSH timed out after \(after.inSeconds) while \(stage.rawValue) at \(place); \(advice(for: stage))"
        case .closedBeforeBanner:
            "\(place) accepted the connection and closed it before the SSH banner; see MaxStartups and the server's log"
        case .bannerOnly(let banner):
            "\(place) said \(banner) and closed the connection before the key exchange; see the server's log"
        case .notSSH(let bytes):
            "\(place) is no SSH server: it began with \(bytes); see Port in the ssh configuration"
        case .noCommonAlgorithm(let kind, let ours, let theirs):
            "no \(kind) algorithm in common with \(place): we offered \(list(ours)), it offers \(list(theirs)); "
                + "name one of its own for this host in the ssh configuration"
        case .keyExchange(let text):
            "the key exchange with \(place) ended early: \(text)"
        case .hostKeyUnknown, .hostKeyChanged, .hostKeyRevoked, .hostKeyAuthority:
            hostKeySentence
        case .authentication(let user, let offered, let tried):
            "\(place) did not let \(user) in: tried \(tried.isEmpty ? "nothing, for want of a key" : list(tried)), "
                + "it takes \(offered.isEmpty ? "methods it did not name" : list(offered)); "
                + "see User and IdentityFile in the ssh configuration and the agent's keys"
        case .jumpHost(let failure):
            "not reached, for want of the host on the way there: \(failure.description)"
        case .forwardRefused(let target, let reason):
            "it would not connect to \(target) (\(reason)); see AllowTcpForwarding there, and that the target is up"
        case .proxyCommand(let command, let said):
            "the ProxyCommand `\(command)` ended without a connection"
                + (said.isEmpty ? "" : " and said '\(said)'") + "; run it by hand"
        case .systemSSH(let said):
            "the system's ssh, used because libssh2 cannot speak to \(place), said '\(said)'; run it by hand"
        case .channelRefused(let reason):
            "\(place) opened no channel for the command (\(reason)); see MaxSessions and the account's shell"
        case .commandRefused(let command):
            "\(place) would not start `\(command)` on its channel; see whether it has a shell only"
        case .noPrompt(let seen, let after):
            "no prompt was recognised in its shell within \(after.inSeconds); the line that stood there was '\(seen)'; "
                + "see whether it asks something at login"
        case .promptInstead(let line):
            "\(place) showed its prompt '\(line)' in place of an answer; see whether it has a shell only"
        case .pager(let line, let refused):
            "its shell waits at a pager ('\(line)') though paging was to be off; "
                + (refused.map { "it answered \($0); see the account's rights there" }
                    ?? "see the paging-off command of its platform")
        case .dropped, .commandDeadline, .outputTooLong, .cancelled, .closed:
            commandSentence
        }
    }

    private var hostKeySentence: String {
        switch cause {
        case .hostKeyUnknown(let type, let fingerprint, let files, let knownTypes):
            "its \(type) key \(fingerprint) is not in \(files.isEmpty ? "any known_hosts file" : list(files))"
                + (knownTypes.isEmpty ? "" : ", which know it by \(list(knownTypes))")
                + "; compare the fingerprint on its console and add the key, for instance by logging in once with ssh"
        case .hostKeyChanged(let type, let fingerprint, let file, let line):
            "its \(type) key is now \(fingerprint), another than \(file):\(line) has; "
                + "find out why before that line is replaced"
        case .hostKeyRevoked(let type, let fingerprint, let file, let line):
            "its \(type) key \(fingerprint) is marked @revoked in \(file):\(line); the host needs a new key"
        case .hostKeyAuthority(let type, let fingerprint, let file, let line):
            "its \(type) key \(fingerprint) is not listed, and it showed no certificate of the @cert-authority at \(file):\(line); "
                + "add the key itself to known_hosts, or have it signed"
        default: ""
        }
    }

    private var commandSentence: String {
        switch cause {
        case .dropped(let activity, let bytes, let reason):
            "the connection to \(place) ended while \(activity.rawValue) (\(reason)), \(bytes) bytes of the answer had come"
        case .commandDeadline(let command, let after, let bytes):
            "no end of `\(command)` within \(after.inSeconds), \(bytes) bytes of the answer had come; see whether it hangs there"
        case .outputTooLong(let command, let limit):
            "`\(command)` answered more than \(limit) bytes, which is not read further"
        case .cancelled: "not asked to the end: the run was stopped"
        case .closed: "not asked: the connections of this run are closed"
        default: ""
        }
    }

    private func advice(for stage: Stage) -> String {
        switch stage {
        case .nameLookup: "see the resolver of this machine"
        case .connecting: "see that the host is up and no firewall drops the packets"
        case .banner, .keyExchange: "see the load of the host and what stands between"
        case .authentication: "see the agent here and the host's account service"
        case .channel: "see the load of the host"
        }
    }

    private func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
