internal import Facts
internal import Foundation
internal import LabRuns
internal import Labs
internal import Synchronization
import Testing

/// The scenario and planted faults on true kernels. One site of guests serves all runs, and each fault has to have the verdict
/// and the cause that `FaultCase` says, to which `EndToEndTests.FaultTests` hold the simulated site.
@Suite("The emulated site", .serialized)
struct EmulatedSiteTests {
    /// Faults that are planted together, each on another node or pod, so that none can explain another. The first groups are
    /// what a run has time for that is asked for a part.
    private static let groups: [[String]] = [
        ["wrong-vlan@worker1", "vlan-not-applied@worker2", "vlan-not-trunked@worker3"],
        ["admin-mac-changed@worker1", "cable-pulled@worker2", "wrong-subnet@worker3"],
        ["vfs-taken-away@worker3"],
        ["gateway-ignores-echo@vlan.201"],
        ["duplicate-address@192.168.201.2"],
        ["host-down@worker2"],
        ["pod-interface-down@worker1", "port-one-way@worker2", "duplicate-mac@worker3"],
        ["gateway-wrong-address@vlan.201"],
        ["gateway-interface-down@vlan.201", "vf-not-reset@worker1", "sandbox-lost@worker2", "vf-not-returned@worker3"],
        ["access-port@worker1", "pf-down@worker2", "pod-mac-changed@worker3"],
    ]

    /// Where the emulated hardware is not as true hardware is, which the simulated site follows: what passes here and is
    /// blocked by the fault there.
    private static let untrue: [(fault: String, passing: String, why: String)] = [
        ("admin-mac-changed@worker1", "switch.mac sriov-pod-201-1", "spoof checking is shown and not enforced"),
        ("admin-mac-changed@worker1", "switch.arp sriov-pod-201-1", "spoof checking is shown and not enforced"),
    ]

    /// `PLUMBLINE_EMULATED_GROUPS`: how many groups of faults, in place of all; `PLUMBLINE_EMULATED_RUNS`: how many runs of the
    /// scenario go before them, in place of two; `PLUMBLINE_EMULATED_WITHIN`: a site that is not up within so many seconds is on
    /// a machine too slow to judge by, which is told and passes, and a run that differs there is repeated once.
    private static func asked(_ name: String, or number: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? number
    }

    @Test("the scenario passes, and faults have the verdict and the cause that they have at the simulated site")
    func scenarioAndFaults() async throws {
        let start = ContinuousClock.now
        let site = try SiteLibrary.site(LabRun.root + "/fixtures/sites/igb.yaml")
        let cameUp = Mutex(false)
        do {
            try await Lab.run(site, programs: LabRun.programs) { lab in
                cameUp.withLock { $0 = true }
                Self.say("the site was up after \(Self.since(start))")
                guard !Self.mayBeSlow || start.duration(to: .now) < .seconds(Self.within) else {
                    return Self.say("skipped: more than \(Self.within) s; this machine is too slow or too busy")
                }
                try await Self.through(lab)
                Self.say("all runs were through after \(Self.since(start))")
            }
        } catch let error as LabError where Self.mayBeSlow && !cameUp.withLock({ $0 }) {
            Self.say("skipped: the site did not come up on this machine: \(error)")
        }
    }

    private static let within = asked("PLUMBLINE_EMULATED_WITHIN", or: 0)
    private static var mayBeSlow: Bool { within > 0 }

    private static func through(_ lab: Lab) async throws {
        let environment = try lab.environment()
        for _ in 0..<asked("PLUMBLINE_EMULATED_RUNS", or: 2) { try await healthy(lab, environment) }
        // What the switch learned of the pods before would be taken for old.
        try await lab.restore(lab.plant([]))
        var table: [String] = []
        let groups = groups.prefix(asked("PLUMBLINE_EMULATED_GROUPS", or: groups.count))
        for group in groups {
            let begun = ContinuousClock.now
            let run = try await faulty(group, lab, environment)
            table += group.flatMap { rows($0, run, among: group) }
            say("\(group.joined(separator: " ")): \(since(begun))")
        }
        if !groups.isEmpty { try await healthy(lab, environment) }
        say("fault | verdict and cause simulated | emulated\n" + table.joined(separator: "\n"))
    }

    private static func healthy(_ lab: Lab, _ environment: [String: String]) async throws {
        let run = try await repeated(from: []) {
            await lab.ledger.reset()
            return try await LabRun.inside(environment, ["run-scenario", "scenarios/vlan-201-igb.yaml"])
        }
        #expect(run.exit == 0, "\(run.account)")
        #expect(run.verdicts("pass").count == run.findings.count)
        #expect(Set(run.findings.map(\.check)).count >= 19)
        let waits = await lab.waits().first?.time ?? .zero
        let computed = told(.seconds(run.computedSeconds ?? 0))
        say("the scenario took \(run.seconds) s, \(told(waits)) of it in pods and agents; the tool computed for \(computed)")
    }

    private static func faulty(_ group: [String], _ lab: Lab, _ environment: [String: String]) async throws -> LabRun {
        let cases = group.compactMap(FaultCase.named)
        #expect(cases.count == group.count, "\(group): not all of them are in the table that the simulated site is held to")
        let run = try await repeated(from: cases) {
            let before = try await lab.plant(group)
            let run = try await LabRun.impatient("vlan-201-igb", in: environment)
            try await lab.restore(before)
            return run
        }
        #expect(run.differences(from: cases) == [], "\(group.joined(separator: " ")): \(run.account)")
        for (_, passing, why) in untrue.filter({ group.contains($0.fault) }) {
            #expect(run.verdicts("pass").contains(passing), "no longer so: \(why)")
        }
        return run
    }

    /// A run, and where the machine may be slow and it differs from what the faults have to make it, another in its place.
    private static func repeated(from cases: [FaultCase], _ body: () async throws -> LabRun) async throws -> LabRun {
        let run = try await body()
        let differences = run.differences(from: cases)
        guard mayBeSlow, !differences.isEmpty else { return run }
        say("once more, since it differed: \(differences.joined(separator: "; "))")
        return try await body()
    }

    /// The table's line for one fault: what the simulated site is held to beside what was found here, with differences that
    /// are allowed.
    private static func rows(_ fault: String, _ run: LabRun, among group: [String]) -> [String] {
        guard let expected = FaultCase.named(fault) else { return [] }
        let others = Set(group.filter { $0 != fault }.compactMap(FaultCase.named).flatMap { $0.failing + $0.inconclusive })
        let failed = run.coded("fail").subtracting(others).sorted()
        let hidden = run.coded("inconclusive").subtracting(others).sorted()
        let found = told(failed, expected.hidesMore ? expected.inconclusive + ["\(hidden.count) in all"] : hidden)
        let should = told(expected.failing.sorted(), expected.inconclusive.sorted())
        let allowed = untrue.filter { $0.fault == fault }.map {
            "    \($0.passing) passes emulated, is blocked simulated: \($0.why)"
        }
        return ["\(fault) | \(should) | \(found)"] + allowed
    }

    private static func told(_ failed: [String], _ hidden: [String]) -> String {
        let parts = [("fail", failed), ("inconclusive", hidden)].filter { !$0.1.isEmpty }
        return parts.isEmpty ? "pass" : parts.map { "\($0.0) \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
    }

    private static func since(_ start: ContinuousClock.Instant) -> String { told(start.duration(to: .now)) }

    private static func told(_ time: Duration) -> String {
        time.formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
    }

    private static func say(_ text: String) { FileHandle.standardError.write(Data("emulated: \(text)\n".utf8)) }
}

extension LabRun {
    /// A run that gives up after a quarter of a minute what may still change, which a fault does not.
    fileprivate static func impatient(_ name: String, in environment: [String: String]) async throws -> LabRun {
        let text = """
            extends: \(root)/scenarios/\(name).yaml
            apiVersion: plumbline.dev/v1alpha1
            kind: Scenario
            metadata: {name: \(name)}
            spec: {eventually: {timeout: 16s, every: 2s}}
            """
        let file = FileManager.default.temporaryDirectory.appending(path: "impatient-\(name)-\(UUID().uuidString).yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await inside(environment, ["run-scenario", file.path], seconds: 300)
    }

    /// How long the run took, in seconds, as it says itself.
    fileprivate var seconds: String { if case .number(let text)? = record["seconds"] { text } else { "?" } }
}
