/// Recognises what a session leaves around an output: prompts, the echoed command, and the marks of a capture.
///
/// It is asked only for lines that are no row: a prompt never hides one.
enum PromptLine {
    /// Programs whose command lines are pasted together with their output.
    private static let programs: Set<Substring> = [
        "arp", "bridge", "busybox", "cat", "chroot", "cli", "crictl", "dmesg", "docker", "ethtool", "grep", "head", "ip",
        "kubectl", "lldpcli", "lldpctl", "ls", "lshw", "lspci", "nerdctl", "net", "nsenter", "nv", "oc", "ping", "ping6",
        "podman", "readlink", "show", "ssh", "sudo", "tail", "uname", "vtysh",
    ]

    /// What kubectl and ssh say before and after.
    private static let clientWords = [
        "Defaulted container ", "Defaulting container name to ", "Unable to use a TTY", "Warning: Permanently added ",
        "Pseudo-terminal will not be allocated", "Last login: ", "Connection to ",
    ]

    static func matches(_ line: Substring) -> Bool {
        let trimmed = line.trimmedBlanks
        return isCaptureMark(trimmed) || isPrompt(trimmed) || isCommand(trimmed)
    }

    /// The command after a prompt, or the line itself when it is a bare command; nil when there is none.
    static func command(in line: Substring) -> Substring? {
        let trimmed = line.trimmedBlanks
        if isCommand(trimmed) { return trimmed }
        guard isPrompt(trimmed), let end = endOfPrompt(trimmed) else { return nil }
        let rest = trimmed[end...].trimmedBlanks
        return rest.isEmpty ? nil : rest
    }

    /// `kubectl exec … -- ip addr`, typed without a prompt in front. The first word must be the program and there must be
    /// no colon after it, so that `ip: command not found` is not taken for one.
    private static func isCommand(_ line: Substring) -> Bool {
        let words = line.words
        guard let first = words.first else { return false }
        if programs.contains(first) { return true }
        // Assignments in front: `LC_ALL=C ls`.
        guard words.count > 1, let equals = first.firstIndex(of: "="), equals > first.startIndex else { return false }
        let name = first[..<equals]
        return name.utf8.allSatisfy { (0x41...0x5a).contains($0) || $0 == 0x5f || (0x30...0x39).contains($0) }
    }

    /// `user@host:~$`, `[root@node ~]#`, `lab@switch>`, `switch#`, `$`, `A:name#`, with or without a command behind.
    private static func isPrompt(_ line: Substring) -> Bool { endOfPrompt(line) != nil }

    /// The index after the prompt's closing character; nil when the line begins with no prompt.
    private static func endOfPrompt(_ line: Substring) -> Substring.Index? {
        let bytes = line.utf8
        guard let first = bytes.first else { return nil }
        if first == 0x5b {  // [user@host dir]$
            guard let close = bytes.firstIndex(of: 0x5d) else { return nil }
            let inner = line[bytes.index(after: bytes.startIndex)..<close]
            let after = bytes.index(after: close)
            guard inner.contains("@"), after < bytes.endIndex, isClosing(bytes[after]) else { return nil }
            return boundary(line, after: after)
        }
        var index = bytes.startIndex
        while index < bytes.endIndex, isPromptByte(bytes[index]) { index = bytes.index(after: index) }
        guard index < bytes.endIndex, isClosing(bytes[index]) else { return nil }
        guard let end = boundary(line, after: index) else { return nil }
        // `>` alone quotes a mail, and `%` alone begins an error: they are prompts only before a program.
        if index == bytes.startIndex, bytes[index] == 0x3e || bytes[index] == 0x25 {
            let rest = line[end...].words
            return rest.isEmpty || programs.contains(rest[0]) ? end : nil
        }
        return end
    }

    /// Behind the closing character there must be a blank or the end.
    private static func boundary(_ line: Substring, after closing: Substring.Index) -> Substring.Index? {
        let next = line.utf8.index(after: closing)
        guard next == line.utf8.endIndex || line.utf8[next] == 0x20 else { return nil }
        return next
    }

    private static func isClosing(_ byte: UInt8) -> Bool { byte == 0x24 || byte == 0x23 || byte == 0x3e || byte == 0x25 }

    private static func isPromptByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case 0x2d, 0x2e, 0x5f, 0x3a, 0x40, 0x7e, 0x2f, 0x28, 0x29: true  // - . _ : @ ~ / ( )
        default: false
        }
    }

    /// `[rc=0]` of a recording, `{master:0}` of a virtual chassis, a pager's `--More--`.
    private static func isCaptureMark(_ line: Substring) -> Bool {
        if line.hasPrefix("[rc="), line.hasSuffix("]") { return true }
        if line.hasPrefix("{"), line.hasSuffix("}") {
            let inner = line.dropFirst().dropLast()
            return ["master", "backup", "primary:", "secondary:", "linecard"].contains { inner.hasPrefix($0) }
        }
        if clientWords.contains(where: { line.hasPrefix($0) }) { return true }
        return line.hasPrefix("--More--") || line.hasPrefix("---(more") || line.hasPrefix("-- More --")
            || line == "```"
    }
}
