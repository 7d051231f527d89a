/// The statistics of one ping.
///
/// - Source: iputils, busybox and inetutils `ping`. Exit 0 means only that some reply came, so it is not in here.
package struct PingResult: Hashable, Sendable {
    package var destination: IPAddress
    package var sent: Int
    package var received: Int
    /// Nil where none were reported.
    package var duplicates: Int?
    /// 0…100, as printed; iputils prints fractions.
    package var lossPercent: Double
    /// Milliseconds; nil where no reply came or none was printed.
    package var rttMinMs: Double?
    package var rttAvgMs: Double?
    package var rttMaxMs: Double?
    /// ICMP errors reported (`+1 errors`); nil where none were reported.
    package var errors: Int?

    package init(
        destination: IPAddress, sent: Int, received: Int, duplicates: Int? = nil, lossPercent: Double, rttMinMs: Double? = nil,
        rttAvgMs: Double? = nil, rttMaxMs: Double? = nil, errors: Int? = nil
    ) {
        self.destination = destination
        self.sent = sent
        self.received = received
        self.duplicates = duplicates
        self.lossPercent = lossPercent
        self.rttMinMs = rttMinMs
        self.rttAvgMs = rttAvgMs
        self.rttMaxMs = rttMaxMs
        self.errors = errors
    }
}

extension PingResult: Row {
    package var json: JSONValue {
        [
            "destination": .text(destination), "sent": .int(sent), "received": .int(received), "duplicates": .int(duplicates),
            "lossPercent": .double(lossPercent), "rttMinMs": .double(rttMinMs), "rttAvgMs": .double(rttAvgMs),
            "rttMaxMs": .double(rttMaxMs), "errors": .int(errors),
        ]
    }
}
