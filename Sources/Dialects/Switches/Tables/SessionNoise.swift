/// What a session with a device leaves around and inside an output: prompts, the echoed command, pagers, log lines, time
/// stamps, banners of the SSH client. Asked only about lines that are no row.
enum SessionNoise {
    static func matches(_ line: Substring) -> Bool {
        let trimmed = line.trimmedBlanks
        return trimmed.isEmpty || PromptLine.matches(trimmed) || command(in: trimmed) != nil || isBarePrompt(trimmed)
            || SyslogLine.matches(trimmed) || isPager(trimmed) || isStamp(trimmed) || isRule(trimmed)
            || isRoutingEngine(trimmed)
    }

    /// `fpc1:`, `node0:`, `member0:`, `localre:` alone on a line: whose answer follows, in a Junos stack or cluster.
    private static func isRoutingEngine(_ line: Substring) -> Bool {
        guard line.hasSuffix(":"), line.utf8.count <= 12 else { return false }
        let name = line.dropLast()
        return name == "localre"
            || ["fpc", "node", "member"].contains { name.hasPrefix($0) && Substring(name.dropFirst($0.count)).isDecimal }
    }

    /// The command in a prompt line or an echo: `show arp` of `sw1#show arp`; nil when the line has none.
    static func command(in line: Substring) -> Substring? {
        let trimmed = line.trimmedBlanks
        if let command = PromptLine.command(in: trimmed) { return command }
        guard let end = endOfPrompt(trimmed) else { return nil }
        let rest = trimmed[end...].trimmedBlanks
        guard let first = rest.words.first else { return nil }
        return isVerb(first) ? rest : nil
    }

    /// A prompt with nothing behind, also in the forms with brackets: `sw1(config-if)#`, `27N2(2960_PoE)>`, `[edit]`.
    private static func isBarePrompt(_ line: Substring) -> Bool {
        if line.hasSuffix("[edit]") && line.utf8.count < 40 || line.hasPrefix("--{ ") { return true }
        guard let end = endOfPrompt(line) else { return false }
        return line[end...].trimmedBlanks.isEmpty
    }

    private static func isVerb(_ word: Substring) -> Bool {
        switch word {
        case "sh", "sho", "show", "do", "run", "terminal", "term", "set", "exit", "quit", "enable", "en", "bridge", "ip", "net",
            "nv",
            "info", "more", "configure", "conf", "cli", "environment", "vtysh", "sudo", "lldpctl", "display":
            true
        default: false
        }
    }

    /// The index behind `name#` or `name>` at the start of a line, no blank needed after it.
    private static func endOfPrompt(_ line: Substring) -> Substring.Index? {
        let bytes = line.utf8
        var index = bytes.startIndex
        var length = 0
        while index < bytes.endIndex {
            switch bytes[index] {
            case 0x23, 0x3e, 0x25, 0x24:
                return length >= 2 ? bytes.index(after: index) : nil
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x3a, 0x40, 0x7e, 0x2f, 0x28, 0x29, 0x5b, 0x5d, 0x2b:
                break
            default: return nil
            }
            length += 1
            if length > 80 { return nil }
            index = bytes.index(after: index)
        }
        return nil
    }

    /// A pager's mark alone on a line.
    private static func isPager(_ line: Substring) -> Bool {
        line.utf8.count < 40 && strippingPager(line).isEmpty
    }

    /// The line without a pager's mark in front of it.
    static func strippingPager(_ line: Substring) -> Substring {
        let start = line.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        switch (start.first, start.dropFirst().first) {
        case (0x2d, 0x2d), (0x3c, 0x2d), (0x28, 0x6d), (0x28, 0x4d), (0x6c, 0x69), (0x50, 0x72): break
        default: return line
        }
        let trimmed = line.trimmedBlanks
        for start in pagers where trimmed.hasPrefix(anyCase: start) {
            var rest = Substring(trimmed.utf8.dropFirst(start.utf8.count))
            if start == "---(more", let close = rest.firstIndex(of: ")") {
                rest = rest[rest.index(after: close)...].drop { $0 == "-" }
            }
            return rest.hasPrefix(" or (q)uit") ? rest.dropFirst(10) : rest
        }
        if trimmed.hasPrefix("lines "), trimmed.dropFirst(6).utf8.allSatisfy({ $0 == 0x2d || (0x30...0x39).contains($0) }) {
            return trimmed[trimmed.endIndex...]
        }
        return trimmed.hasPrefix("Press any key to continue") ? trimmed[trimmed.endIndex...] : line
    }

    private static let pagers = [
        "--more--", "---(more", "-- more --", "<--- more --->", "--- more ---", "---- more ----", "(more)",
    ]

    private static let stampStarts = [
        "Load for five secs", "Time source is", "Last login:", "Warning: Permanently added", "Connection to ", "Pseudo-terminal",
        "Building configuration", "Using username", "Password:",
    ]

    /// Lines that IOS prints before an answer (`terminal exec prompt timestamp`), and those of an SSH client.
    private static func isStamp(_ line: Substring) -> Bool { stampStarts.contains { line.hasPrefix($0) } }

    /// `-----+-----`, `====`, and the lone caret under a word that a device did not like.
    static func isRule(_ line: Substring) -> Bool {
        !line.isEmpty
            && line.utf8.allSatisfy { byte in
                switch byte {
                case 0x2d, 0x3d, 0x2b, 0x7c, 0x20, 0x09, 0x2a, 0x5e, 0x5f, 0x7e: true
                default: false
                }
            }
    }
}
