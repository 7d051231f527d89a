internal import CSSH2
internal import Glibc

/// One thread that waits on sockets and timers with epoll and runs the session actors that live on it.
///
/// Sessions are spread over `shared`; there is no thread per host. The threads start at first use and live as long as the
/// process, so that an actor can never be left without its executor.
///
/// `@unchecked Sendable`: `inbox`, `isAsleep` and `nextToken` are touched only under `lock`; `handlers` and `timers` only on the
/// loop's own thread (`checkIsolated`).
final class SSHEventLoop: SerialExecutor, @unchecked Sendable {
    /// Two: libssh2 needs little CPU and the machine that runs the harness is small (measured with 1,000 sessions).
    static let shared: [SSHEventLoop] = {
        _ = libssh2_init(0)
        return [SSHEventLoop(), SSHEventLoop()]
    }()

    private enum Errand {
        case job(UnownedJob)
        case closure(@Sendable () -> Void)
    }

    private let lock = SSHLock()
    private var inbox: [Errand] = []
    private var isAsleep = false
    private var nextToken: UInt64 = 1

    private let epoll: Int32
    private let doorbell: Int32
    private var thread = pthread_t()
    private var handlers: [UInt64: @Sendable () -> Void] = [:]
    private var timers = SSHTimers()
    /// For reads by whoever is on the loop's thread; nothing stays in it between two calls.
    nonisolated(unsafe) let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32_768, alignment: 16)

    private init() {
        epoll = plumbline_epoll_create()
        doorbell = plumbline_eventfd_create()
        precondition(epoll >= 0 && doorbell >= 0, "the kernel gave no epoll or eventfd descriptor")
        _ = plumbline_epoll_arm(epoll, doorbell, 0, 1, 1)
        let own = Unmanaged.passRetained(self)
        let begun = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<SSHEventLoop>.fromOpaque(argument).takeUnretainedValue().turn()
                return nil
            }, own.toOpaque())
        precondition(begun == 0, "the kernel gave no thread")
    }

    // MARK: Work from any thread

    func enqueue(_ job: consuming ExecutorJob) {
        deliver(.job(UnownedJob(job)))
    }

    /// Runs `work` on the loop's thread, after what was delivered before.
    func post(_ work: @escaping @Sendable () -> Void) {
        deliver(.closure(work))
    }

    private func deliver(_ errand: Errand) {
        let mustRing = lock.held {
            inbox.append(errand)
            defer { isAsleep = false }
            return isAsleep
        }
        if mustRing { eventfd_ring() }
    }

    private func eventfd_ring() {
        var one: UInt64 = 1
        _ = write(doorbell, &one, 8)
    }

    func checkIsolated() {
        precondition(isCurrentThread, "this belongs to the SSH loop's thread")
    }

    func isIsolatingCurrentContext() -> Bool? { isCurrentThread }

    private var isCurrentThread: Bool { pthread_equal(pthread_self(), thread) != 0 }

    /// A name for a descriptor's watch, never used twice, since the kernel gives descriptor numbers again.
    func makeToken() -> UInt64 {
        lock.held {
            defer { nextToken += 1 }
            return nextToken
        }
    }

    /// Lets a stated time pass; not cut short by cancellation, so for short ones only.
    func pause(for duration: Duration) async {
        await withCheckedContinuation { continuation in
            post { _ = self.schedule(at: .now + duration) { continuation.resume() } }
        }
    }

    // MARK: Work on the loop's thread

    func watch(_ token: UInt64, _ handler: @escaping @Sendable () -> Void) {
        handlers[token] = handler
    }

    func forget(_ token: UInt64) {
        handlers[token] = nil
    }

    /// Asks for one report when `descriptor` is ready. Returns 0 or an errno.
    func arm(_ descriptor: Int32, token: UInt64, directions: Int32, firstTime: Bool) -> Int32 {
        plumbline_epoll_arm(epoll, descriptor, token, directions, firstTime ? 1 : 0)
    }

    func schedule(at due: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        timers.add(due: due, action)
    }

    func cancelTimer(_ id: UInt64) {
        timers.remove(id)
    }

    private func turn() {
        var tokens = [UInt64](repeating: 0, count: 128)
        while true {
            let count = plumbline_epoll_wait(epoll, &tokens, Int32(tokens.count), sleepMilliseconds())
            lock.held { isAsleep = false }
            for token in tokens.prefix(max(0, Int(count))) {
                if token == 0 { answerDoorbell() } else { handlers[token]?() }
            }
            for action in timers.takeDue(at: .now) { action() }
            runInbox()
        }
    }

    private func answerDoorbell() {
        var rings: UInt64 = 0
        _ = read(doorbell, &rings, 8)
        _ = plumbline_epoll_arm(epoll, doorbell, 0, 1, 0)
    }

    /// 0 when there is work, -1 when nothing is due, else the time to the next timer, rounded up.
    private func sleepMilliseconds() -> Int32 {
        let isIdle = lock.held {
            isAsleep = inbox.isEmpty
            return isAsleep
        }
        guard isIdle else { return 0 }
        guard let due = timers.nextDue else { return -1 }
        let left = ContinuousClock.now.duration(to: due)
        guard left > .zero else { return 0 }
        return Int32(min(left / .milliseconds(1), 60_000).rounded(.up))
    }

    private func runInbox() {
        let errands = lock.held {
            let taken = inbox
            inbox = []
            return taken
        }
        for errand in errands {
            switch errand {
            case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
            case .closure(let work): work()
            }
        }
    }
}
