internal import Foundation
internal import Glibc
internal import Transports

/// Asks many hosts over SSH as a run does, and prints what that took as one line of JSON. Started by `benchmark.py`, which makes
/// the server, the ssh configuration and the other clients.
///
///     plumbline-ssh-benchmark ask  CONFIG COUNT COMMAND...
///     plumbline-ssh-benchmark leak CONFIG COUNT ROUNDS
///
/// The hosts are `h0` to `h<COUNT-1>` of the configuration.
@main
struct SSHBenchmark {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count >= 5, let count = Int(words[3]) else {
            FileHandle.standardError.write(Data("usage: ask|leak CONFIG COUNT COMMAND...|ROUNDS\n".utf8))
            exit(64)
        }
        let bench = SSHBenchmark(config: words[2], hosts: (0..<count).map { "h\($0)" })
        switch words[1] {
        case "leak": await bench.leak(rounds: Int(words[4]) ?? 10)
        default: await bench.ask(Array(words[4...]))
        }
    }

    let config: String
    let hosts: [String]

    private func ask(_ commands: [String]) async {
        let connections = SSHConnections(settings: SSHSettings(configPath: config, connectDeadline: .seconds(120)))
        let start = Meter()
        let resolved = await each { host in (try? await connections.endpoint(of: host)) != nil }
        let found = Meter()
        let answered = await each { host in
            for command in commands {
                do throws(SSHFailure) {
                    let output = try await connections.run(command, on: host, deadline: .seconds(120))
                    guard output.exit == .code(0), !output.stdout.isEmpty else { return false }
                } catch {
                    FileHandle.standardError.write(Data("\(error)\n".utf8))
                    return false
                }
            }
            return true
        }
        let open = Meter()
        await connections.closeAll()
        let closed = Meter()
        print(
            """
            {"resolved": \(resolved), "resolveWall": \(found.wall - start.wall), "resolveCPU": \(found.cpu - start.cpu), \
            "answered": \(answered), "wall": \(closed.wall - found.wall), "cpu": \(closed.cpu - found.cpu), \
            "rssBefore": \(found.residentBytes), "rssOpen": \(open.residentBytes)}
            """)
    }

    /// Opens and closes all connections again and again.
    private func leak(rounds: Int) async {
        for round in 1...rounds {
            let connections = SSHConnections(settings: SSHSettings(configPath: config, connectDeadline: .seconds(120)))
            let answered = await each { host in
                (try? await connections.run("echo", on: host, deadline: .seconds(120)))?.exit == .code(0)
            }
            let open = Meter()
            await connections.closeAll()
            let closed = Meter()
            print(
                """
                {"round": \(round), "answered": \(answered), "rssOpen": \(open.residentBytes), \
                "rss": \(closed.residentBytes), "descriptors": \(closed.descriptors), "openDescriptors": \(open.descriptors)}
                """)
        }
    }

    /// - Returns: for how many hosts `body` held.
    private func each(_ body: @escaping @Sendable (String) async -> Bool) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for host in hosts { group.addTask { await body(host) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}

/// What this process has used up to a moment.
struct Meter {
    /// Seconds of a steady clock.
    let wall: Double
    /// Seconds of CPU, with those of programs that were started and have ended (`ssh -G`).
    let cpu: Double
    let residentBytes: Int
    let descriptors: Int

    init() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        wall = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        cpu = [RUSAGE_SELF, RUSAGE_CHILDREN].map { who in
            var usage = rusage()
            getrusage(__rusage_who_t(who.rawValue), &usage)
            return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        }.reduce(0, +)
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        residentBytes = (pages.flatMap { Int($0[1]) } ?? 0) * sysconf(Int32(_SC_PAGESIZE))
        descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? -1
    }
}
