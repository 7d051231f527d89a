internal import Subprocess
internal import SystemPackage

/// Runs programs of this machine: `ssh -G`, credential plugins, the system's `ssh` as second transport.
package enum LocalProcess {
    /// How a program ended.
    package enum Ending: Sendable, Hashable {
        case exited(Int)
        case signalled(Int)
    }

    package struct Output: Sendable, Hashable {
        package let stdout: [UInt8]
        package let stderr: [UInt8]
        package let ending: Ending

        /// Standard error as text, without the last line end; bytes that are no UTF-8 are replaced.
        package var errorText: String {
            var text = String(decoding: stderr, as: UTF8.self)
            while text.last?.isNewline == true { text.removeLast() }
            return text
        }
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - program: a name to be found on `PATH`, or a path when it has a `/`.
    ///   - environment: added to, or with `nil` taken from, what this process has.
    ///   - input: given on standard input, which is then closed.
    ///   - usesTerminal: lets the program ask the user: its standard input and error are this process's own. `input` is
    ///     not used then, and `Output.stderr` is empty.
    ///   - outputLimitBytes: for each stream; more ends the program and is `ProcessFailure.outputTooLong`.
    /// - Throws: `ProcessFailure`; an exit status other than 0 is an answer, not a failure. When the deadline passes, or the
    ///   task is cancelled, the program is told to end (SIGTERM) and killed a second later.
    package static func run(
        _ program: String, _ arguments: [String], environment: [String: String?] = [:], input: [UInt8] = [],
        usesTerminal: Bool = false, deadline: Duration, outputLimitBytes: Int = 16 << 20
    ) async throws(ProcessFailure) -> Output {
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(1))]
        let configuration = Configuration(
            executable: program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(rawValue: $0.key)!, $0.value) })),
            platformOptions: options)
        do {
            return try await within(deadline, program) {
                if usesTerminal {
                    let result = try await Subprocess.run(
                        configuration, input: .fileDescriptor(.standardInput, closeAfterSpawningProcess: false),
                        output: .bytes(limit: outputLimitBytes),
                        error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
                    return Output(stdout: result.standardOutput, stderr: [], ending: ending(result.terminationStatus))
                }
                let result = try await Subprocess.run(
                    configuration, input: .array(input), output: .bytes(limit: outputLimitBytes),
                    error: .bytes(limit: outputLimitBytes))
                return Output(
                    stdout: result.standardOutput, stderr: result.standardError, ending: ending(result.terminationStatus))
            }
        } catch let failure as ProcessFailure {
            throw failure
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            throw ProcessFailure(program: program, cause: .outputTooLong(limitBytes: outputLimitBytes))
        } catch is CancellationError {
            throw ProcessFailure(program: program, cause: .cancelled)
        } catch {
            throw ProcessFailure(program: program, cause: .notStarted("\(error)"))
        }
    }

    private static func ending(_ status: TerminationStatus) -> Ending {
        switch status {
        case .exited(let code): .exited(Int(code))
        case .signaled(let number): .signalled(Int(number))
        }
    }

    /// Two children: the program and its deadline. The first to end stops the other.
    private static func within(
        _ deadline: Duration, _ program: String, _ body: @escaping @Sendable () async throws -> Output
    ) async throws -> Output {
        try await withThrowingTaskGroup(of: Output?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await ContinuousClock().sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            let first = try await group.next() ?? nil
            try Task.checkCancellation()
            guard let first else { throw ProcessFailure(program: program, cause: .deadline(after: deadline)) }
            return first
        }
    }
}
