internal import Foundation

/// A value that several threads reach, one at a time.
///
/// An actor cannot serve here: the curl thread and libssh2's queues are no tasks and may not suspend. `Synchronization.Mutex` is
/// not used because the thread sanitizer does not understand its futex.
final class Locked<Value>: @unchecked Sendable {
    // The proof for `@unchecked`: `value` is only touched inside `withLock`.
    private let lock = NSLock()
    private var value: Value

    init(_ value: sending Value) { self.value = value }

    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&value)
    }
}
