internal import Foundation

/// A program that writes into a file of its own in a folder.
struct TrueProcess: Sendable {
    private let process: Process
    private let log: URL

    init(_ program: String, _ arguments: [String], in folder: URL) throws {
        process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        log = folder.appending(path: URL(filePath: program).lastPathComponent + ".log")
        try Data().write(to: log)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// Its name and the end of what it wrote.
    var lastWords: String {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return "\(log.lastPathComponent): …\(text.suffix(1500))"
    }

    /// Asks it to end, and ends it after ten seconds.
    func end() async {
        guard process.isRunning else { return }
        process.terminate()
        let killer = Task {
            try await Task.sleep(for: .seconds(10))
            kill(process.processIdentifier, SIGKILL)
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                process.waitUntilExit()
                continuation.resume()
            }
        }
        killer.cancel()
    }
}
