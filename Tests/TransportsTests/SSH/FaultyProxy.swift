import Glibc
import SSHPeer

@testable import Transports

/// A TCP proxy on loopback that spoils connections below SSH: it cuts or stalls after a number of bytes from the server, or
/// hands them on in small pieces with pauses.
final class FaultyProxy: Sendable {
    struct Plan: Sendable {
        enum End: Sendable {
            case never
            /// Closes both sides.
            case cut
            /// Keeps both sides open and passes nothing more.
            case stall
        }

        /// How many bytes of the server pass before the end.
        var bytes = Int.max
        var end = End.never
        /// The most that is handed on at one time.
        var pieceBytes = 65_536
        /// Between two pieces from the server, in milliseconds.
        var pauseMilliseconds: Int64 = 0
        /// The connection, by number, from which on the plan holds; those before are passed on as they are.
        var fromConnection = 1
        /// Another server for the connections from a number on, as when a host is installed anew behind its address.
        var laterTarget: (fromConnection: Int, port: Int)?
    }

    let port: Int
    private let state: State

    init(to target: Int, _ plan: Plan) throws {
        let (listener, port) = try Self.listen()
        self.port = port
        state = State(listener: listener, target: target, plan: plan)
        state.start()
    }

    func stop() { state.stop() }

    /// How many bytes of the server have passed, on all connections.
    var passed: Int { state.lock.held { state.passed } }

    private static func listen() throws -> (Int32, Int) {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) == 0 && getsockname(number, $0, &length) == 0 && Glibc.listen(number, 64) == 0
            }
        }
        guard listening else { throw FixtureProblem(description: "no listener on loopback") }
        return (number, Int(UInt16(bigEndian: address.sin_port)))
    }

    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private struct Pair {
        let number: Int
        let client: Int32
        let server: Int32
        var passed = 0
        var notBefore: Int64 = 0
        var isStalled = false
    }

    /// `@unchecked Sendable`: all but `passed`, which is under the lock, belongs to the one thread that `start` makes.
    private final class State: @unchecked Sendable {
        let lock = SSHLock()
        var passed = 0
        private let listener: Int32
        private let target: Int
        private let plan: Plan
        private var bell: [Int32] = [0, 0]
        private var pairs: [Pair] = []
        private var accepted = 0
        private var thread = pthread_t()

        init(listener: Int32, target: Int, plan: Plan) {
            self.listener = listener
            self.target = target
            self.plan = plan
            pipe(&bell)
        }

        func start() {
            pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<State>.fromOpaque(argument).takeRetainedValue().serve()
                    return nil
                }, Unmanaged.passRetained(self).toOpaque())
        }

        func stop() {
            close(bell[1])
            pthread_join(thread, nil)
        }

        private func serve() {
            while true {
                var wanted = [pollfd(fd: bell[0], events: 1, revents: 0), pollfd(fd: listener, events: 1, revents: 0)]
                let now = milliseconds()
                for pair in pairs where !pair.isStalled {
                    wanted.append(pollfd(fd: pair.client, events: 1, revents: 0))
                    wanted.append(pollfd(fd: pair.notBefore <= now ? pair.server : -1, events: 1, revents: 0))
                }
                let isPaced = pairs.contains { $0.notBefore > now }
                poll(&wanted, nfds_t(wanted.count), isPaced ? 1 : -1)
                if wanted[0].revents != 0 { break }
                if wanted[1].revents != 0 { accept() }
                let ready = Set(wanted.dropFirst(2).filter { $0.revents != 0 }.map(\.fd))
                pairs = pairs.compactMap { move($0, ready) }
            }
            for pair in pairs { hangUp(pair) }
            close(listener)
            close(bell[0])
        }

        private func accept() {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var port = target
            if let later = plan.laterTarget, accepted + 1 >= later.fromConnection { port = later.port }
            var address = FaultyProxy.loopback(port: port)
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            accepted += 1
            var one: Int32 = 1
            setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
            pairs.append(Pair(number: accepted, client: client, server: server))
        }

        private func move(_ pair: Pair, _ ready: Set<Int32>) -> Pair? {
            var pair = pair
            let isSpoilt = pair.number >= plan.fromConnection
            var buffer = [UInt8](repeating: 0, count: 65_536)
            if ready.contains(pair.client) {
                let count = read(pair.client, &buffer, buffer.count)
                guard count > 0, write(pair.server, buffer, count) == count else {
                    hangUp(pair)
                    return nil
                }
            }
            if ready.contains(pair.server) {
                let room = isSpoilt ? min(plan.pieceBytes, plan.bytes - pair.passed) : buffer.count
                if room > 0 {
                    let count = read(pair.server, &buffer, min(room, buffer.count))
                    guard count > 0, write(pair.client, buffer, count) == count else {
                        hangUp(pair)
                        return nil
                    }
                    pair.passed += count
                    lock.held { passed += count }
                    if isSpoilt, plan.pauseMilliseconds > 0 { pair.notBefore = milliseconds() + plan.pauseMilliseconds }
                }
                if isSpoilt, pair.passed >= plan.bytes {
                    switch plan.end {
                    case .never: break
                    case .stall: pair.isStalled = true
                    case .cut:
                        hangUp(pair)
                        return nil
                    }
                }
            }
            return pair
        }

        private func hangUp(_ pair: Pair) {
            close(pair.client)
            close(pair.server)
        }

        private func milliseconds() -> Int64 {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
        }
    }
}
