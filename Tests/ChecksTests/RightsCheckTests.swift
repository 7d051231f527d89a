import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("Rights in the cluster")
struct RightsCheckTests {
    private let create = NeededRight(AccessRight(.create, "pods", namespace: "default"), for: "creation", guardsCreation: true)
    private let get = NeededRight(AccessRight(.get, "nodes"), names: ["worker1", "worker2"], for: "node.allocatable")

    private func check() -> RightsCheck { RightsCheck(rights: [create, get], file: "s.yaml") }

    /// Asks until nothing new is wanted; these rights are granted.
    private func facts(granted: [String], failing: ProbeFailure? = nil) -> FactBook {
        var facts = FactBook()
        let time = Timestamp(nanoseconds: 0)
        while true {
            let known = facts
            let open = check().needs(known: known).filter { !known.contains($0) }.compactMap { $0.request as? AccessRequest }
            if open.isEmpty { return facts }
            for request in open {
                let answer: Result<AccessAnswer, ProbeFailure> =
                    failing.map { .failure($0) } ?? .success(AccessAnswer(isAllowed: granted.contains("\(request.right)")))
                facts.record(answer, for: request, at: .baseline, asked: time, answered: time, evidence: [])
            }
        }
    }

    @Test(arguments: [
        ["create pods in default", "get nodes"], ["create pods in default", "get nodes worker1", "get nodes worker2"],
    ])
    func allThereIsAPass(granted: [String]) {
        let judgement = check().evaluate(facts(granted: granted))
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "cluster: all 2 rights are there")
    }

    @Test func whatIsMissingIsListedInOneGoAndIsInconclusive() {
        let book = facts(granted: ["get nodes worker1"])
        let judgement = check().evaluate(book)
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.code == "RightsMissing")
        #expect(judgement.sentence == "cluster: 2 of 2 rights are missing: create pods in default, get nodes (worker2)")
        #expect(judgement.next == "grant them: plumbline rbac s.yaml | kubectl apply -f -")
        #expect(
            check().refusal(book)
                == "rights are missing: create pods in default; grant them: plumbline rbac s.yaml | kubectl apply -f -")
    }

    @Test func aMissingReadStopsNoCreation() {
        let book = facts(granted: ["create pods in default"])
        #expect(check().evaluate(book).sentence == "cluster: 1 of 2 rights are missing: get nodes")
        #expect(check().refusal(book) == nil)
    }

    @Test("a server that answers no reviews is inconclusive, and stops nothing")
    func noReviews() {
        let failure = ProbeFailure(kind: .refused, source: .cluster, sentence: "cluster: create of reviews: not allowed (403)")
        let book = facts(granted: [], failing: failure)
        let judgement = check().evaluate(book)
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.code == "RightsUnknown")
        #expect(
            judgement.sentence
                == "cluster: whether the 2 rights are there could not be asked: cluster: create of reviews: not allowed (403)")
        #expect(check().refusal(book) == nil)
    }

    @Test func theNamesAreAskedForOnlyWhereTheWholeIsNotGranted() {
        #expect(get.needs(known: FactBook()).map(\.right.description) == ["get nodes"])
        #expect(facts(granted: ["get nodes"]).questions.count == 2)
        #expect(facts(granted: []).questions.count == 4)
    }
}
