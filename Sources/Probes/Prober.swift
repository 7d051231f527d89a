package import Facts
internal import Dialects

/// Asks one question and reads the answer.
package struct Prober<Way: Door>: Sendable {
    let door: Way
    let site: SiteMap

    package init(door: Way, site: SiteMap) {
        self.door = door
        self.site = site
    }

    /// - Returns: the answer, or why there is none. Never throws, since "could not look" is a result.
    package func answer<Request: FactRequest>(_ request: Request) async -> Result<Request.Answer, ProbeFailure> {
        if let question = request as? any CommandProbing {
            return await Self.typed(await commands(question), request)
        }
        if let question = request as? any ClusterProbing {
            return await Self.typed(await cluster(question), request)
        }
        return .failure(
            ProbeFailure(
                kind: .notAsked, source: request.source, sentence: "\(request.description): there is no probe for this question"))
    }

    /// Both sides are the answer type of one request; the compiler cannot see that through the existential.
    private static func typed<Request: FactRequest>(
        _ result: Result<any Sendable, ProbeFailure>, _ request: Request
    ) async -> Result<Request.Answer, ProbeFailure> {
        result.flatMap { answer in
            guard let answer = answer as? Request.Answer else {
                return .failure(
                    ProbeFailure(
                        kind: .notUnderstood, source: request.source,
                        sentence: "\(request.description): the probe gave another kind of answer than the question has"))
            }
            return .success(answer)
        }
    }

    /// Tries the forms in order, and where the pod's image cannot do it, once more in a container of the run's own.
    private func commands<Question: CommandProbing>(_ question: Question) async -> Result<any Sendable, ProbeFailure> {
        let own = await tryForms(of: question, in: question.containerName)
        guard case .failure(let trials) = own, question.isOfWholePod, trials.mayGoElsewhere, case .pod(let pod) = question.source
        else {
            return own.mapError { $0.failure(of: question) }
        }
        let failure = trials.failure(of: question)
        do throws(ProbeFailure) {
            guard let helper = try await door.helper(in: pod) else { return .failure(failure) }
            return await tryForms(of: question, in: helper).mapError { $0.failure(of: question) }
        } catch {
            return .failure(
                ProbeFailure(
                    kind: error.kind, source: question.source, sentence: "\(failure.sentence); \(error.sentence)",
                    next: error.next))
        }
    }

    /// The next form is sent only when the one before is not known there or does not read.
    private func tryForms<Question: CommandProbing>(of question: Question, in container: String?) async -> Result<
        any Sendable, Trials
    > {
        var trials = Trials()
        do throws(CommandRefusal) {
            for attempt in try question.attempts(site) {
                do throws(Trials.Failure) {
                    return .success(try await self.attempt(attempt, question, in: container))
                } catch {
                    trials.failures.append(error)
                    guard error.cause.kind == .notUnderstood || error.cause.kind == .notAvailable else { break }
                    if Task.isCancelled { break }
                }
            }
        } catch {
            trials.failures = [
                Trials.Failure(
                    cause: ProbeFailure(
                        kind: .refused, source: question.source,
                        sentence: "\(question.source): no \(question.what): \(error.description)"))
            ]
        }
        return .failure(trials)
    }

    private func attempt<Question: CommandProbing>(
        _ attempt: Attempt<Question.Answer>, _ question: Question, in container: String?
    ) async throws(Trials.Failure) -> any Sendable {
        var exchanges: [Exchange] = []
        for command in attempt.commands {
            do throws(ProbeFailure) {
                exchanges.append(
                    try await door.run(command, on: question.source, container: container, ping: question.extraTime))
            } catch {
                let program = error.kind == .notAvailable ? command.arguments.first : nil
                throw Trials.Failure(cause: error, missing: program)
            }
        }
        do throws(DialectError) {
            return try attempt.read(exchanges)
        } catch {
            var failure = Trials.Failure(cause: ProbeFailure(error, source: question.source, what: question.what))
            switch error {
            case .commandNotFound: failure.missing = attempt.commands.first?.arguments.first
            case .permissionDenied: failure.isDenied = true
            default: break
            }
            throw failure
        }
    }

    private func cluster<Question: ClusterProbing>(_ question: Question) async -> Result<any Sendable, ProbeFailure> {
        do throws(ProbeFailure) {
            let answer = try await door.ask(question.question)
            do throws(DialectError) {
                return .success(try question.read(answer))
            } catch {
                throw ProbeFailure(error, source: question.source, what: question.what)
            }
        } catch {
            return .failure(error)
        }
    }
}
