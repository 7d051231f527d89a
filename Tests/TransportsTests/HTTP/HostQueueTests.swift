import Testing

@testable import Transports

struct HostQueueTests {
    private func entering(_ queue: inout HostQueue, _ tickets: ClosedRange<UInt64>, host: String = "a:1") -> [UInt64] {
        tickets.filter { queue.enter($0, host: host) }
    }

    @Test func fourTryBeforeAnythingIsKnown() {
        var queue = HostQueue()
        #expect(entering(&queue, 1...10) == [1, 2, 3, 4])
        #expect(entering(&queue, 11...12, host: "b:1") == [11, 12])
    }

    @Test(arguments: [(true, 64), (false, 16)])
    func whatTheHostSpeaksDecidesHowMany(_ isMultiplexed: Bool, _ limit: Int) {
        var queue = HostQueue()
        _ = entering(&queue, 1...100)
        let admitted = queue.learn(host: "a:1", isMultiplexed: isMultiplexed)
        #expect(admitted.first == 5)
        #expect(admitted.count == limit - 4)
        #expect(queue.learn(host: "a:1", isMultiplexed: isMultiplexed).isEmpty)
        #expect(queue.leave(host: "a:1", isBroken: false) == [UInt64(limit + 1)])
    }

    @Test func afterABreakAFewTryFirst() {
        var queue = HostQueue()
        _ = entering(&queue, 1...4)
        _ = queue.learn(host: "a:1", isMultiplexed: true)
        _ = entering(&queue, 5...100)
        for _ in 0..<60 { #expect(queue.leave(host: "a:1", isBroken: true).isEmpty) }
        #expect(queue.leave(host: "a:1", isBroken: true) == [65])
    }

    @Test func oneThatGaveUpIsNotCalled() {
        var queue = HostQueue()
        _ = entering(&queue, 1...6)
        queue.withdraw(5, host: "a:1")
        #expect(queue.leave(host: "a:1", isBroken: false) == [6])
    }
}
