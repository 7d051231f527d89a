/// Recognises the error texts of switches.
///
/// - Source: `fixtures/switches/errors.md` lists each with where it was seen.
enum DeviceComplaint {
    /// The error that a line means; nil when it is no error text.
    static func classify(_ line: Substring) -> DialectError? {
        let text = String(line.trimmedBlanks)
        guard !text.isEmpty, text.utf8.count < 400 else { return nil }
        let lower = text.lowercased()
        if refusals.occur(in: lower) { return .permissionDenied(text) }
        if unsupported.occur(in: lower) { return .formNotSupported(text) }
        if let error = ErrorText.classify(Substring(text)), lower != "^" { return error }
        if complaints.occur(in: lower) { return .deviceError(text) }
        if starts.contains(where: { lower.hasPrefix($0) }) { return .deviceError(text) }
        return nil
    }

    private static let refusals = Phrases([
        "permission denied", "authorization failed", "command authorization", "privileged mode required", "not authorized",
        "authorization denied", "root privileges are required", "access denied", "insufficient privilege",
    ])

    private static let unsupported = Phrases([
        "does not support json", "does not support xml", "unconverted command", "structured output unsupported",
        "json output is not supported", "xml output is not supported", "xml not supported",
    ])

    private static let complaints = Phrases([
        "syntax error", "no valid completions", "unknown command", "missing mandatory argument", "invalid numeric value",
        "is ambiguous", "invalid command", "invalid input", "incomplete command", "ambiguous command", "unrecognized command",
        "invalid parameter", "invalid number", "invalid range", "missing argument", "subsystem is not running",
        "unavailable in database", "command not valid", "unavailable command", "not supported on this",
        "could not connect to", "communication failure", "timed out waiting", "internal error", "invalid vlan",
    ])

    private static let starts = ["%", "error:", "error ", "parsing error", "traceback (most recent", "usage:", "invalid "]
}
