internal import Foundation
internal import Subprocess
internal import SystemPackage

/// A command that runs against a site: with the site's environment, on the caller's own input and output, with signals
/// passed on to it.
package actor SiteCommand {
    private var process: pid_t?
    /// Signals that came before the command was there.
    private var pending: [Int32] = []

    package init() {}

    /// Runs the command to its end.
    ///
    /// - Parameters:
    ///   - arguments: program and arguments; the program is looked up in `PATH` unless it is a path.
    ///   - environment: added to this process's own.
    /// - Returns: its exit status; 128 + the number where a signal ended it; 127 where there is no such program, which is said.
    package func run(_ arguments: [String], environment: [String: String]) async throws -> Int32 {
        guard let program = arguments.first else { return 0 }
        var options = PlatformOptions()
        // On a terminal the keyboard's signals reach the whole foreground group, so the command stays in it. Elsewhere it
        // gets a group of its own, and signals reach it once, from us.
        if !Self.isOnTerminal { options.processGroupID = 0 }
        var overrides: [Environment.Key: String?] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { overrides[key] = value }
        }
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(arguments.dropFirst())),
                environment: .inherit.updating(overrides),
                platformOptions: options, input: .currentStandardInput, output: .currentStandardOutput,
                error: .currentStandardError
            ) { execution in
                began(execution.processIdentifier.value)
            }
            // What the command has left running in its group would go on talking to a site that is gone.
            if let process, !Self.isOnTerminal { kill(-process, SIGTERM) }
            process = nil
            switch result.terminationStatus {
            case .exited(let code): return code
            case .signaled(let signal): return 128 + signal
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            let path = environment["PATH"] ?? "unset"
            FileHandle.standardError.write(Data("plumbline-lab: \(program): no such command; PATH is \(path)\n".utf8))
            return 127
        }
    }

    private func began(_ identifier: pid_t) {
        process = identifier
        let early = pending
        pending = []
        early.forEach(send)
    }

    /// Sends a signal to the command and what it started, as soon as it runs, if the terminal has not sent it already.
    package func send(_ signal: Int32) {
        guard let process else {
            pending.append(signal)
            return
        }
        if Self.isOnTerminal {
            if signal != SIGINT { kill(process, signal) }
        } else {
            kill(-process, signal)
        }
    }

    private static var isOnTerminal: Bool { isatty(STDIN_FILENO) != 0 }
}
