extension SSHConnections {
    /// Runs a command on the kind of channel that its host takes.
    func run(_ errand: Errand) async throws(SSHFailure) -> CommandOutput {
        switch (errand.channel, channelFindings[errand.target]) {
        case (.exec, _): return try await run(errand, inShell: nil)
        case (.shell(let preparation), _):
            return try await run(errand, inShell: .init(preparation, because: "its platform has no exec channel"))
        case (.execElseShell(let preparation), .shell(let reason)?):
            return try await run(errand, inShell: .init(preparation, because: reason))
        case (.execElseShell(let preparation), let finding):
            return try await findOut(errand, preparation, isKnown: finding == .exec)
        }
    }

    private static let hungUp = "it hung up after a command on an exec channel"

    /// Tries an exec channel, and where the device turns out not to take commands there, a shell.
    ///
    /// - Parameter isKnown: an exec channel has brought an answer before, so that an empty one is believed.
    private func findOut(_ errand: Errand, _ preparation: [String], isKnown: Bool) async throws(SSHFailure) -> CommandOutput {
        let output: CommandOutput
        do throws(SSHFailure) {
            output = try await run(errand, inShell: nil)
        } catch {
            guard let reason = error.meansNoExec else { throw error }
            do throws(SSHFailure) {
                return try await run(errand, findingOut: reason, preparation)
            } catch let second {
                // With a shell out of the question too, what went wrong first is what went wrong.
                throw isKnown && second.meansNoShell ? error : second
            }
        }
        // A shell may have been found out on the way.
        if case .shell? = channelFindings[errand.target] { return output }
        if !isKnown, output.isNoAnswer {
            do throws(SSHFailure) {
                return try await run(errand, findingOut: "it gives no answer on an exec channel", preparation)
            } catch {
                guard error.meansNoShell else { throw error }
                // What came first stands.
                channelFindings[errand.target] = .exec
                return output
            }
        }
        // Where the device hangs up after an answer, the next one would cost a login: a shell keeps the one there is.
        channelFindings[errand.target] =
            await isOpen(errand.target) ? .exec : .shell(because: Self.hungUp)
        return output
    }

    private func run(_ errand: Errand, findingOut reason: String, _ preparation: [String]) async throws(SSHFailure)
        -> CommandOutput
    {
        let output = try await run(errand, inShell: .init(preparation, because: reason))
        channelFindings[errand.target] = .shell(because: reason)
        return output
    }

    private struct Shell {
        let preparation: [String]
        let reason: String

        init(_ preparation: [String], because reason: String) {
            self.preparation = preparation
            self.reason = reason
        }
    }

    private func run(_ errand: Errand, inShell shell: Shell?) async throws(SSHFailure) -> CommandOutput {
        let session = try await session(for: errand.target, fallbackAddress: errand.fallbackAddress)
        // The one that brought the last answer is gone: maybe it hangs up after each command, later than its answer came.
        if shell == nil, case .execElseShell(let preparation) = errand.channel,
            let last = execCarriers.removeValue(forKey: errand.target), last !== session
        {
            do throws(SSHFailure) {
                return try await run(errand, findingOut: Self.hungUp, preparation)
            } catch {
                guard error.meansNoShell else { throw error }
                return try await run(errand, inShell: nil)
            }
        }
        do throws(SSHFailure) {
            return try await run(errand, on: session, inShell: shell)
        } catch {
            // The connection had ended while nobody used it, and nothing of the command was sent: as good as not yet connected.
            guard case .dropped(.openingChannel, _, _) = error.cause else { throw error }
            await session.close()
            let again = try await self.session(for: errand.target, fallbackAddress: errand.fallbackAddress)
            // Maybe it hangs up after each command; one shell costs no further login.
            if shell == nil, case .execElseShell(let preparation) = errand.channel {
                channelFindings[errand.target] = .shell(because: Self.hungUp)
                return try await run(errand, on: again, inShell: .init(preparation, because: Self.hungUp))
            }
            return try await run(errand, on: again, inShell: shell)
        }
    }

    private func run(_ errand: Errand, on session: any SSHCarrier, inShell shell: Shell?) async throws(SSHFailure)
        -> CommandOutput
    {
        guard let shell else {
            let mayAnswerOtherwise = errand.channel != .exec && channelFindings[errand.target] == nil
            let output = try await session.run(
                errand.command, serial: errand.isSerial, deadline: errand.deadline, watchingForPrompt: mayAnswerOtherwise)
            if errand.channel != .exec { execCarriers[errand.target] = session }
            return output
        }
        var output = try await session.runInShell(errand.command, preparation: shell.preparation, deadline: errand.deadline)
        output.transportReason = shell.reason
        return output
    }
}

/// How a device that may have no exec channel takes its commands.
enum SSHChannelFinding: Hashable, Sendable {
    case exec
    case shell(because: String)
}

extension CommandOutput {
    /// Neither a byte nor success: what comes where a program that wants a terminal stands behind the exec channel. IOS says so in
    /// words where its exec authorisation does not let the command through.
    fileprivate var isNoAnswer: Bool {
        if stdout.isEmpty, stderr.isEmpty { return exit != .code(0) }
        return String(decoding: stdout.prefix(200), as: UTF8.self).contains("Line has invalid autocommand")
    }
}

extension SSHFailure {
    /// No prompt was ever seen, so that there is no command line behind the shell.
    fileprivate var meansNoShell: Bool {
        switch cause {
        case .noPrompt, .commandRefused, .channelRefused, .dropped: true
        default: false
        }
    }

    /// What a device does that takes a login but no exec request; `nil` for every other failure.
    fileprivate var meansNoExec: String? {
        switch cause {
        case .commandRefused: "it refuses exec requests"
        case .dropped(.startingCommand, _, _): "it hangs up on an exec request"
        case .dropped(.readingAnswer, let bytes, _) where bytes == 0: "it hangs up on an exec request"
        // Some hang up behind an answer without a word that it has ended, so that it may be half of it.
        case .dropped(.readingAnswer, _, _): "it hangs up in its answer on an exec channel"
        case .promptInstead: "it answers an exec request with its prompt"
        default: nil
        }
    }
}
