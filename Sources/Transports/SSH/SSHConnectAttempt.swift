internal import Glibc

/// One TCP connection in the making. Lives on a loop.
final class SSHConnectAttempt {
    enum State {
        case pending, connected
        case refused(Int32)
    }

    let target: SSHSocketAddress
    private var socket: SSHDescriptor?
    private var number: Int32 { socket?.number ?? -1 }
    private var begun: Int32 = 0

    init(to target: SSHSocketAddress, on loop: SSHEventLoop, onReady: @escaping @Sendable () -> Void) {
        self.target = target
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(target.family, kind, 0)
        guard number >= 0 else {
            begun = errno
            return
        }
        socket = SSHDescriptor(number, on: loop, onReady: onReady)
        var one: Int32 = 1
        setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        let result = target.bytes.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: sockaddr.self) { connect(number, $0.baseAddress, socklen_t(target.bytes.count)) }
        }
        if result != 0, errno != EINPROGRESS { begun = errno }
    }

    var state: State {
        if begun != 0 { return .refused(begun) }
        var code: Int32 = 0
        var length = socklen_t(4)
        getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &length)
        if code != 0 {
            begun = code
            return .refused(code)
        }
        var peer = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isConnected = withUnsafeMutablePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(number, $0, &size) == 0 }
        }
        return isConnected ? .connected : .pending
    }

    func arm() { _ = socket?.arm(reading: false, writing: true) }

    /// The connected socket, with the watch that it has.
    func takeSocket() -> SSHDescriptor? { socket }
}
