internal import CCurl
internal import Foundation

/// One thread that owns one curl multi handle and everything added to it.
///
/// Others reach it through an inbox of closures and `curl_multi_wakeup`, the one call that libcurl allows from another thread.
final class CurlLoop: Sendable {
    private struct Inbox {
        var jobs: [@Sendable (CurlWork) -> Void] = []
        var isOpen = true
        var lastTicket: UInt64 = 0
    }

    private let inbox = Locked(Inbox())
    // The pointer is handed to the loop's thread; from elsewhere it is only used by `post`, under the inbox's lock while it is
    // open, and the thread frees it after it has been closed.
    nonisolated(unsafe) private let multi: UnsafeMutableRawPointer

    /// - Parameter isLimited: whether those who come when many are under way to a host wait for their turn.
    /// - Returns: `nil` when libcurl has no memory for a handle.
    init?(name: String, isLimited: Bool) {
        guard Self.libraryIsReady, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        let thread = Thread { self.run(isLimited ? HostQueue() : nil) }
        thread.name = name
        thread.start()
    }

    private static let libraryIsReady = ccurl_global_init() == CURLE_OK

    /// Names one transfer for `cancel` and `resume`; never used twice.
    func makeTicket() -> UInt64 {
        inbox.withLock { inbox in
            inbox.lastTicket += 1
            return inbox.lastTicket
        }
    }

    /// Runs a job on the loop's thread, in the order of posting. After `stop` it is not run.
    func post(_ job: @escaping @Sendable (CurlWork) -> Void) {
        inbox.withLock { inbox in
            guard inbox.isOpen else { return }
            inbox.jobs.append(job)
            curl_multi_wakeup(multi)
        }
    }

    func cancel(_ ticket: UInt64) { post { $0.cancel(ticket) } }
    func resume(_ ticket: UInt64) { post { $0.resume(ticket) } }

    /// Ends the thread; transfers that still run end as cancelled.
    func stop() {
        inbox.withLock { inbox in
            guard inbox.isOpen else { return }
            inbox.isOpen = false
            curl_multi_wakeup(multi)
        }
    }

    private func run(_ queue: HostQueue?) {
        Self.blockSignals()
        let work = CurlWork(multi: multi, queue: queue)
        while true {
            let (jobs, isOpen) = inbox.withLock { inbox in
                defer { inbox.jobs = [] }
                return (inbox.jobs, inbox.isOpen)
            }
            for job in jobs { job(work) }
            if !isOpen { break }
            work.turn()
        }
        work.endAll()
        curl_multi_cleanup(multi)
    }

    /// SIGPIPE would end the process when a server closes while OpenSSL writes; blocked, the write just returns EPIPE. The others
    /// belong to the main thread. Nothing is changed for the rest of the process or for its children.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
