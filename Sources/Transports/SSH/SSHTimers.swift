/// The timers of one event loop: a binary heap by due time. A removed timer leaves the heap when its time comes, or when the
/// heap is mostly removed ones.
struct SSHTimers {
    private var heap: [(due: ContinuousClock.Instant, id: UInt64)] = []
    private var actions: [UInt64: @Sendable () -> Void] = [:]
    private var nextID: UInt64 = 1

    mutating func add(due: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        let id = nextID
        nextID += 1
        actions[id] = action
        if heap.count > 2 * actions.count + 64 {
            heap.removeAll { actions[$0.id] == nil }
            heap.sort { $0.due < $1.due }
        }
        heap.append((due, id))
        riseLast()
        return id
    }

    mutating func remove(_ id: UInt64) {
        actions[id] = nil
    }

    /// When the next timer that was not removed is due; `nil` when there is none.
    var nextDue: ContinuousClock.Instant? {
        mutating get {
            while let first = heap.first, actions[first.id] == nil { dropFirst() }
            return heap.first?.due
        }
    }

    /// Takes out what is due, earliest first.
    mutating func takeDue(at now: ContinuousClock.Instant) -> [@Sendable () -> Void] {
        var due: [@Sendable () -> Void] = []
        while let first = heap.first, first.due <= now || actions[first.id] == nil {
            dropFirst()
            if let action = actions.removeValue(forKey: first.id) { due.append(action) }
        }
        return due
    }

    private mutating func riseLast() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].due < heap[parent].due else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func dropFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].due < heap[least].due {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
