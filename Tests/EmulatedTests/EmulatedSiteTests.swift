internal import Facts
internal import Foundation
internal import LabRuns
internal import Labs
import Testing

/// The scenario and planted faults on true kernels: one site of guests serves all runs, and each fault is judged beside the same
/// one at the simulated site.
@Suite("The emulated site", .serialized)
struct EmulatedSiteTests {
    /// Faults that are planted together. Each is on another node or pod, so that none can explain another.
    private static let groups: [[String]] = [
        ["wrong-vlan@worker1", "vlan-not-applied@worker2", "vlan-not-trunked@worker3"],
        ["access-port@worker1", "pf-down@worker2", "pod-mac-changed@worker3"],
        ["admin-mac-changed@worker1", "cable-pulled@worker2", "wrong-subnet@worker3"],
        ["pod-interface-down@worker1", "port-one-way@worker2", "duplicate-mac@worker3"],
        ["vf-not-reset@worker1", "sandbox-lost@worker2", "vfs-taken-away@worker3"],
        ["gateway-interface-down@vlan.201", "vf-not-returned@worker1"],
        ["gateway-wrong-address@vlan.201"],
        ["gateway-ignores-echo@vlan.201"],
        [FaultCase.duplicateAddress],
        ["host-down@worker2"],
    ]

    /// Where the emulated hardware is not as true hardware is, with what it makes of the run. The simulated site is right there.
    private static let untrue: [(fault: String, finding: String, why: String)] = [
        ("admin-mac-changed@worker1", "skipped switch.mac sriov-pod-201-1", "spoof checking is shown and not enforced"),
        ("admin-mac-changed@worker1", "skipped switch.arp sriov-pod-201-1", "spoof checking is shown and not enforced"),
    ]

    @Test("the scenario passes, and faults have the verdict and the cause that they have at the simulated site")
    func scenarioAndFaults() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let site = try SiteLibrary.site(LabRun.root + "/fixtures/sites/igb.yaml")
        try await Lab.run(site, programs: LabRun.programs) { lab in
            Self.say("the site was up after \(start.duration(to: clock.now))")
            let environment = try lab.environment()
            for _ in 1...2 { try await Self.healthy(lab, environment) }
            // What the switch learned of the pods before would be taken for old.
            try await lab.restore(lab.plant([]))
            for group in Self.groups { try await Self.faulty(group, lab, environment) }
            try await Self.healthy(lab, environment)
            Self.say("all runs were through after \(start.duration(to: clock.now))")
        }
    }

    private static func healthy(_ lab: Lab, _ environment: [String: String]) async throws {
        await lab.ledger.reset()
        let run = try await LabRun.inside(environment, ["run-scenario", "scenarios/vlan-201-igb.yaml"])
        #expect(run.exit == 0, "\(run.account)")
        #expect(run.verdicts("pass").count == run.findings.count)
        #expect(Set(run.findings.map(\.check)).count >= 19)
        let waits = await lab.waits().first?.time ?? .zero
        say(
            "passed in \(run.seconds) s, \(waits) of it in pods and agents; the tool computed for \(run.computedSeconds ?? -1) s")
    }

    private static func faulty(_ group: [String], _ lab: Lab, _ environment: [String: String]) async throws {
        let before = try await lab.plant(group)
        async let simulated = LabRun.impatient(faults: group, on: "seed", "vlan-201")
        let emulated = try await LabRun.impatient("vlan-201-igb", in: environment)
        try await lab.restore(before)
        let other = try await simulated
        let names = group.joined(separator: " ")
        // What is said of each fault by itself is told of all of them together.
        let cases = group.compactMap(FaultCase.named)
        if cases.count == group.count {
            #expect(emulated.coded("fail") == Set(cases.flatMap(\.failing)), "\(names): \(emulated.account)")
            #expect(other.coded("fail") == Set(cases.flatMap(\.failing)), "\(names), simulated: \(other.account)")
        }
        #expect(emulated.exit == other.exit, "\(names): \(emulated.account)")
        let allowed = untrue.filter { group.contains($0.fault) }.map(\.finding)
        // What is blocked keeps its own reading, which is no cause and may be told otherwise by another switch.
        let pairs = [
            ("fail", emulated.coded("fail"), other.coded("fail")),
            ("inconclusive", emulated.coded("inconclusive"), other.coded("inconclusive")),
            ("skipped", Set(emulated.verdicts("skipped")), Set(other.verdicts("skipped"))),
        ]
        for (verdict, here, there) in pairs {
            for line in here.symmetricDifference(there).sorted() {
                #expect(
                    allowed.contains("\(verdict) \(line)"),
                    "\(names): \(verdict) \(line) only \(here.contains(line) ? "emulated" : "simulated"); \(emulated.account)")
            }
        }
        say("\(names)\n    emulated:  \(told(emulated))\n    simulated: \(told(other))")
    }

    private static func told(_ run: LabRun) -> String {
        let failed = run.coded("fail").sorted().joined(separator: ", ")
        let others = [("inconclusive", run.verdicts("inconclusive").count), ("blocked", run.verdicts("skipped").count)]
        return "exit \(run.exit); \(failed.isEmpty ? "nothing failed" : failed)"
            + others.filter { $0.1 > 0 }.map { "; \($0.1) \($0.0)" }.joined()
    }

    private static func say(_ text: String) { FileHandle.standardError.write(Data("emulated: \(text)\n".utf8)) }
}

extension LabRun {
    /// A run that gives up after a quarter of a minute what may still change, which a fault does not.
    private static func impatient(_ name: String, folder: URL) throws -> [String] {
        let text = """
            extends: \(root)/scenarios/\(name).yaml
            apiVersion: plumbline.dev/v1alpha1
            kind: Scenario
            metadata: {name: \(name)}
            spec: {eventually: {timeout: 16s, every: 2s}}
            """
        let file = folder.appending(path: "impatient-\(name)-\(UUID().uuidString).yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return ["run-scenario", file.path]
    }

    fileprivate static func impatient(_ name: String, in environment: [String: String]) async throws -> LabRun {
        let command = try impatient(name, folder: FileManager.default.temporaryDirectory)
        defer { try? FileManager.default.removeItem(atPath: command[1]) }
        return try await inside(environment, command)
    }

    fileprivate static func impatient(faults: [String], on site: String, _ name: String) async throws -> LabRun {
        let command = try impatient(name, folder: FileManager.default.temporaryDirectory)
        defer { try? FileManager.default.removeItem(atPath: command[1]) }
        return try await run(site: site, faults: faults, command)
    }

    /// How long the run took, in seconds, as it says itself.
    fileprivate var seconds: String { if case .number(let text)? = record["seconds"] { text } else { "?" } }
}
