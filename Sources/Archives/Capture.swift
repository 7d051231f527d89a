package import Facts

/// One exchange and what it was for: what an evidence file holds.
package struct Capture: Hashable, Sendable {
    package var exchange: Exchange
    /// The kind of request that it answers, which names the file: `vf-table`.
    package var kind: String
    /// What was asked, for people: `VF table of eno2`.
    package var what: String
    /// When it was looked at; nil for an exchange that answers no request, a creation or a deletion.
    package var moment: Moment?
    /// The how manieth observation of that request at that moment it belongs to; 0 where `moment` is nil.
    package var attempt: Int

    /// An exchange that belongs to an observation.
    package init(_ exchange: Exchange, for request: some FactRequest, at moment: Moment, attempt: Int) {
        self.exchange = exchange
        kind = type(of: request).kind
        what = request.what
        self.moment = moment
        self.attempt = attempt
    }

    /// Any other exchange.
    package init(_ exchange: Exchange, kind: String, what: String) {
        self.init(exchange, kind: kind, what: what, moment: nil, attempt: 0)
    }

    init(_ exchange: Exchange, kind: String, what: String, moment: Moment?, attempt: Int) {
        self.exchange = exchange
        self.kind = kind
        self.what = what
        self.moment = moment
        self.attempt = attempt
    }
}
