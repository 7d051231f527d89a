internal import Glibc

extension SSHSession {
    /// Gets a connected socket, by whatever way.
    func dial(_ operation: SSHOperation, fallbackAddress: String?, within limit: Duration) async throws(SSHFailure) {
        switch route {
        case .direct:
            stage = .nameLookup
            let candidates = try await findAddresses(operation, fallbackAddress: fallbackAddress)
            stage = .connecting
            try await connect(operation, toOneOf: candidates)
        case .through(let hop):
            stage = .connecting
            address = "\(endpoint.hostName):\(endpoint.port)"
            do throws(SSHFailure) {
                adopt(try await hop.openTunnel(to: endpoint.hostName, port: endpoint.port, within: limit))
            } catch {
                throw error.cause == .cancelled ? error : failure(.jumpHost(error))
            }
        case .command(let command):
            stage = .connecting
            address = "\(endpoint.hostName):\(endpoint.port)"
            let started = SSHProxyProcess.start(command, on: loop) { [weak self] in
                self?.assumeIsolated { $0.proxy?.listen() }
            }
            switch started {
            case .success(let (process, number)):
                proxy = process
                adopt(number)
            case .failure(let refusal):
                throw failure(.proxyCommand(command, said: refusal.reason))
            }
        }
    }

    private var family: Int32 {
        switch endpoint.addressFamily {
        case "inet": AF_INET
        case "inet6": AF_INET6
        default: AF_UNSPEC
        }
    }

    private func findAddresses(_ operation: SSHOperation, fallbackAddress: String?) async throws(SSHFailure)
        -> [SSHSocketAddress]
    {
        let name = endpoint.hostName
        if let found = SSHAddresses.numeric(name, port: endpoint.port, family: family) { return found }
        let box = SSHAnswerBox<SSHAddresses.Answer>()
        resolve(name, endpoint.port, family) { answer in
            self.loop.post { self.assumeIsolated { _ in box.fill(answer) } }
        }
        while box.answer == nil {
            box.waiter = operation
            try await park(operation)
        }
        switch box.answer {
        case .addresses(let found)?: return found
        case .none(let reason)?:
            if name == endpoint.alias, let fallbackAddress,
                let found = SSHAddresses.numeric(fallbackAddress, port: endpoint.port, family: AF_UNSPEC)
            {
                return found
            }
            throw failure(.unresolved(name: name, reason: reason))
        case nil: throw failure(.cancelled)
        }
    }

    /// Tries the addresses in their order, each new one a quarter of a second after the last or when all before have been
    /// refused, and takes the first that answers (the way of RFC 8305).
    private func connect(_ operation: SSHOperation, toOneOf candidates: [SSHSocketAddress]) async throws(SSHFailure) {
        var waiting = candidates[...]
        var attempts: [SSHConnectAttempt] = []
        var nextStart = ContinuousClock.now
        var refusal = failure(.unresolved(name: endpoint.hostName, reason: "the answer was empty"))
        while true {
            if let candidate = waiting.first, attempts.isEmpty || .now >= nextStart {
                waiting = waiting.dropFirst()
                nextStart = .now + .milliseconds(250)
                attempts.append(SSHConnectAttempt(to: candidate, on: loop, onReady: wakeUp()))
            }
            if attempts.count == 1 { address = attempts[0].target.text }
            for (index, attempt) in attempts.enumerated().reversed() {
                switch attempt.state {
                case .connected:
                    address = attempt.target.text
                    socket = attempt.takeSocket()
                    return
                case .refused(let code):
                    attempts.remove(at: index)
                    refusal = SSHFailure(
                        host: endpoint.alias, address: attempt.target.text,
                        cause: code == ECONNREFUSED ? .refused : .noRoute(String(cString: strerror(code))))
                case .pending: attempt.arm()
                }
            }
            if attempts.isEmpty {
                if waiting.isEmpty { throw refusal }
                continue
            }
            if waiting.isEmpty {
                try await park(operation)
            } else {
                try await park(operation, noLongerThan: nextStart)
            }
        }
    }

    private func wakeUp() -> @Sendable () -> Void {
        { [weak self] in self?.assumeIsolated { $0.socketIsReady() } }
    }

    private func adopt(_ number: Int32) {
        socket = SSHDescriptor(number, on: loop, onReady: wakeUp())
    }
}

/// Where an answer from another thread is put, on the session's loop, for the operation that waits for it.
///
/// `@unchecked Sendable`: it is only touched on the loop that the session lives on; it crosses threads inside a closure alone.
final class SSHAnswerBox<Answer: Sendable>: @unchecked Sendable {
    private(set) var answer: Answer?
    var waiter: SSHOperation?

    func fill(_ value: Answer) {
        answer = value
        waiter?.wake()
    }
}
