/// Who may be under way to a host at once, so that a thousand requests open no thousand connections.
///
/// libcurl's own limit (`CURLMOPT_MAX_HOST_CONNECTIONS`) and its waiting for a connection that others can join (`CURLOPT_PIPEWAIT`) are
/// not used: both park transfers, and 7.88 now and then loses one that it had parked (seen: 100 requests over HTTP/1.1, four
/// connections; in 3 of 100 runs two answers were never read).
struct HostQueue {
    private struct Host {
        var running = 0
        var waiting: [UInt64] = []
        var isMultiplexed: Bool?

        var limit: Int {
            switch isMultiplexed {
            // Below the 100 streams that servers commonly allow on one connection.
            case true?: 64
            case false?: 16
            // Until the first answer has told.
            case nil: 4
            }
        }
    }

    private var hosts: [String: Host] = [:]

    /// - Returns: whether it may start; if not it waits, and a later call names it.
    mutating func enter(_ ticket: UInt64, host name: String) -> Bool {
        var host = hosts[name] ?? Host()
        defer { hosts[name] = host }
        guard host.running < host.limit else {
            host.waiting.append(ticket)
            return false
        }
        host.running += 1
        return true
    }

    /// An answer has begun: now it is known what the host speaks.
    ///
    /// - Returns: who may start.
    mutating func learn(host name: String, isMultiplexed: Bool) -> [UInt64] {
        guard hosts[name]?.isMultiplexed != isMultiplexed else { return [] }
        hosts[name]?.isMultiplexed = isMultiplexed
        return admit(name)
    }

    /// One that was started has ended.
    ///
    /// - Parameter isBroken: no answer came: the connection that all shared may be gone, so a few try first.
    /// - Returns: who may start.
    mutating func leave(host name: String, isBroken: Bool) -> [UInt64] {
        hosts[name]?.running -= 1
        if isBroken { hosts[name]?.isMultiplexed = nil }
        return admit(name)
    }

    /// One that still waits has given up.
    mutating func withdraw(_ ticket: UInt64, host name: String) {
        hosts[name]?.waiting.removeAll { $0 == ticket }
    }

    private mutating func admit(_ name: String) -> [UInt64] {
        guard var host = hosts[name] else { return [] }
        let count = max(0, min(host.waiting.count, host.limit - host.running))
        let admitted = Array(host.waiting.prefix(count))
        host.waiting.removeFirst(count)
        host.running += count
        hosts[name] = host
        return admitted
    }
}
