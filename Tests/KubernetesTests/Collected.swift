import Foundation

/// What callbacks on other threads have told.
final class Collected<Element: Sendable>: @unchecked Sendable {
    // The proof for `@unchecked`: `elements` is only touched under `lock`.
    private let lock = NSLock()
    private var elements: [Element] = []

    func add(_ element: Element) {
        lock.lock()
        elements.append(element)
        lock.unlock()
    }

    var all: [Element] {
        lock.lock()
        defer { lock.unlock() }
        return elements
    }
}

/// Counts calls from any thread.
final class Recorded: @unchecked Sendable {
    // The proof for `@unchecked`: `count` is only touched under `lock`.
    private let lock = NSLock()
    private var count = 0

    /// 0 at the first call, then 1, and so on.
    func next() -> Int {
        lock.lock()
        defer { lock.unlock() }
        count += 1
        return count - 1
    }
}
