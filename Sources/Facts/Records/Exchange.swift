/// One exchange with a system as it was captured: what was sent and what came back, byte for byte but for redaction.
package struct Exchange: Hashable, Sendable {
    /// How the other side ended it.
    package enum Outcome: Hashable, Sendable {
        /// Exit code of a command.
        case exit(Int)
        case signal(String)
        /// HTTP status.
        case status(Int)
        /// The command ended without saying how, as some devices do.
        case unstated
        /// It did not end: the sentence says why.
        case broken(String)
    }

    package var source: FactSource
    /// Command line, or method and URL. Never credentials.
    package var sent: String
    /// What carried a command to a host, and why where it was not an exec channel over libssh2; nil for the cluster's API.
    package var transport: String?
    package var started: Timestamp
    package var ended: Timestamp
    package var outcome: Outcome
    /// Standard output, or the body.
    package var output: [UInt8]
    /// Standard error; empty for HTTP.
    package var errorOutput: [UInt8]

    package init(
        source: FactSource, sent: String, started: Timestamp, ended: Timestamp, outcome: Outcome, output: [UInt8],
        errorOutput: [UInt8] = [], transport: String? = nil
    ) {
        self.source = source
        self.sent = sent
        self.started = started
        self.ended = ended
        self.outcome = outcome
        self.output = output
        self.errorOutput = errorOutput
        self.transport = transport
    }

    /// The output as text; bytes that are not UTF-8 become U+FFFD.
    package var text: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
}
