internal import Glibc

/// A conversation with an agent, one question at a time. Lives on the session's loop.
final class SSHAgentLink {
    let path: String
    let socket: SSHDescriptor

    /// `nil` when nothing listens at `path`.
    init?(path: String, on loop: SSHEventLoop, onReady: @escaping @Sendable () -> Void) {
        guard var target = SSHUnixAddress(path) else { return nil }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(AF_UNIX, kind, 0)
        guard number >= 0 else { return nil }
        guard target.with({ connect(number, $0, $1) }) == 0 else {
            close(number)
            return nil
        }
        self.path = path
        socket = SSHDescriptor(number, on: loop, onReady: onReady)
    }
}

extension SSHSession {
    func linkToAgent() -> SSHAgentLink? {
        guard let path = endpoint.identityAgent else { return nil }
        return SSHAgentLink(path: path, on: loop) { [weak self] in self?.assumeIsolated { $0.socketIsReady() } }
    }

    /// Keys that the agent holds; none when it does not say.
    func agentKeys(_ operation: SSHOperation, _ link: SSHAgentLink, _ keys: SSHKeyring) async throws(SSHFailure)
        -> [SSHAgentKey]
    {
        if let known = await keys.keys(ofAgent: link.path) { return known }
        let answer = try await ask(operation, link, SSHAgentMessages.identitiesRequest)
        let held = answer.flatMap { SSHAgentMessages.identities($0) } ?? []
        await keys.remember(held, ofAgent: link.path)
        return held
    }

    /// One question and its answer; `nil` when the agent hung up.
    func ask(_ operation: SSHOperation, _ link: SSHAgentLink, _ message: [UInt8]) async throws(SSHFailure) -> [UInt8]? {
        var rest = SSHMessageReader.encode(message)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(link.socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 { rest = rest.dropFirst(count) }
            if count < 0 {
                guard errno == EAGAIN else { return nil }
                _ = link.socket.arm(reading: false, writing: true)
                try await park(operation)
            }
        }
        var answer: [UInt8] = []
        while true {
            let buffer = loop.readBuffer
            let count = recv(link.socket.number, buffer.baseAddress, buffer.count, 0)
            if count == 0 { return nil }
            if count < 0 {
                guard errno == EAGAIN else { return nil }
                _ = link.socket.arm(reading: true, writing: false)
                try await park(operation)
                continue
            }
            answer += UnsafeRawBufferPointer(rebasing: buffer[..<count])
            var reader = SSHMessageReader(answer)
            if let whole = reader.string() { return whole }
        }
    }
}
