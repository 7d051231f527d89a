internal import Facts

/// busybox's `ping`: one echo a second, each decided by the fabric at its own moment.
///
/// - Source: busybox `networking/ping.c`; the seed's pings; `recordings/linux-igb/04-faults` for losses.
package struct BusyboxPing: Sendable {
    private var count: Int?
    private var waitSeconds = 10
    private var deadlineSeconds: Int?
    private var payloadBytes = 56
    private var quiet = false
    private var source: String?
    private var destination = ""

    /// - Throws: the answer of a ping that does not start: an unknown option or a destination that is no address.
    package init(_ arguments: [String]) throws(Refusal) {
        var index = 0
        func value(of option: Character, _ rest: Substring) throws(Refusal) -> String {
            if !rest.isEmpty { return String(rest) }
            index += 1
            guard index < arguments.count else {
                throw Refusal("ping: option requires an argument -- '\(option)'\n" + BusyboxPing.usage)
            }
            return arguments[index]
        }
        func number(of option: Character, _ rest: Substring) throws(Refusal) -> Int {
            let text = try value(of: option, rest)
            guard let number = Int(text) else { throw Refusal("ping: invalid number '\(text)'\n") }
            return number
        }
        var operands: [String] = []
        while index < arguments.count {
            let word = arguments[index]
            if word.hasPrefix("-"), let option = word.dropFirst().first {
                let rest = word.dropFirst(2)
                switch option {
                case "c": count = try number(of: option, rest)
                case "W": waitSeconds = try number(of: option, rest)
                case "w": deadlineSeconds = try number(of: option, rest)
                case "s": payloadBytes = try number(of: option, rest)
                case "t": _ = try number(of: option, rest)
                case "I": source = try value(of: option, rest)
                case "q": quiet = true
                case "4", "6", "A": break
                default: throw Refusal("ping: invalid option -- '\(option)'\n" + BusyboxPing.usage)
                }
            } else {
                operands.append(word)
            }
            index += 1
        }
        guard let destination = operands.first else { throw Refusal(BusyboxPing.usage) }
        self.destination = destination
    }

    /// What stands on stderr of a ping that does not start; its exit status is 1.
    package struct Refusal: Error, Hashable, Sendable {
        package let errors: String
        init(_ errors: String) { self.errors = errors }
    }

    private static let usage = """
        BusyBox v1.28.4 (2018-05-22 17:00:17 UTC) multi-call binary.

        Usage: ping [OPTIONS] HOST

        """

    /// What ping says where the container may not open raw sockets, or those of the group range: its title comes first.
    ///
    /// - Source: busybox `networking/ping.c`, create_icmp_socket.
    static func denied(_ arguments: [String]) -> CommandAnswer {
        let destination = arguments.last ?? ""
        return CommandAnswer(
            "PING \(destination) (\(destination)): 56 data bytes\n", errors: "ping: permission denied (are you root?)\n",
            status: 1)
    }

    /// Runs to the end; cancellation ends it like an interrupt.
    ///
    /// - Parameter place: the pod that pings.
    package func run(from place: PodPlace, in fabric: Fabric) async -> CommandAnswer {
        guard let address = IPAddress(destination) else { return refused("bad address '\(destination)'") }
        let interfaces = await fabric.node(place.node)?.sandbox(place.uid)?.interfaces ?? []
        var bound: String?
        if let source {
            if interfaces.contains(where: { $0.name == source }) {
                bound = source
            } else if let own = IPAddress(source) {
                bound = interfaces.first { $0.addresses.contains { $0.address == own } }?.name
                if bound == nil { return refused("bind: Cannot assign requested address") }
            } else {
                return refused("bad address '\(source)'")
            }
        }
        return await exchange(with: address, from: place, bound: bound, in: fabric)
    }

    private func refused(_ why: String) -> CommandAnswer { CommandAnswer("", errors: "ping: \(why)\n", status: 1) }

    private func exchange(with address: IPAddress, from place: PodPlace, bound: String?, in fabric: Fabric) async -> CommandAnswer
    {
        var text = "PING \(destination) (\(address)): \(payloadBytes) data bytes\n"
        let time = fabric.time
        let start = time.now()
        let end = deadlineSeconds.map { start + .seconds($0) }
        var times: [Duration] = []
        var sent = 0
        while count.map({ sent < $0 }) ?? true, !Task.isCancelled {
            if let end, time.now() >= end { break }
            let moment = time.now()
            let result = await fabric.change { $0.echo(from: place, to: address, bound: bound, at: moment) }
            if result == .noRoute {
                return CommandAnswer(text, errors: "ping: sendto: Network is unreachable\n", status: 1)
            }
            sent += 1
            if case .reply(let roundTrip) = result {
                await pause(roundTrip, time)
                times.append(roundTrip)
                if !quiet {
                    text +=
                        "\(payloadBytes + 8) bytes from \(address): seq=\(sent - 1) ttl=64 time=\(Self.milliseconds(roundTrip)) ms\n"
                }
            }
            let isLast = count.map { sent >= $0 } ?? false
            // As many answers as asked for end it; the last one that is missing is waited for.
            if isLast, times.count == sent { break }
            await pause(isLast ? .seconds(waitSeconds) : moment + .seconds(1) - time.now(), time, until: end)
        }
        return statistics(text, sent: sent, times: times)
    }

    private func pause(_ duration: Duration, _ time: SiteTime, until end: Duration? = nil) async {
        let left = end.map { min(duration, $0 - time.now()) } ?? duration
        // A cancelled wait ends the ping; its statistics are printed all the same.
        if left > .zero { do { try await time.sleep(left) } catch {} }
    }

    private func statistics(_ text: String, sent: Int, times: [Duration]) -> CommandAnswer {
        var text = text + "\n--- \(destination) ping statistics ---\n"
        let loss = sent == 0 ? 0 : (sent - times.count) * 100 / sent
        text += "\(sent) packets transmitted, \(times.count) packets received, \(loss)% packet loss\n"
        if let least = times.min(), let most = times.max() {
            let average = times.reduce(.zero, +) / times.count
            text +=
                "round-trip min/avg/max = \(Self.milliseconds(least))/\(Self.milliseconds(average))/\(Self.milliseconds(most)) ms\n"
        }
        return CommandAnswer(text, status: times.isEmpty ? 1 : 0)
    }

    /// `2.455`
    private static func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let rest = String(microseconds % 1000)
        return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
