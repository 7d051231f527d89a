extension SSHSession {
    /// Runs one command in this session's shell, opening it first where it is not open.
    ///
    /// - Parameters:
    ///   - preparation: commands that are sent once, before the first.
    ///   - deadline: for the command, once the shell waits for it.
    func runInShell(_ command: String, preparation: [String], deadline: Duration) async throws(SSHFailure) -> CommandOutput {
        let place = try await standInLine(serial: true)
        defer {
            leaveLine(place)
            watchIdle()
        }
        if shell == nil { try await openShell(preparation) }
        do throws(SSHFailure) {
            return try await operate(
                within: deadline,
                timedOut: { _ in .commandDeadline(command: command, after: deadline, bytesSoFar: self.shell?.raw.count ?? 0) }
            ) { operation throws(SSHFailure) in
                let answer = try await type(operation, command)
                return CommandOutput(stdout: answer, stderr: [], exit: .unstated, transport: .shell)
            }
        } catch {
            // What still runs there would answer into the next command.
            hangUp(error.cause)
            throw error
        }
    }

    // MARK: Opening

    private func openShell(_ preparation: [String]) async throws(SSHFailure) {
        let limit = settings.shellDeadline
        do throws(SSHFailure) {
            try await operate(within: limit, timedOut: { _ in .noPrompt(seen: self.standingLine, after: limit) }) {
                operation throws(SSHFailure) in
                let channel = try await startAlone(operation) { () throws(SSHFailure) in
                    let channel = try await expect(operation, .openingChannel) { $0.openChannel() }
                    _ = try await expect(operation, .startingCommand) { $0.requestTerminal(channel) }
                    _ = try await expect(operation, .startingCommand) { $0.startShell(channel) }
                    return channel
                }
                shell = SSHShell(channel: channel)
                try await learnPrompt(operation)
                for command in preparation { shell?.note(try await type(operation, command), to: command) }
            }
        } catch {
            hangUp(error.cause)
            throw error
        }
    }

    private var standingLine: String { String(decoding: shell?.standingLine ?? [], as: UTF8.self) }

    /// Takes for the prompt what stands there twice: after the greeting, and after an empty line typed in answer to it. No second
    /// empty line is typed before the first has been answered, or every later answer would come one too late.
    private func learnPrompt(_ operation: SSHOperation) async throws(SSHFailure) {
        guard let shell else { throw failure(.closed) }
        try await listen(operation, shell, gap: Self.greetingGap) { !shell.standingLine.isEmpty }
        while true {
            let candidate = shell.standingLine
            shell.forget()
            try await send(operation, shell, "\r")
            try await listen(operation, shell, gap: Self.greetingGap) { shell.raw.contains(0x0a) && !shell.standingLine.isEmpty }
            if shell.standingLine == candidate {
                shell.prompt = candidate
                return
            }
        }
    }

    // MARK: One command

    /// Types a command and waits for its answer, which ends at the prompt and a silent gap.
    private func type(_ operation: SSHOperation, _ command: String) async throws(SSHFailure) -> [UInt8] {
        guard let shell else { throw failure(.closed) }
        shell.forget()
        try await send(operation, shell, command + "\r")
        // Until it is known that the shell writes back what is typed, only a longer silence tells a prompt that came late from the
        // one behind the answer.
        let gap = shell.echoes == true ? Self.answerGap : Self.greetingGap
        try await listen(operation, shell, gap: gap) {
            let isPatient = shell.isQuiet(for: Self.patience)
            if isPatient, shell.isPromptOvertaken { return true }
            return shell.isAtPrompt && (shell.echoes != true || shell.answer(to: command).hasEcho || isPatient)
        }
        let answer = shell.answer(to: command)
        if shell.echoes == nil { shell.echoes = answer.hasEcho }
        return answer.text
    }

    private static let greetingGap = Duration.milliseconds(400)
    private static let answerGap = Duration.milliseconds(80)
    private static let patience = Duration.seconds(2)

    private func send(_ operation: SSHOperation, _ shell: SSHShell, _ text: String) async throws(SSHFailure) {
        var rest = Array(text.utf8)
        while !rest.isEmpty {
            let bytes = rest
            let count = try await expect(operation, .startingCommand) { $0.write(shell.channel, bytes) }
            rest.removeFirst(count)
        }
    }

    /// Reads until `isDone` holds and nothing has come for `gap`.
    private func listen(_ operation: SSHOperation, _ shell: SSHShell, gap: Duration, until isDone: () -> Bool)
        async throws(SSHFailure)
    {
        let buffer = loop.readBuffer
        while true {
            let bytes = try await readSome(operation, shell, buffer)
            if let bytes, bytes.isEmpty {
                throw failure(.dropped(.readingAnswer, bytesSoFar: shell.raw.count, reason: "the device closed its shell"))
            }
            if let bytes {
                shell.take(bytes)
                if shell.raw.count > settings.outputLimitBytes {
                    throw failure(.outputTooLong(command: "the shell", limitBytes: settings.outputLimitBytes))
                }
                continue
            }
            let isQuiet = shell.isQuiet(for: gap)
            if isQuiet, isDone() { return }
            if isQuiet, shell.isAtPager { throw failure(.pager(standingLine, refused: shell.refusal)) }
            if let library { arm(library) }
            try await park(operation, noLongerThan: isQuiet ? .now + Self.greetingGap : shell.lastByte + gap)
        }
    }

    /// What is there now: `nil` for nothing, empty for the end.
    private func readSome(
        _ operation: SSHOperation, _ shell: SSHShell, _ buffer: UnsafeMutableRawBufferPointer
    ) async throws(SSHFailure) -> [UInt8]? {
        try await expect(operation, .readingAnswer) { library in
            switch library.read(shell.channel, buffer: buffer) {
            case .done(let bytes): .done(bytes)
            case .refused(let code, let text): .refused(code: code, text: text)
            // A half-sent packet must be finished; else nothing is there, and whoever waits is woken by the socket.
            case .again: library.isSending || library.endIsPending ? .again : .done(nil)
            }
        }
    }
}
