internal import CSSH2
internal import Facts
internal import Glibc

/// One libssh2 session: every call of the library is here once, beside the check of what it returns.
///
/// Not Sendable: two threads must never be in one session, so it belongs to the actor that made it. No call waits; where the
/// library would, it answers `again`.
final class LibSSH2 {
    /// What a call came to.
    enum Step<Value> {
        case done(Value)
        /// Nothing to be had before the socket can be read or written: the same call is to be made again.
        case again
        case refused(code: Int32, text: String)
    }

    /// For the calls of this type, in whichever of its files.
    let session: OpaquePointer
    private let wire: UnsafeMutablePointer<plumbline_wire>

    /// - Parameter descriptor: a connected, non-blocking socket, which stays the caller's.
    init?(descriptor: Int32) {
        wire = .allocate(capacity: 1)
        wire.initialize(to: plumbline_wire())
        wire.pointee.descriptor = descriptor
        plumbline_wire_keep_opening(wire)
        guard let session = plumbline_session_new(wire) else {
            Glibc.free(wire.pointee.opening)
            wire.deallocate()
            return nil
        }
        self.session = session
    }

    deinit {
        sever()
        while libssh2_session_free(session) == LIBSSH2_ERROR_EAGAIN {}
        Glibc.free(wire.pointee.opening)
        wire.deallocate()
    }

    /// Bytes received since the beginning.
    var received: UInt64 { wire.pointee.received }
    var sent: UInt64 { wire.pointee.sent }

    /// Makes every later read and write end at once, so that freeing the session cannot wait for the other side.
    func sever() { wire.pointee.severed = 1 }

    /// The socket has come to its end and the library has not been told.
    var endIsPending: Bool { wire.pointee.ended != 0 && wire.pointee.end_told == 0 }

    /// Tells the library of the socket's end. What it has queued for channels is lost then.
    func tellEnd() { wire.pointee.end_told = 1 }

    /// Whether a packet is half sent: until it is, no other call may be made (it would be answered with BAD_USE).
    var isSending: Bool { libssh2_session_block_directions(session) & LIBSSH2_SESSION_BLOCK_OUTBOUND != 0 }
    var wantsToReceive: Bool { libssh2_session_block_directions(session) & LIBSSH2_SESSION_BLOCK_INBOUND != 0 }

    /// The words of the library about its last refusal, or the server's own when it said goodbye.
    var lastWords: String {
        if wire.pointee.disconnect_reason != 0 {
            let text = withUnsafeBytes(of: wire.pointee.disconnect_text) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            return "the server said: \(text.isEmpty ? "disconnect \(wire.pointee.disconnect_reason)" : text)"
        }
        if wire.pointee.last_errno != 0 { return String(cString: strerror(wire.pointee.last_errno)) }
        var message: UnsafeMutablePointer<CChar>?
        var length: Int32 = 0
        _ = libssh2_session_last_error(session, &message, &length, 0)
        guard let message, length > 0 else { return "the connection was closed" }
        return String(cString: message)
    }

    func step(_ result: Int32) -> Step<Int> {
        if result == LIBSSH2_ERROR_EAGAIN { return .again }
        return result < 0 ? .refused(code: result, text: lastWords) : .done(Int(result))
    }

    /// For calls that return a pointer: whether to try again is in the session's last error.
    func step(_ pointer: OpaquePointer?) -> Step<OpaquePointer> {
        if let pointer { return .done(pointer) }
        let code = libssh2_session_last_errno(session)
        return code == LIBSSH2_ERROR_EAGAIN ? .again : .refused(code: code, text: lastWords)
    }
}

// MARK: - Handshake and host key

extension LibSSH2 {
    enum Method: Int32 {
        case keyExchange = 0
        case hostKey, cipherOut, cipherIn, macOut, macIn
    }

    /// Names the algorithms to offer, best first; those that the library does not have are passed over.
    func prefer(_ method: Method, _ names: [String]) -> Bool {
        libssh2_session_method_pref(session, method.rawValue, names.joined(separator: ",")) == 0
    }

    /// Algorithms that the library has.
    func supported(_ method: Method) -> [String] {
        var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        let count = libssh2_session_supported_algs(session, method.rawValue, &names)
        guard count > 0, let names else { return [] }
        defer { libssh2_free(session, names) }
        return (0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } }
    }

    func handshake() -> Step<Int> {
        step(libssh2_session_handshake(session, wire.pointee.descriptor))
    }

    /// What the server has said in clear text so far.
    var opening: SSHOpening {
        guard let start = wire.pointee.opening else { return SSHOpening([]) }
        return SSHOpening(Array(UnsafeBufferPointer(start: start, count: wire.pointee.opening_length)))
    }

    func forgetOpening() { plumbline_wire_forget_opening(wire) }

    /// The key that the server proved to have, as a blob of RFC 4253 §6.6; `nil` before the handshake.
    var hostKey: [UInt8]? {
        var length = 0
        var type: Int32 = 0
        guard let start = libssh2_session_hostkey(session, &length, &type) else { return nil }
        return start.withMemoryRebound(to: UInt8.self, capacity: length) {
            Array(UnsafeBufferPointer(start: $0, count: length))
        }
    }
}

// MARK: - Authentication

extension LibSSH2 {
    var isLoggedIn: Bool { libssh2_userauth_authenticated(session) != 0 }

    /// Asks which methods the server takes. `done([])` means that it has let the user in without any.
    func offeredMethods(user: String) -> Step<[String]> {
        guard let list = libssh2_userauth_list(session, user, UInt32(user.utf8.count)) else {
            if isLoggedIn { return .done([]) }
            let code = libssh2_session_last_errno(session)
            return code == LIBSSH2_ERROR_EAGAIN ? .again : .refused(code: code, text: lastWords)
        }
        return .done(String(cString: list).split(separator: ",").map { String($0) })
    }

    /// Logs in with a private key held in memory.
    ///
    /// - Parameter key: the key file's bytes, with a NUL behind them: the library measures them with strlen.
    func authenticate(user: String, key: [UInt8], passphrase: String?) -> Step<Int> {
        precondition(key.last == 0, "the library measures the key with strlen")
        let result = key.withUnsafeBytes { raw in
            libssh2_userauth_publickey_frommemory(
                session, user, user.utf8.count, nil, 0, raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count - 1,
                passphrase)
        }
        return step(result)
    }

    func authenticate(user: String, password: Redacted<String>) -> Step<Int> {
        let secret = password.secret
        return step(
            libssh2_userauth_password_ex(
                session, user, UInt32(user.utf8.count), secret, UInt32(secret.utf8.count), nil))
    }

    /// Answers every hidden question with the secret.
    ///
    /// Only for a session that has never asked for the offered methods: after that, 1.10 measures the server's greeting with the
    /// length of that answer and refuses it.
    func authenticateInteractively(user: String, secret: Redacted<String>) -> Step<Int> {
        let text = secret.secret
        return text.withCString { pointer in
            wire.pointee.secret = pointer
            wire.pointee.secret_length = text.utf8.count
            defer { (wire.pointee.secret, wire.pointee.secret_length) = (nil, 0) }
            return step(plumbline_authenticate_interactively(session, user, user.utf8.count))
        }
    }

    /// Whether a hidden question was answered with the secret.
    var hasGivenSecret: Bool { wire.pointee.secrets_given > 0 }

    /// Logs in with a key whose signature is made elsewhere. `again` with `signing.request` set means that it is the signer's turn.
    func authenticate(user: String, publicKey: [UInt8], signing: SSHSigning) -> Step<Int> {
        step(
            plumbline_authenticate_by_signature(
                session, user, user.utf8.count, publicKey, publicKey.count, signing.exchange))
    }
}
