internal import Glibc

/// A socket watched by an event loop; closed when this goes.
///
/// Lives on the loop's thread. `onReady` is called there each time an armed watch fires.
final class SSHDescriptor {
    let number: Int32
    private let loop: SSHEventLoop
    private let token: UInt64
    private var isKnown = false

    /// Takes over `number`.
    init(_ number: Int32, on loop: SSHEventLoop, onReady: @escaping @Sendable () -> Void) {
        self.number = number
        self.loop = loop
        token = loop.makeToken()
        loop.watch(token, onReady)
    }

    deinit {
        // The kernel drops the watch with the descriptor. The handler is dropped on the loop's thread, where handlers live.
        close(number)
        let (loop, token) = (loop, token)
        loop.post { loop.forget(token) }
    }

    /// Asks to be told once when the socket can be read or written. Returns 0 or an errno.
    func arm(reading: Bool, writing: Bool) -> Int32 {
        defer { isKnown = true }
        return loop.arm(number, token: token, directions: (reading ? 1 : 0) | (writing ? 2 : 0), firstTime: !isKnown)
    }
}
