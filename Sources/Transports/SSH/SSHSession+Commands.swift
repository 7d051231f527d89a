extension SSHSession {
    /// Runs one command on a channel of its own.
    ///
    /// - Parameters:
    ///   - serial: one command at a time on this connection, in the order they came.
    ///   - deadline: from the command's turn to its end.
    func run(
        _ command: String, serial: Bool, deadline: Duration, watchingForPrompt: Bool = false
    ) async throws(SSHFailure) -> CommandOutput {
        var refusals = 0
        while true {
            let place = try await standInLine(serial: serial)
            defer {
                leaveLine(place)
                watchIdle()
            }
            do throws(SSHFailure) {
                return try await runInTurn(command, serial: serial, deadline: deadline, watchingForPrompt)
            } catch {
                guard case .channelRefused = error.cause else { throw error }
                // MaxSessions: the server lets so many be open at once. A place that was just left is free for it only a round
                // trip later, so a refusal with none open is believed at the third time.
                if openChannels == 0 { refusals += 1 }
                if refusals == 3 { throw error }
                channelLimit = max(1, openChannels)
            }
        }
    }

    private func runInTurn(
        _ command: String, serial: Bool, deadline: Duration, _ watchingForPrompt: Bool
    ) async throws(SSHFailure) -> CommandOutput {
        try await operate(
            within: deadline,
            timedOut: { .commandDeadline(command: command, after: deadline, bytesSoFar: $0.transcript.byteCount) }
        ) { operation throws(SSHFailure) in
            let channel = try await startCommand(operation, command)
            defer { openChannels -= 1 }
            if watchingForPrompt { watchForPrompt(operation.id, lastCount: 0) }
            do throws(SSHFailure) {
                if !serial { _ = try await expect(operation, .startingCommand) { $0.sendEnd(channel) } }
                try await readAll(operation, channel, command)
                let exit = try await finish(operation, channel)
                return CommandOutput(stdout: operation.transcript.stdout, stderr: operation.transcript.stderr, exit: exit)
            } catch {
                giveUp(channel, serial: serial)
                throw error.counting(bytes: operation.transcript.byteCount)
            }
        }
    }

    /// Looks every second whether nothing more comes behind what looks like a prompt: some devices open their command line whatever
    /// an exec request says, and would wait there for ever.
    private func watchForPrompt(_ id: UInt64, lastCount: Int) {
        _ = loop.schedule(at: .now + .seconds(1)) { [weak self] in
            self?.assumeIsolated { session in
                guard let operation = session.operations[id] else { return }
                let transcript = operation.transcript
                if transcript.byteCount > 0, transcript.byteCount == lastCount, transcript.standingPrompt != nil {
                    operation.interrupt(.prompt)
                } else {
                    session.watchForPrompt(id, lastCount: transcript.byteCount)
                }
            }
        }
    }

    /// Opens a channel and starts the command on it, which the library can do for one caller at a time.
    private func startCommand(_ operation: SSHOperation, _ command: String) async throws(SSHFailure) -> OpaquePointer {
        try await startAlone(operation) { () throws(SSHFailure) in
            do throws(SSHFailure) {
                let channel = try await expect(operation, .openingChannel) { $0.openChannel() }
                openChannels += 1
                do throws(SSHFailure) {
                    _ = try await expect(operation, .startingCommand) { $0.start(channel, command: command) }
                } catch {
                    openChannels -= 1
                    attempt { $0.free(channel: channel) }
                    if case .channelRefused = error.cause { throw failure(.commandRefused(command: command)) }
                    throw error
                }
                return channel
            } catch {
                // The library keeps a half-done opening in the session: no other channel can be opened on it.
                if operation.interruption != nil {
                    hangUp(.dropped(.waitingForTurn, bytesSoFar: 0, reason: "a channel for another command did not open in time"))
                }
                throw error
            }
        }
    }

    private func readAll(_ operation: SSHOperation, _ channel: OpaquePointer, _ command: String) async throws(SSHFailure) {
        let limit = settings.outputLimitBytes
        let buffer = loop.readBuffer
        while library?.isAtEnd(channel) == false {
            _ = try await expect(operation, .readingAnswer) {
                $0.readBoth(channel, into: operation.transcript, buffer: buffer)
            }
            if operation.transcript.byteCount > limit { throw failure(.outputTooLong(command: command, limitBytes: limit)) }
        }
    }

    /// The answer is whole when its end has come. A device that closes the connection then, without a word about the exit status,
    /// has not failed.
    private func finish(_ operation: SSHOperation, _ channel: OpaquePointer) async throws(SSHFailure) -> CommandOutput.ExitState {
        do throws(SSHFailure) {
            _ = try await expect(operation, .awaitingExit) { $0.close(channel) }
            _ = try await expect(operation, .awaitingExit) { $0.awaitClose(channel) }
            let exit = library?.exit(of: channel) ?? .unstated
            _ = try await expect(operation, .awaitingExit) { $0.free(channel: channel) }
            return exit
        } catch {
            guard case .dropped = error.cause else { throw error }
            return .unstated
        }
    }

    /// Makes a call whose refusal means that the server wants no more channels, or that the connection is of no more use.
    func expect<Value>(
        _ operation: SSHOperation, _ activity: SSHFailure.Activity, _ call: (LibSSH2) -> LibSSH2.Step<Value>
    ) async throws(SSHFailure) -> Value {
        switch try await settle(operation, call) {
        case .done(let value): return value
        case .refused(let code, let text):
            if LibSSH2.isChannelRefusal(code) { throw failure(.channelRefused(text)) }
            throw failure(.dropped(activity, bytesSoFar: 0, reason: text))
        case .again: throw failure(.closed)
        }
    }

    /// Leaves a channel before its end. On a device that takes one command at a time the connection goes with it: what still
    /// runs there would answer into the next command.
    private func giveUp(_ channel: OpaquePointer, serial: Bool) {
        if serial {
            hangUp()
        } else {
            // What the library has of the channel goes with the session.
            attempt { $0.close(channel) }
        }
    }
}

extension SSHFailure {
    /// The same with the number of bytes that had come, where it says one.
    fileprivate func counting(bytes: Int) -> SSHFailure {
        guard case .dropped(let activity, _, let reason) = cause else { return self }
        return SSHFailure(host: host, address: address, cause: .dropped(activity, bytesSoFar: bytes, reason: reason))
    }
}
