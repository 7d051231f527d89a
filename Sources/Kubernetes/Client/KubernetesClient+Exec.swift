internal import Facts
internal import Transports

extension KubernetesClient {
    /// Runs a program in a container. No shell is between: each argument arrives as it is.
    ///
    /// - Parameters:
    ///   - container: `nil` for the pod's only one.
    ///   - stdin: sent whole, then closed; a server that only speaks v4 cannot close it, so a command that reads to the end never ends there.
    ///   - deadline: from the call to the end of the command.
    ///   - isRepeatable: whether a connection that breaks may be answered by running the command again.
    /// - Returns: also for a command that ends with another code than 0.
    /// - Throws: `KubernetesFailure` when it could not be run, or its end is not known.
    package func exec(
        namespace: String, pod: String, container: String? = nil, argv: [String], stdin: [UInt8]? = nil,
        deadline: Duration = .seconds(30), outputLimitBytes: Int = 64 << 20, isRepeatable: Bool = true
    ) async throws(KubernetesFailure) -> ExecOutput {
        let path = ResourcePath.pods(namespace, pod).named(pod, subresource: "exec")
        let call = ExecCall(
            operation: Operation(verb: .get, path: path), container: container, argv: argv, stdin: stdin,
            outputLimitBytes: outputLimitBytes)
        let clock = ContinuousClock()
        let end = clock.now + deadline
        var repetition = 0
        while true {
            repetition += 1
            let left = max(clock.now.duration(to: end), .milliseconds(1))
            let attempt = try await attempt(call, limit: left)
            switch attempt {
            case .done(let output): return output
            case .failed(let failure, let pause):
                let pause = isRepeatable || !call.mayHaveRun(failure) ? pause(retrying, repetition) : nil
                guard let pause, clock.now + pause < end, await Self.wait(pause) else { throw failure }
            }
        }
    }

    private enum Attempt {
        case done(ExecOutput)
        /// With how long to wait before another, if that may help.
        case failed(KubernetesFailure, (Retrying, Int) -> Duration?)
    }

    private func attempt(_ call: ExecCall, limit: Duration) async throws(KubernetesFailure) -> Attempt {
        let proof = try await credentials.proof()
        let request = self.request(APICall(operation: call.operation, method: "GET", query: call.query), proof, deadline: limit)
        let started = now()
        let sent = "GET \(request.url)"
        var session = ExecSession(outputLimitBytes: call.outputLimitBytes)
        do throws(HTTPFailure) {
            let upgrade = WebSocketRequest(
                url: request.url, headers: request.headers, subprotocols: ExecCall.subprotocols, deadline: limit,
                route: request.route)
            switch try await engine.webSocket(for: upgrade) {
            case .refused(let response):
                tell(sent, started: started, .status(response.status), response.body)
                let failure = KubernetesFailure(response, to: call.operation, access: access)
                let isStale = failure.kind == .unauthorized ? await credentials.refused(proof) : false
                return .failed(failure) { retrying, repetition in
                    if isStale, repetition == 1 { return .zero }
                    // A container that does not run is answered with 500 as well; it will not run in a second.
                    return failure.kind == .containerNotRunning ? nil : retrying.pause(before: repetition, after: response)
                }
            case .open(let socket, _):
                let end = try await run(call, socket, &session)
                return finish(call, session, end, sent: sent, started: started)
            }
        } catch {
            tell(sent, started: started, .broken(error.description), session.stdout, session.stderr)
            return .failed(KubernetesFailure(error, of: call.operation, access: access)) { $0.pause(before: $1, after: error) }
        }
    }

    /// Writes stdin and reads the channels at the same time: a command that answers while it reads would else stand still.
    private func run(
        _ call: ExecCall, _ socket: WebSocket, _ session: inout ExecSession
    ) async throws(HTTPFailure) -> ExecSession.End {
        async let written: Void = Self.write(call.stdin, to: socket)
        defer { socket.close() }
        var end: ExecSession.End?
        while end == nil { end = session.take(try await socket.receive()) }
        // A command that ends without reading leaves its input unsent; closing lets the writer go.
        socket.close()
        await written
        return end ?? .noStatus("")
    }

    private static func write(_ stdin: [UInt8]?, to socket: WebSocket) async {
        guard let stdin else { return }
        for start in stride(from: 0, to: stdin.count, by: 32 << 10) {
            await socket.send([0] + stdin[start..<min(start + 32 << 10, stdin.count)])
        }
        if socket.subprotocol == "v5.channel.k8s.io" { await socket.send([255, 0]) }
    }

    private func finish(_ call: ExecCall, _ session: ExecSession, _ end: ExecSession.End, sent: String, started: Timestamp)
        -> Attempt
    {
        switch end {
        case .exit(let code):
            tell(sent, started: started, .exit(code), session.stdout, session.stderr)
            return .done(ExecOutput(stdout: session.stdout, stderr: session.stderr, exitCode: code))
        case .refused, .garbled, .noStatus, .outputTooLarge:
            let failure = call.failure(end, received: session.stdout.count + session.stderr.count)
            tell(sent, started: started, .broken(failure.sentence), session.stdout, session.stderr)
            return .failed(failure) { retrying, repetition in
                if case .noStatus = end { return repetition <= retrying.repetitions ? retrying.firstPause : nil }
                return nil
            }
        }
    }
}

/// What is to be run, and how its ends are worded.
struct ExecCall {
    static let subprotocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"]

    let operation: Operation
    let container: String?
    let argv: [String]
    let stdin: [UInt8]?
    let outputLimitBytes: Int

    var query: [(name: String, value: String)] {
        var query = argv.map { (name: "command", value: $0) }
        if let container { query.append(("container", container)) }
        if stdin != nil { query.append(("stdin", "true")) }
        return query + [("stdout", "true"), ("stderr", "true")]
    }

    /// Whether the command may have begun before the failure.
    func mayHaveRun(_ failure: KubernetesFailure) -> Bool {
        failure.status == nil && failure.kind != .configuration
    }

    func failure(_ end: ExecSession.End, received: Int) -> KubernetesFailure {
        let command = argv.joined(separator: " ")
        switch end {
        case .refused(let message):
            let program = argv.first ?? ""
            let (kind, why, next): (KubernetesFailure.Kind, String, String) =
                switch RuntimeRefusal(message: message, program: program) {
                case .missing: (.commandNotFound, ", since the image has no '\(program)'", "use an image that has it")
                case .notPermitted:
                    (
                        .commandNotPermitted, ", since the container may not start '\(program)'",
                        "look at its file capabilities against the container's: is NET_RAW dropped?"
                    )
                case .notRunning:
                    (
                        .containerNotRunning, ", since the container does not run",
                        "look at the pod's container statuses and events"
                    )
                case .other: (.serverError, "", "look at the kubelet's log and the pod's events")
                }
            return KubernetesFailure(
                kind: kind, serverMessage: message, sentence: "cluster: \(operation): '\(command)' did not run\(why): \(message)",
                next: next)
        case .garbled(let seen):
            return KubernetesFailure(
                kind: .notUnderstood,
                sentence:
                    "cluster: \(operation): '\(command)' has no known end: expected a Status on channel 3, but what came is \(seen)"
            )
        case .outputTooLarge:
            return KubernetesFailure(
                kind: .notUnderstood,
                sentence: "cluster: \(operation): '\(command)' printed more than \(outputLimitBytes) bytes and was given up")
        case .noStatus(let seen):
            return KubernetesFailure(
                kind: .brokenOff,
                sentence:
                    "cluster: \(operation): '\(command)' has no known end: expected its exit status, but after \(received) bytes \(seen)",
                next: "look at the kubelet on the pod's node and at whether the container restarted")
        case .exit(let code):
            return KubernetesFailure(kind: .brokenOff, sentence: "cluster: \(operation): '\(command)' ended with \(code)")
        }
    }
}
