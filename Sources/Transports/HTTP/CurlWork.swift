internal import CCurl

/// A transfer as its loop sees it. Lives on the loop's thread only.
protocol CurlTransfer: AnyObject {
    var ticket: UInt64 { get }
    /// `192.0.2.7:6443`
    var host: String { get }
    /// What the host speaks: nil until its answer has begun.
    var isMultiplexed: Bool? { get }
    var easy: EasyHandle { get }
    var deadline: ContinuousClock.Instant { get }
    /// The reader has gone before the transfer was started.
    var isAbandoned: Bool { get }
    /// The socket to watch, and for what (`CURL_WAIT_POLLIN`, `_POLLOUT`), once libcurl has handed it over.
    var socket: (descriptor: curl_socket_t, events: Int16)? { get }
    /// libcurl is through with it. Returns whether the handle stays with the loop (a raw connection that is now open).
    func ended(_ code: CURLcode) -> Bool
    /// Its time is up, or the loop ends.
    func giveUp(_ why: CurlGivingUp)
    /// The reader has room again.
    func resume()
    /// The socket may be read or written, or somebody posted to it. Returns whether it stays open.
    func pump() -> Bool
}

enum CurlGivingUp { case deadline, cancelled }

/// What one loop does in one turn: hand sockets to libcurl, see what has ended, keep deadlines, wait.
final class CurlWork {
    private let multi: UnsafeMutableRawPointer
    private var transfers: [UInt64: any CurlTransfer] = [:]
    /// Not given to libcurl yet.
    private var waiting: [UInt64: any CurlTransfer] = [:]
    /// `nil` lets everyone start at once.
    private var queue: HostQueue?
    private var tickets: [UnsafeMutableRawPointer: UInt64] = [:]

    init(multi: UnsafeMutableRawPointer, queue: HostQueue?) {
        self.multi = multi
        self.queue = queue
    }

    func start(_ transfer: any CurlTransfer) {
        if transfer.isAbandoned { return transfer.giveUp(.cancelled) }
        guard queue?.enter(transfer.ticket, host: transfer.host) ?? true else {
            waiting[transfer.ticket] = transfer
            return
        }
        begin(transfer)
    }

    private func begin(_ transfer: any CurlTransfer) {
        guard curl_multi_add_handle(multi, transfer.easy.pointer) == CURLM_OK else { return transfer.giveUp(.cancelled) }
        transfers[transfer.ticket] = transfer
        tickets[transfer.easy.pointer] = transfer.ticket
    }

    func cancel(_ ticket: UInt64) {
        if let transfer = transfers[ticket] {
            remove(transfer, isBroken: false)
            transfer.giveUp(.cancelled)
        } else if let transfer = withdraw(ticket) {
            transfer.giveUp(.cancelled)
        }
    }

    private func withdraw(_ ticket: UInt64) -> (any CurlTransfer)? {
        guard let transfer = waiting.removeValue(forKey: ticket) else { return nil }
        queue?.withdraw(ticket, host: transfer.host)
        return transfer
    }

    func resume(_ ticket: UInt64) {
        guard let transfer = transfers[ticket] else { return }
        transfer.resume()
        pump(transfer)
    }

    /// Something waits to be written.
    func pump(_ ticket: UInt64) {
        if let transfer = transfers[ticket] { pump(transfer) }
    }

    func turn() {
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        learn()
        while collectEnded() {}
        expire()
        wait()
    }

    func endAll() {
        queue = nil
        for ticket in Array(waiting.keys) + Array(transfers.keys) { cancel(ticket) }
    }

    private func learn() {
        guard queue != nil else { return }
        for transfer in transfers.values {
            guard let isMultiplexed = transfer.isMultiplexed else { continue }
            admit(queue?.learn(host: transfer.host, isMultiplexed: isMultiplexed) ?? [])
        }
    }

    private func admit(_ tickets: [UInt64]) {
        for ticket in tickets { if let transfer = waiting.removeValue(forKey: ticket) { begin(transfer) } }
    }

    private func collectEnded() -> Bool {
        var code = CURLE_OK
        guard let ended = ccurl_next_ended(multi, &code) else { return false }
        guard let ticket = tickets[ended], let transfer = transfers[ticket] else { return true }
        if !transfer.ended(code) {
            remove(transfer, isBroken: code != CURLE_OK)
        } else {
            pump(transfer)
        }
        return true
    }

    private func pump(_ transfer: any CurlTransfer) {
        guard transfer.socket != nil, !transfer.pump() else { return }
        remove(transfer, isBroken: false)
    }

    private func expire() {
        let now = ContinuousClock.now
        // Those who wait first, or an end would let one start whose time is up as well.
        for transfer in waiting.values where transfer.deadline <= now {
            _ = withdraw(transfer.ticket)
            transfer.giveUp(.deadline)
        }
        for transfer in transfers.values where transfer.deadline <= now {
            // The reason is read from the handle, so it is told before libcurl forgets the connection.
            transfer.giveUp(.deadline)
            remove(transfer, isBroken: false)
        }
    }

    private func wait() {
        let now = ContinuousClock.now
        let watched = transfers.values.filter { $0.socket != nil }
        var descriptors = watched.map { transfer in
            let socket = transfer.socket
            return curl_waitfd(fd: socket?.descriptor ?? CURL_SOCKET_BAD, events: socket?.events ?? 0, revents: 0)
        }
        let deadlines = [transfers, waiting].compactMap { $0.values.map(\.deadline).min() }
        let next = deadlines.min().map { now.duration(to: $0) } ?? .seconds(60)
        let milliseconds = Int32(clamping: min(max(next, .zero), .seconds(60)).curlMilliseconds)
        var ready: Int32 = 0
        curl_multi_poll(multi, &descriptors, UInt32(descriptors.count), milliseconds, &ready)
        for (transfer, descriptor) in zip(watched, descriptors) where descriptor.revents != 0 { pump(transfer) }
    }

    private func remove(_ transfer: any CurlTransfer, isBroken: Bool) {
        curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfers[transfer.ticket] = nil
        tickets[transfer.easy.pointer] = nil
        admit(queue?.leave(host: transfer.host, isBroken: isBroken) ?? [])
    }
}
