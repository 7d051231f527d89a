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

    /// Tries the forms in order; the next one is sent only when the one before is not known there or does not read.
    private func commands<Question: CommandProbing>(_ question: Question) async -> Result<any Sendable, ProbeFailure> {
        var first: ProbeFailure?
        do throws(CommandRefusal) {
            for attempt in try question.attempts(site) {
                do throws(ProbeFailure) {
                    return .success(try await self.attempt(attempt, question))
                } catch {
                    guard error.kind == .notUnderstood || error.kind == .notAvailable else { return .failure(error) }
                    first = first ?? error
                    if Task.isCancelled { break }
                }
            }
        } catch {
            return .failure(
                ProbeFailure(
                    kind: .refused, source: question.source,
                    sentence: "\(question.source): no \(question.what): \(error.description)"))
        }
        return .failure(
            first
                ?? ProbeFailure(
                    kind: .notAvailable, source: question.source,
                    sentence: "\(question.source): no way is known to ask for \(question.what)"))
    }

    private func attempt<Question: CommandProbing>(
        _ attempt: Attempt<Question.Answer>, _ question: Question
    ) async throws(ProbeFailure) -> any Sendable {
        var exchanges: [Exchange] = []
        for command in attempt.commands {
            exchanges.append(
                try await door.run(command, on: question.source, container: question.containerName, ping: question.extraTime))
        }
        do throws(DialectError) {
            return try attempt.read(exchanges)
        } catch {
            throw ProbeFailure(error, source: question.source, what: question.what)
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
