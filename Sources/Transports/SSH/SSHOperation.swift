/// One caller's stay in a session: it is parked while the socket has nothing for it, and woken by bytes, by its deadline or by
/// the cancellation of its task.
///
/// Lives on the session's loop.
final class SSHOperation {
    enum Interruption {
        case deadline, cancellation, closing
        /// A prompt stands where the answer should come.
        case prompt
    }

    let id: UInt64
    /// What its command has answered so far, so that a failure can say how much had come.
    let transcript = SSHTranscript()
    /// The signature that its login waits for.
    var signing = SSHSigning()
    /// How long it may take, and the timer that watches over it.
    let limit: Duration?
    var timer: UInt64?
    /// Set once, by the first of deadline, cancellation and closing of the session.
    private(set) var interruption: Interruption?
    private var parked: CheckedContinuation<Void, Never>?

    init(id: UInt64, limit: Duration?) {
        self.id = id
        self.limit = limit
    }

    func interrupt(_ reason: Interruption) {
        if interruption == nil { interruption = reason }
        wake()
    }

    func park(_ continuation: CheckedContinuation<Void, Never>) {
        parked = continuation
        if interruption != nil { wake() }
    }

    func wake() {
        parked?.resume()
        parked = nil
    }
}
