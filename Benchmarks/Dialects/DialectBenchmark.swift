internal import Dialects
internal import Foundation
internal import Glibc

/// Reads one file with one dialect and prints what that took as one line of JSON. Started by `benchmark.py`, which makes the files
/// and the other readers.
///
///     plumbline-dialect-benchmark PLATFORM/TABLE FILE
@main
struct DialectBenchmark {
    static func main() throws {
        let words = CommandLine.arguments
        guard words.count == 3, let entry = DialectCatalogue.entry(named: words[1]) else {
            FileHandle.standardError.write(Data("usage: PLATFORM/TABLE FILE\n".utf8))
            exit(64)
        }
        let text = String(decoding: try Data(contentsOf: URL(filePath: words[2])), as: UTF8.self)
        let before = peakBytes
        let start = seconds
        let table = try entry.parse(text)
        let took = seconds - start
        print(
            """
            {"rows": \(table.rows.count), "unread": \(table.unread.count), "cpu": \(took), "bytes": \(peakBytes - before), \
            "form": "\(table.form)"}
            """)
    }

    /// Seconds of CPU of this process.
    private static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory that this program has held so far. `getrusage` would count what its parent held when it forked.
    private static var peakBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) * 1024
    }
}
