package import Facts
internal import Foundation

/// Takes what the client tells from its own threads, in order, until it is asked for.
///
/// `@unchecked Sendable`: the only state is behind the lock.
package final class ExchangeCollector: @unchecked Sendable {
    private let lock = NSLock()
    private var exchanges: [Exchange] = []

    package init() {}

    package func add(_ exchange: Exchange) { lock.withLock { exchanges.append(exchange) } }

    /// Everything told so far; the next call gives what came after.
    package func taken() -> [Exchange] {
        lock.withLock {
            defer { exchanges = [] }
            return exchanges
        }
    }
}
