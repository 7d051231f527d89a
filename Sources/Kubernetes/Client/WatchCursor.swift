internal import Facts
internal import Transports

/// Where a watch stands.
struct WatchCursor {
    private let watch: Watch
    private let operation: Operation
    private let retrying: Retrying
    private var ledger = WatchLedger()
    private var pending: ArraySlice<WatchEvent> = []
    private var lines: WatchLines?
    /// Connections in a row that brought nothing.
    private var fruitless = 0

    init(_ watch: Watch) {
        self.watch = watch
        operation = Operation(verb: .watch, path: watch.collection)
        var retrying = watch.client.retrying
        // A watch has a deadline of its own, and outlives an API server that restarts.
        retrying.repetitions = .max
        self.retrying = retrying
    }

    private var client: KubernetesClient { watch.client }
    private var left: Duration { ContinuousClock.now.duration(to: watch.deadline) }

    mutating func next() async throws(KubernetesFailure) -> WatchEvent? {
        while true {
            if let event = pending.popFirst() { return event }
            guard left > .zero else { throw timedOut }
            guard let version = ledger.resourceVersion else {
                try await relist()
                continue
            }
            if lines == nil { try await connect(from: version) } else { try await readLine() }
        }
    }

    private mutating func relist() async throws(KubernetesFailure) {
        var found: [KubernetesObject] = []
        let version = try await client.list(
            watch.collection, labelSelector: watch.labelSelector, fieldSelector: watch.fieldSelector,
            deadline: min(left, client.requestDeadline)
        ) { page in
            if page.isFirst { found = [] }
            found += page.items
        }
        pending = ArraySlice(ledger.compare(with: found, version: version))
    }

    private mutating func connect(from version: String) async throws(KubernetesFailure) {
        // Before a repetition, not before the first: a server that accepts and drops must not be asked in a tight loop.
        if fruitless > 0 { try await pause(retrying.backoff(fruitless), or: timedOut) }
        fruitless += 1
        // The server ends it in order after this time; a connection that died unnoticed ends by our own limit soon after.
        let seconds = max(1, min(Int(left.components.seconds), 240))
        let query =
            KubernetesClient.selectors(watch.labelSelector, watch.fieldSelector) + [
                ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", version),
                ("timeoutSeconds", String(seconds)),
            ]
        let limit = max(min(left, .seconds(seconds + 10)), .milliseconds(1))
        let proof = try await client.credentials.proof()
        let request = client.request(APICall(operation: operation, method: "GET", query: query), proof, deadline: limit)
        let (started, sent) = (client.now(), "GET \(request.url)")
        switch await open(request) {
        case .stream(let stream): lines = WatchLines(stream, client: client, sent: sent, started: started)
        case .refused(let response):
            client.tell(sent, started: started, .status(response.status), response.body)
            try await refused(
                KubernetesFailure(response, to: operation, access: client.access), retrying.pause(before: 1, after: response))
        case .broken(let failure):
            client.tell(sent, started: started, .broken(failure.description), [])
            let pause = failure.stage == .cancelled ? nil : retrying.pause(before: 1, after: failure)
            try await refused(KubernetesFailure(failure, of: operation, access: client.access), pause)
        }
    }

    private enum Opened {
        case stream(HTTPStream)
        case refused(HTTPResponse)
        case broken(HTTPFailure)
    }

    private func open(_ request: HTTPRequest) async -> Opened {
        do throws(HTTPFailure) {
            let stream = try await client.engine.stream(for: request)
            if stream.head.status < 400 { return .stream(stream) }
            var body: [UInt8] = []
            for try await bytes in stream where body.count < 1 << 20 { body += bytes }
            return .refused(HTTPResponse(head: stream.head, body: body))
        } catch {
            return .broken(error)
        }
    }

    /// The pause before the next connection is made there; here only what the server asks for beyond that.
    private mutating func refused(_ failure: KubernetesFailure, _ asked: Duration?) async throws(KubernetesFailure) {
        if failure.kind == .gone { return ledger.forgetVersion() }
        if left <= .zero { throw timedOut }
        guard let asked else { throw failure }
        try await pause(asked, or: failure)
    }

    private func pause(_ pause: Duration, or failure: KubernetesFailure) async throws(KubernetesFailure) {
        guard pause < left, await KubernetesClient.wait(pause) else { throw failure }
    }

    private mutating func readLine() async throws(KubernetesFailure) {
        let line: [UInt8]?
        do throws(HTTPFailure) {
            line = try await lines?.next()
        } catch {
            lines = nil
            if error.stage == .cancelled { throw KubernetesFailure(error, of: operation, access: client.access) }
            return
        }
        guard let line else {
            lines = nil
            return
        }
        try await take(line)
    }

    private mutating func take(_ line: [UInt8]) async throws(KubernetesFailure) {
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONValue(parsing: line)
        } catch {
            throw .notUnderstood(operation, "an event is no JSON at \(error)", access: client.access)
        }
        guard let type = json["type"]?.text, let object = json["object"] else {
            throw .notUnderstood(operation, "an event has no type or object", access: client.access)
        }
        guard type == "ERROR" else {
            fruitless = 0
            let object = KubernetesObject(raw: Array(object.compactText.utf8), json: object)
            if let event = ledger.take(type, object) { pending.append(event) }
            return
        }
        lines = nil
        let refusal = ServerRefusal(
            status: object["code"]?.int ?? 500, reason: object["reason"]?.text, message: object["message"]?.text ?? "", causes: []
        )
        let isPassing = refusal.status == 429 || refusal.status >= 500
        try await refused(KubernetesFailure(refusal, to: operation, access: client.access), isPassing ? .zero : nil)
    }

    private var timedOut: KubernetesFailure {
        KubernetesFailure(kind: .timedOut, sentence: "cluster: \(operation): the \(watch.limit.inSeconds) for it are over")
    }
}
