internal import Glibc

/// One connection to one host: opened, checked, logged in, then good for many commands.
///
/// The actor runs on an event loop's thread. What it does by libssh2's rules (each found by a failing run or in its source):
/// while a packet is half sent only the same call may be repeated, so its caller has the session alone (`sender`); opening a
/// channel and starting its command keep their state in the session, so they are done by one caller at a time (`starter`);
/// any call may take packets of other channels off the socket, so after each call that received bytes all who are parked try
/// again.
actor SSHSession {
    nonisolated let loop: SSHEventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    let endpoint: SSHEndpoint
    let route: SSHRoute
    let settings: SSHSettings
    let resolve: SSHAddresses.Resolve
    var library: LibSSH2?
    var socket: SSHDescriptor?
    /// `192.0.2.7:22` once it is known.
    var address: String?
    var stage = SSHFailure.Stage.nameLookup
    /// Who is opening a channel or starting a command on it.
    private var starter: SSHOperation?
    /// Commands in the order they came; those in front have the channels.
    private var line: [UInt64] = []
    /// How many commands may be under way at one time. Lowered when the server refuses a channel.
    var channelLimit: Int
    /// Channels that have been opened and not yet closed or given up.
    var openChannels = 0
    /// Connections of other sessions that go through this one.
    var tunnels: [SSHTunnel] = []
    var isMovingTunnels = false
    /// The program whose standard streams are this connection.
    var proxy: SSHProxyProcess?
    var keepaliveTimer: UInt64?
    /// The shell that commands are typed into, on a device without exec channels.
    var shell: SSHShell?

    private(set) var operations: [UInt64: SSHOperation] = [:]
    private var lastOperation: UInt64 = 0
    private var sender: SSHOperation?
    private var isTellingEnd = false
    private var armedForReading = false
    private var armedForWriting = false
    private(set) var isClosed = false
    private var closeReason = SSHFailure.Cause.closed
    /// The library has found the connection ended.
    var isBroken = false

    init(
        endpoint: SSHEndpoint, route: SSHRoute = .direct, settings: SSHSettings, on loop: SSHEventLoop,
        resolve: @escaping SSHAddresses.Resolve = SSHAddresses.resolve
    ) {
        self.endpoint = endpoint
        self.route = route
        self.settings = settings
        self.loop = loop
        self.resolve = resolve
        channelLimit = settings.channelsPerConnection
    }

    /// How many other sessions the bytes of this one go through.
    nonisolated var depth: Int {
        if case .through(let hop) = route { hop.depth + 1 } else { 0 }
    }

    // MARK: Operations

    /// Runs `body` as one caller of this session, with a deadline and a way to be cancelled.
    ///
    /// - Parameter timedOut: what to say when the deadline passes.
    func operate<Value: Sendable>(
        within limit: Duration?, timedOut: (SSHOperation) -> SSHFailure.Cause,
        _ body: nonisolated(nonsending) (SSHOperation) async throws(SSHFailure) -> Value
    ) async throws(SSHFailure) -> Value {
        lastOperation += 1
        let operation = SSHOperation(id: lastOperation, limit: limit)
        operations[operation.id] = operation
        if isClosed { operation.interrupt(.closing) }
        let id = operation.id
        startTimer(operation)
        defer {
            stopTimer(operation)
            operations[id] = nil
            // Interrupted with a packet half sent: nothing else can ever be said on this connection.
            if sender === operation { hangUp() }
        }
        let result: Result<Value, SSHFailure> = await withTaskCancellationHandler {
            do throws(SSHFailure) {
                return .success(try await body(operation))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            loop.post { [weak self] in self?.assumeIsolated { $0.operations[id]?.interrupt(.cancellation) } }
        }
        // A cause that was found before the interruption is the true one.
        if case .failure(let error) = result, error.cause == .cancelled, let interruption = operation.interruption {
            switch interruption {
            case .deadline: throw failure(timedOut(operation))
            case .cancellation: throw failure(.cancelled)
            case .closing: throw failure(closeReason)
            case .prompt: throw failure(.promptInstead(operation.transcript.standingPrompt ?? ""))
            }
        }
        return try result.get()
    }

    private func startTimer(_ operation: SSHOperation) {
        guard let limit = operation.limit else { return }
        let id = operation.id
        operation.timer = loop.schedule(at: .now + limit) { [weak self] in
            self?.assumeIsolated { $0.operations[id]?.interrupt(.deadline) }
        }
    }

    private func stopTimer(_ operation: SSHOperation) {
        if let timer = operation.timer { loop.cancelTimer(timer) }
        operation.timer = nil
    }

    /// Does something that waits for a person or a slow computation, and is no fault of the host; the deadline begins anew.
    func withoutDeadline<Value: Sendable>(
        _ operation: SSHOperation, _ body: @Sendable () async -> Value
    ) async throws(SSHFailure) -> Value {
        stopTimer(operation)
        let value = await body()
        startTimer(operation)
        try ensureUninterrupted(operation)
        return value
    }

    func failure(_ cause: SSHFailure.Cause) -> SSHFailure {
        SSHFailure(host: endpoint.alias, address: address, cause: cause)
    }

    /// Parks the caller until something wakes it.
    func park(_ operation: SSHOperation) async throws(SSHFailure) {
        try ensureUninterrupted(operation)
        await withCheckedContinuation { operation.park($0) }
        try ensureUninterrupted(operation)
    }

    /// Parks the caller until something wakes it or a time has come.
    func park(_ operation: SSHOperation, noLongerThan time: ContinuousClock.Instant) async throws(SSHFailure) {
        let id = operation.id
        let timer = loop.schedule(at: time) { [weak self] in self?.assumeIsolated { $0.operations[id]?.wake() } }
        defer { loop.cancelTimer(timer) }
        try await park(operation)
    }

    func ensureUninterrupted(_ operation: SSHOperation) throws(SSHFailure) {
        // The cause is replaced in `operate`, which knows the words for a deadline.
        if operation.interruption != nil { throw failure(.cancelled) }
    }

    /// Waits for a place among the first `channelLimit` commands (or among the first one, where commands go one by one).
    func standInLine(serial: Bool) async throws(SSHFailure) -> UInt64 {
        try await operate(within: nil, timedOut: { _ in .cancelled }) { operation throws(SSHFailure) in
            line.append(operation.id)
            do throws(SSHFailure) {
                while !line.prefix(serial ? 1 : channelLimit).contains(operation.id) {
                    try await park(operation)
                }
            } catch {
                leaveLine(operation.id)
                throw error
            }
            return operation.id
        }
    }

    func leaveLine(_ place: UInt64) {
        line.removeAll { $0 == place }
        wakeAll()
    }

    /// Has the opening of a channel and the start of its command alone.
    func startAlone<Value>(
        _ operation: SSHOperation, _ body: nonisolated(nonsending) () async throws(SSHFailure) -> Value
    ) async throws(SSHFailure) -> Value {
        while starter != nil { try await park(operation) }
        starter = operation
        defer {
            starter = nil
            wakeOthers(than: operation)
        }
        return try await body()
    }

    func interruptAll(_ reason: SSHFailure.Cause) {
        if !isClosed { closeReason = reason }
        isClosed = true
        for operation in operations.values { operation.interrupt(.closing) }
    }

    // MARK: Calls of the library

    /// Makes one call of the library until it is done, parking while the socket has nothing for it.
    func settle<Value>(_ operation: SSHOperation, _ call: (LibSSH2) -> LibSSH2.Step<Value>) async throws(SSHFailure)
        -> LibSSH2.Step<Value>
    {
        while true {
            try ensureUninterrupted(operation)
            guard let library else { throw failure(closeReason) }
            if let sender, sender !== operation {
                try await park(operation)
                continue
            }
            let received = library.received
            let step = call(library)
            if library.received != received { wakeOthers(than: operation) }
            switch step {
            case .again: break
            case .done:
                release(operation)
                return step
            case .refused(let code, _):
                release(operation)
                if LibSSH2.endsConnection(code) {
                    isBroken = true
                    wakeOthers(than: operation)
                }
                return step
            }
            if library.isSending {
                sender = operation
            } else {
                release(operation)
            }
            arm(library)
            tellEndLater(library)
            try await park(operation)
        }
    }

    /// When the socket has ended, lets all who were woken take what the library has for them before it is told.
    func tellEndLater(_ library: LibSSH2) {
        guard library.endIsPending, !isTellingEnd else { return }
        isTellingEnd = true
        loop.post { [weak self] in
            self?.assumeIsolated { session in
                session.library?.tellEnd()
                session.wakeAll()
                session.moveTunnels()
            }
        }
    }

    private func release(_ operation: SSHOperation) {
        guard sender === operation else { return }
        sender = nil
        wakeOthers(than: operation)
    }

    /// Makes a call once and does not wait for its end; for a goodbye that nobody needs to hear.
    func attempt<Value>(_ call: (LibSSH2) -> LibSSH2.Step<Value>) {
        guard let library, sender == nil, !isBroken else { return }
        _ = call(library)
        wakeAll()
        if library.isSending { hangUp() }
    }

    private func wakeOthers(than operation: SSHOperation) {
        for other in operations.values where other !== operation { other.wake() }
        moveTunnels()
    }

    var isIdle: Bool { operations.isEmpty && tunnels.isEmpty && sender == nil }

    func wakeAll() {
        for operation in operations.values { operation.wake() }
    }

    /// An operation that stands for as long as the session does, and is never parked.
    func makeStandingOperation() -> SSHOperation {
        lastOperation += 1
        return SSHOperation(id: lastOperation, limit: nil)
    }

    func mayCall(_ operation: SSHOperation) -> Bool { sender == nil || sender === operation }

    /// Notes whether `operation` has left a packet half sent.
    func hold(_ isHeld: Bool, by operation: SSHOperation) {
        if isHeld {
            sender = operation
        } else if sender === operation {
            sender = nil
            wakeAll()
        }
    }

    func arm(_ library: LibSSH2) {
        let writing = library.isSending
        let reading = library.wantsToReceive || !writing
        if armedForReading == reading, armedForWriting == writing { return }
        (armedForReading, armedForWriting) = (reading, writing)
        _ = socket?.arm(reading: reading, writing: writing)
    }

    /// The socket has something: everyone who waits tries again.
    func socketIsReady() {
        (armedForReading, armedForWriting) = (false, false)
        wakeAll()
        moveTunnels()
        if operations.isEmpty { noticeEnd() }
    }
}
