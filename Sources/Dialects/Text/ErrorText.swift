/// Finds the error text of a shell, a container runtime, sudo, kubectl or iproute2 in an output that has no rows.
///
/// - Source: bash, dash, busybox ash, sudo, runc/containerd, kubectl and iproute2 as they print them.
enum ErrorText {
    /// The first line that is an error text, as the error it means; nil when there is none.
    static func find(in lines: TextLines) -> DialectError? {
        // An error text stands alone or at the top; a long text of something else is not searched to its end.
        for line in lines.prefix(400) where !line.isBlank {
            if let error = classify(line.trimmed) { return error }
        }
        return nil
    }

    static func classify(_ line: Substring) -> DialectError? {
        let text = String(line)
        let lower = text.lowercased()
        guard telling.occur(in: lower) else { return nil }
        if isMissingProgram(lower) { return .commandNotFound(text) }
        if let refusal = SudoRefusal.find(in: lower) { return .sudo(refusal, text) }
        if containsAny(lower, refusals) { return .permissionDenied(text) }
        if containsAny(lower, unknownForms) { return .formNotSupported(text) }
        if containsAny(lower, unreachable) { return .unreachable(text) }
        if isMissingSubject(lower) { return .noSuchSubject(text) }
        if startsWithAny(lower, errorStarts) { return .deviceError(text) }
        return nil
    }

    private static let refusals = [
        "permission denied", "operation not permitted", "authorization failed", "forbidden)", "are you root?", "you must be root",
        "requires root", "access denied", "unauthorized",
    ]

    private static let unreachable = ["network is unreachable", "no route to host", "network unreachable", "host is unreachable"]

    private static let unknownForms = [
        "option \"-j\" is unknown", "option \"-json\" is unknown", "unrecognized option", "invalid option", "unknown option",
        "illegal option", "does not support json",
    ]

    private static let errorStarts = [
        "error:", "error from server", "rtnetlink answers:", "cannot open netlink", "error getting", "oci runtime",
        "% ", "^", "fatal:", "usage:", "unable to", "command failed", "dump terminated", "ping:", "eof on netlink",
    ]

    private static let missingPrograms = [
        "command not found", "executable file not found", "executable file `", ": applet not found",
    ]

    private static let missingSubjects = [
        "does not exist", "no such file or directory", "can't find device", "no such device", "unknown iface",
        "device is not available", "(notfound)",
    ]

    /// What at least one of is in every error text, so that other lines are told by one look.
    private static let telling = Phrases(
        missingPrograms + [": not found"] + SudoRefusal.words + refusals + unknownForms + unreachable + missingSubjects
            + ["cannot find device"] + errorStarts)

    private static func isMissingProgram(_ lower: String) -> Bool {
        containsAny(lower, missingPrograms) || lower.hasSuffix(": not found")
    }

    private static func isMissingSubject(_ lower: String) -> Bool {
        containsAny(lower, missingSubjects) || lower.hasPrefix("cannot find device")
    }

    private static func containsAny(_ text: String, _ parts: [String]) -> Bool { parts.contains { text.contains($0) } }
    private static func startsWithAny(_ text: String, _ starts: [String]) -> Bool { starts.contains { text.hasPrefix($0) } }
}
