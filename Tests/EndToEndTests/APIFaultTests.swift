internal import LabRuns
internal import Facts
internal import Foundation
internal import Labs
import Testing

/// The whole product through the executable, with a fault of the API at each request of a run in turn.
///
/// PLUMBLINE_EVERY_FAULT=1 (`make test-faults`) tries every fault at every request; PLUMBLINE_EVERY_REQUEST=1 (`make test-requests`) one
/// of each sort at every request, in rotation; else the first request of each kind meets them. PLUMBLINE_FAULTS_AT names verb and
/// resource of the only requests to try.
@Suite("Faults of the API at every request of a run", .serialized)
struct APIFaultTests {
    typealias Point = FaultedRun.Point

    struct Case: Sendable, CustomStringConvertible {
        let point: Point
        let fault: APIFaults.Kind
        /// True: this request and every later one like it; false: this one alone.
        let isLasting: Bool
        var description: String { "\(fault) \(isLasting ? "from" : "at") \(point)" }

        var planted: APIFaults.Fault {
            isLasting
                ? .init(fault, at: .from(point.number, verb: point.verb, resource: point.resource))
                : .init(fault, at: .nth(point.number, verb: point.verb, resource: point.resource))
        }
    }

    private static let environment = ProcessInfo.processInfo.environment
    private static let isWhole = environment["PLUMBLINE_EVERY_FAULT"] == "1"
    private static let reachesAll = isWhole || environment["PLUMBLINE_EVERY_REQUEST"] == "1"

    /// What a run survives when it happens once.
    static let passing: [APIFaults.Kind] = [
        .reset, .status(429, retryAfterSeconds: 1), .status(500, retryAfterSeconds: nil), .truncatedBody, .expired,
        .watchDrop(afterEvents: 0), .status(503, retryAfterSeconds: 0), .resetAfterEffect, .watchDrop(afterEvents: 1),
    ]

    /// What it cannot survive while it lasts.
    static let lasting: [APIFaults.Kind] = [.forbidden, .hang, .malformedJSON, .foreignCertificate]

    /// Whether a server can answer this request so.
    private static func applies(_ fault: APIFaults.Kind, to point: Point) -> Bool {
        switch fault {
        // A GET of one object, a creation or a deletion is never answered with 410.
        case .expired: ["list", "watch"].contains(point.verb)
        case .watchDrop: point.verb == "watch"
        // The content of the answer to a deletion is not needed.
        case .malformedJSON: point.verb != "delete"
        default: true
        }
    }

    /// Labs with nothing to wait for, each with its share of the work.
    private static func inLabs<Output: Sendable>(_ work: @escaping @Sendable (Lab, Int) async throws -> Output) async throws
        -> [Output]
    {
        var site = try SiteLibrary.site("seed")
        site.latencies = .none
        let (instant, count) = (site, 3)
        return try await withThrowingTaskGroup(of: Output.self) { group in
            for share in 0..<count {
                group.addTask {
                    try await Lab.run(instant, programs: LabRun.programs) { lab in try await work(lab, share) }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static func points(_ requests: [APIFaults.Request]) -> [Point] {
        var counts: [String: Int] = [:]
        return requests.map { request in
            counts["\(request.verb) \(request.resource)", default: 0] += 1
            return Point(
                number: counts["\(request.verb) \(request.resource)"] ?? 1, verb: request.verb, resource: request.resource)
        }
    }

    /// Each fault at each point, or a part of that.
    private static func cases(_ faults: [APIFaults.Kind], at points: [Point], lasting: Bool) -> [Case] {
        var points = points
        if let only = environment["PLUMBLINE_FAULTS_AT"] { points = points.filter { "\($0.verb) \($0.resource)" == only } }
        // The first of its kind stands for those like it.
        if !reachesAll { points = points.filter { $0.number == 1 } }
        return points.enumerated().flatMap { index, point in
            let possible = faults.filter { applies($0, to: point) }
            let chosen = isWhole ? possible : [possible[index % possible.count]]
            return chosen.map { Case(point: point, fault: $0, isLasting: lasting) }
        }
    }

    /// Runs all cases, a lab's worth at a time.
    private static func run(_ faults: [APIFaults.Kind], lasting: Bool) async throws -> [(Case, FaultedRun)] {
        let results = try await inLabs { lab, share in
            let undisturbed = try await FaultedRun.run(lab, faults: [])
            guard undisturbed.exit == 0 else { throw LabError("without a fault: \(undisturbed.account)") }
            let all = Self.cases(faults, at: Self.points(undisturbed.requests), lasting: lasting)
            var done: [(Int, Case, FaultedRun)] = []
            for (index, one) in all.enumerated() where index % 3 == share {
                done.append((index, one, try await FaultedRun.run(lab, faults: [one.planted])))
            }
            return done
        }
        let sorted = results.flatMap(\.self).sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
        let met = sorted.filter(\.1.wasMet)
        print(
            "\(lasting ? "lasting" : "passing") faults: \(sorted.count) runs, \(met.count) came to the request at which the fault was, "
                + "\(Set(met.map(\.0.point)).count) different requests")
        return sorted
    }

    @Test("One that passes is survived: the run ends with 0 and leaves nothing")
    func survived() async throws {
        let runs = try await Self.run(Self.passing, lasting: false)
        for (one, run) in runs {
            #expect(run.exit == 0, "\(one): \(run.account)")
            #expect(run.left == [] && run.leftAfterCleanUp == [], "\(one): \(run.account)")
        }
        // What a run asks besides (events, reads while it waits) differs from run to run; most of it comes in each.
        let unmet = runs.filter { !$0.1.wasMet }.map(\.0.description)
        #expect(unmet.count * 4 <= runs.count, "\(unmet)")
    }

    @Test("One that lasts is named in time, never a failure, and what is left can be cleaned up")
    func named() async throws {
        let runs = try await Self.run(Self.lasting, lasting: true)
        for (one, run) in runs where run.wasMet {
            #expect(Self.exits(one).contains(run.exit), "\(one): \(run.account)")
            #expect(
                run.record["findings"]?.elements?.contains { $0["verdict"]?.text == "fail" } != true, "\(one): \(run.account)")
            if run.exit != 0 {
                #expect(run.said.contains(Self.words(one.fault)), "\(one): \(run.account)")
            }
            if run.exit == 5 || !run.left.isEmpty {
                #expect(run.output.contains("plumbline cleanup"), "\(one): \(run.account)")
                // A Lease that cannot be seen gone may be gone, and so may a NAD; all else that is told as left is there.
                let mayBeGone =
                    one.point.resource == "leases"
                    || one.point.verb == "get" && one.point.resource == "network-attachment-definitions"
                if !mayBeGone { #expect(!run.left.isEmpty, "\(one): \(run.account)") }
            }
            #expect(run.cleanUpExit == 0 && run.leftAfterCleanUp == [], "\(one): \(run.leftAfterCleanUp) \(run.account)")
            #expect(run.took < .seconds(100), "\(one)")
        }
    }

    /// How a run may end that meets this fault from this request on.
    private static func exits(_ one: Case) -> Set<Int32> {
        switch (one.point.verb, one.point.resource, one.fault) {
        // Events only explain; and a wait that cannot watch ends, and the pods themselves are looked at.
        case (_, "events", .forbidden), (_, "events", .hang), (_, "events", .malformedJSON): [0]
        case ("watch", _, .forbidden), ("watch", _, .hang), ("watch", _, .malformedJSON): [0]
        // Where it comes first is a matter of what was watched and read before: in the clean-up only leftovers remain to be told.
        case (_, _, .foreignCertificate): [3, 5]
        case ("list", "leases", _), ("list", "network-attachment-definitions", _): [0, 5]
        // Without Leases overlapping runs are not seen, which is a note.
        case ("create", "leases", .forbidden): [0]
        // Met first by the clean-up's last look it leaves a Lease that is gone and cannot be seen gone.
        // A 404 says that it is gone whatever its body is.
        case ("get", "leases", .malformedJSON): [0, 3, 5]
        case ("get", "leases", _): [3, 5]
        // The second look at a NAD is the clean-up's, at what is gone already; a 404 says so whatever its body is.
        case ("get", "network-attachment-definitions", .malformedJSON) where one.point.number > 1: [0, 3, 5]
        case ("get", "network-attachment-definitions", _) where one.point.number > 1: [3, 5]
        // Listed again to watch on; a wait that cannot is over by then, or ends, and the pods themselves are looked at.
        case ("list", "pods", _) where one.point.number > 1: [0, 3]
        case ("delete", "pods", _): [3, 5]
        case ("delete", _, _): [5]
        default: [3]
        }
    }

    private static func words(_ fault: APIFaults.Kind) -> String {
        switch fault {
        case .forbidden: "not allowed (403 Forbidden): "
        case .hang: "no answer from the API server at "
        case .malformedJSON: "no JSON at line "
        default: "certificate"
        }
    }
}
