internal import Glibc

/// A connection kept by a control master of the system's `ssh`, for hosts that libssh2 cannot speak to.
///
/// Each command is a short-lived `ssh` that speaks to the control master. If this process is killed, the master ends by itself a
/// minute after the last command.
actor SSHSystemSession: SSHCarrier {
    nonisolated let depth = 0
    private let endpoint: SSHEndpoint
    private let target: SSHTarget
    private let settings: SSHSettings
    /// What leads to the host where it is behind jump hosts; `nil` where the configuration says all.
    private let proxyCommand: String?
    /// Why it was chosen, said with every answer.
    private let reason: String
    private let folder: String
    private let parallel = SSHTurnstile(width: 4)
    private let serial = SSHTurnstile(width: 1)
    private(set) var isUsable = false

    private var controlPath: String { folder + "/control" }

    /// - Throws: when no private folder can be made for the control socket.
    init(endpoint: SSHEndpoint, target: SSHTarget, proxyCommand: String?, settings: SSHSettings, reason: String)
        throws(SSHFailure)
    {
        self.reason = reason
        self.proxyCommand = proxyCommand
        self.endpoint = endpoint
        self.target = target
        self.settings = settings
        guard let folder = SSHFile.makeFolder() else {
            throw SSHFailure(
                host: endpoint.alias, cause: .systemSSH(said: "no folder could be made in /tmp for its control socket"))
        }
        self.folder = folder
    }

    deinit {
        unlink(folder + "/control")
        rmdir(folder)
    }

    // MARK: Opening and closing

    func open() async throws(SSHFailure) {
        let limit = endpoint.connectTimeout ?? settings.connectDeadline
        let seconds = max(1, Int((limit / .seconds(1)).rounded(.up)))
        let output: LocalProcess.Output
        do throws(ProcessFailure) {
            // In the background once logged in, so that its end is the news that the login is over.
            output = try await LocalProcess.run(
                "ssh",
                arguments + [
                    "-o", "ControlMaster=yes", "-o", "ControlPersist=60", "-o", "ConnectTimeout=\(seconds)", "-f", "-N", "--",
                    target.name,
                ], environment: Self.environment, deadline: limit + .seconds(1))
        } catch {
            throw failure(error.cause == .cancelled ? .cancelled : .timedOut(.connecting, after: limit))
        }
        guard output.ending == .exited(0) else {
            throw failure(SSHComplaint(output.errorText).cause(user: endpoint.user))
        }
        isUsable = true
    }

    func close() async {
        guard isUsable else { return }
        isUsable = false
        do throws(ProcessFailure) {
            _ = try await LocalProcess.run(
                "ssh", arguments + ["-O", "exit", "--", target.name], environment: Self.environment, deadline: .seconds(2))
        } catch {
            // The master does not answer; it ends by itself for want of commands.
        }
        unlink(controlPath)
    }

    // MARK: Commands

    func run(
        _ command: String, serial isSerial: Bool, deadline: Duration, watchingForPrompt: Bool
    ) async throws(SSHFailure) -> CommandOutput {
        let door = isSerial ? serial : parallel
        if !door.enterAtOnce() { await withCheckedContinuation { door.wait($0) } }
        defer { door.leave() }
        guard isUsable else { throw failure(.closed) }
        let output: LocalProcess.Output
        do throws(ProcessFailure) {
            // With a ProxyCommand that goes nowhere: without its master, ssh would quietly log in again.
            output = try await LocalProcess.run(
                "ssh",
                ["-o", "ProxyCommand=exit 1"] + arguments
                    + ["-o", "ControlMaster=no", "-T", "-n", "--", target.name, command],
                environment: Self.environment, deadline: deadline, outputLimitBytes: settings.outputLimitBytes)
        } catch {
            if isSerial { await close() }
            throw failure(cause(of: error, command, deadline))
        }
        return try await read(output)
    }

    /// Not over this transport: a shell needs a terminal, and prompts to be read as they come.
    func runInShell(_ command: String, preparation: [String], deadline: Duration) async throws(SSHFailure) -> CommandOutput {
        throw failure(.systemSSH(said: "a device's shell is only used over libssh2"))
    }

    private func read(_ output: LocalProcess.Output) async throws(SSHFailure) -> CommandOutput {
        var answer = CommandOutput(
            stdout: output.stdout, stderr: output.stderr, exit: .unstated, transport: .systemSSH, transportReason: reason)
        switch output.ending {
        case .exited(255):
            // The command's own 255, a signal, or ssh's own trouble: its words tell, or the control master's absence.
            if SSHComplaint(output.errorText).isSessionRefused { throw failure(.channelRefused("MaxSessions")) }
            guard await masterIsThere() else {
                isUsable = false
                throw failure(
                    .dropped(.readingAnswer, bytesSoFar: output.stdout.count, reason: "the control connection of ssh has ended"))
            }
        case .exited(let code): answer.exit = .code(code)
        case .signalled(let number):
            throw failure(.dropped(.readingAnswer, bytesSoFar: output.stdout.count, reason: "ssh here ended by signal \(number)"))
        }
        return answer
    }

    private func masterIsThere() async -> Bool {
        do throws(ProcessFailure) {
            return try await LocalProcess.run(
                "ssh", arguments + ["-O", "check", "--", target.name], environment: Self.environment, deadline: .seconds(2)
            ).ending == .exited(0)
        } catch {
            return false
        }
    }

    private func cause(of error: ProcessFailure, _ command: String, _ deadline: Duration) -> SSHFailure.Cause {
        switch error.cause {
        case .cancelled: .cancelled
        case .deadline: .commandDeadline(command: command, after: deadline, bytesSoFar: 0)
        case .outputTooLong(let limit): .outputTooLong(command: command, limitBytes: limit)
        case .notStarted(let reason): .systemSSH(said: reason)
        }
    }

    private func failure(_ cause: SSHFailure.Cause) -> SSHFailure {
        SSHFailure(host: endpoint.alias, address: "\(endpoint.hostName):\(endpoint.port)", cause: cause)
    }

    // MARK: What is said to ssh

    /// In words that `SSHComplaint` reads.
    private static let environment: [String: String?] = ["LC_ALL": "C"]

    private var arguments: [String] {
        var arguments = SSHSystemOptions.arguments(settings, target.options) + ["-o", "ControlPath=\(controlPath)"]
        if let proxyCommand { arguments += ["-o", "ProxyCommand=\(proxyCommand)"] }
        return arguments
    }
}
