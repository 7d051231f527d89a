internal import Facts

/// The forms of one question that brought no answer, in the order in which they were tried.
struct Trials: Error {
    struct Failure: Error {
        let cause: ProbeFailure
        /// The program that a container's image does not have; nil for every other reason, and on nodes and devices.
        var missing: String?
        /// The program ran, and the system did not let it do this.
        var isDenied = false
    }

    var failures: [Failure] = []

    /// True where a container with other programs or rights may well have an answer.
    var mayGoElsewhere: Bool { failures.contains { $0.cause.kind == .notAvailable || $0.isDenied } }

    /// The one failure that stands for all.
    func failure<Question: CommandProbing>(of question: Question) -> ProbeFailure {
        guard let first = failures.first else {
            return ProbeFailure(
                kind: .notAvailable, source: question.source,
                sentence: "\(question.source): no way is known to ask for \(question.what)")
        }
        if let denied = failures.first(where: \.isDenied), case .pod = question.source {
            return ProbeFailure(
                kind: denied.cause.kind, source: question.source, sentence: denied.cause.sentence,
                next: denied.cause.next ?? question.adviceWhenRefused)
        }
        let missing = failures.compactMap(\.missing).reduce(into: [String]()) { list, program in
            if !list.contains(program) { list.append(program) }
        }
        guard !missing.isEmpty else { return first.cause }
        let programs = missing.map { "'\($0)'" }.joined(separator: " and no ")
        // A form that was tried after the program was missed says more than the missing program.
        if let other = failures.first(where: { $0.missing == nil }) {
            return ProbeFailure(
                kind: other.cause.kind, source: question.source,
                sentence: "\(other.cause.sentence) (the image has no \(programs))",
                next: other.cause.next)
        }
        return ProbeFailure(
            kind: .notAvailable, source: question.source,
            sentence: "\(question.source): no \(question.what): the image has no \(programs)",
            next: "use an image that has it, or let the run add an ephemeral container: 'ephemeral: {image: …}' at the pod")
    }
}
