internal import Foundation

/// The true client, where this machine has one that is new enough.
package struct Kubectl: Sendable {
    package struct Outcome: Sendable, CustomStringConvertible {
        package let status: Int32
        package let output: String
        package let errors: String
        package var description: String { "exit \(status)\nstdout: \(output)\nstderr: \(errors)" }
    }

    /// The path of a `kubectl` of 1.31 or newer; nil when there is none.
    package static let path: String? = find()

    package let kubeconfig: String

    package init(kubeconfig: String) {
        self.kubeconfig = kubeconfig
    }

    /// Runs kubectl with these arguments.
    ///
    /// - Parameter seconds: after so long it is ended and the outcome says 124.
    package func callAsFunction(_ arguments: String..., stdin: String = "", seconds: Int = 30) async throws -> Outcome {
        try await call(arguments, stdin: stdin, seconds: seconds)
    }

    package func call(_ arguments: [String], stdin: String = "", seconds: Int = 30) async throws -> Outcome {
        guard let path = Self.path else { throw TrueServerProblem(description: "there is no kubectl of 1.31 or newer") }
        return try await Self.run(path, ["--kubeconfig", kubeconfig] + arguments, stdin: stdin, seconds: seconds)
    }

    /// Whether the server is of Kubernetes 1.`minor` or newer.
    package func isServer(atLeast minor: Int) async throws -> Bool {
        struct Version: Decodable { let minor: String }
        let told = try await self("get", "--raw", "/version").output
        let number = try JSONDecoder().decode(Version.self, from: Data(told.utf8)).minor.prefix { $0.isNumber }
        return (Int(number) ?? 0) >= minor
    }

    private static func find() -> String? {
        for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":") {
            let path = String(folder) + "/kubectl"
            guard FileManager.default.isExecutableFile(atPath: path) else { continue }
            let process = Process()
            process.executableURL = URL(filePath: path)
            process.arguments = ["version", "--client", "-o", "json"]
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { continue }
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            let minor = text.split(separator: "\"minor\": \"").dropFirst().first?.prefix { $0.isNumber }
            if let minor, let number = Int(minor), number >= 31 { return path }
        }
        return nil
    }

    package static func run(_ path: String, _ arguments: [String], stdin: String, seconds: Int) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-kubectl-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, not pipes: a full pipe nobody reads would stop the program.
        for (name, text) in [("in", stdin), ("out", ""), ("err", "")] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = [String(seconds), path] + arguments
        var environment = ProcessInfo.processInfo.environment
        environment["HOME"] = folder.path()
        environment["KUBECTL_EXTERNAL_DIFF"] = "diff -u -N"
        process.environment = environment
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Outcome(
            status: status,
            output: String(decoding: try Data(contentsOf: folder.appending(path: "out")), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: folder.appending(path: "err")), as: UTF8.self))
    }
}
