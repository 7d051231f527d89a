internal import Facts
internal import Foundation
internal import LabRuns
import Testing

@Suite("Planted faults", .serialized)
struct FaultTests {
    /// Faults after which something cannot be looked at.
    static let blinding = [
        "host-down", "host-silent", "host-key-changed", "login-refused", "commands-hang", "exec-forbidden",
        "pod-create-forbidden", "image-without-ping", "image-without-programs", "net-raw-dropped",
    ]

    /// Faults that a run gets round.
    static let harmless = [
        "image-without-ip", "operator-sync-failed", "operator-stale", "policy-wants-more", "sriov-network-edited",
        "claim-names-other-vf",
    ]

    /// A fault that blinds, findings that it must leave inconclusive, and words of their sentences.
    private static let blind: [(fault: String, inconclusive: [String], words: String)] = [
        ("host-down@worker2", ["vf.count worker2"], "worker2: "),
        ("host-silent@fabric-switch", ["switch.mac sriov-pod-201-1"], "fabric-switch: "),
        ("host-key-changed@worker2", ["vf.count worker2"], "worker2: "),
        ("login-refused@fabric-switch", ["switch.arp sriov-pod-201-3"], "fabric-switch: "),
        ("commands-hang@fabric-switch", ["switch.mac sriov-pod-201-2"], "fabric-switch: "),
        ("exec-forbidden", ["pod.net1 sriov-pod-201-1"], "pods/exec"),
        (
            "image-without-programs@worker1", ["pod.net1 sriov-pod-201-1"],
            "pod sriov-pod-201-1: no interfaces and addresses: the image has no 'ip' and no 'cat'"
        ),
        ("pod-create-forbidden", ["pod.deploy sriov-pod-201-1"], "pods"),
    ]

    @Test("what cannot be looked at is inconclusive: never failed, never passed")
    func blindness() async throws {
        let runs = try await Self.blind.inParallel {
            try await LabRun.run(faults: [$0.fault], ["run-scenario", "scenarios/vlan-201.yaml"], seconds: 280)
        }
        for (blind, run) in zip(Self.blind, runs) {
            #expect(run.exit == 3, "\(blind.fault): \(run.account)")
            #expect(run.verdicts("fail") == [], "\(blind.fault): \(run.account)")
            #expect(Set(blind.inconclusive).isSubset(of: run.verdicts("inconclusive")), "\(blind.fault): \(run.account)")
            let sentences = run.findings.filter { blind.inconclusive.contains($0.key) }.map(\.sentence)
            #expect(sentences.allSatisfy { $0.contains(blind.words) }, "\(blind.fault): \(sentences)")
            if let fault = FaultCase.named(blind.fault) { #expect(run.differences(from: [fault]) == [], "\(run.account)") }
        }
    }

    @Test func everyFaultIsTriedAtEveryPlaceItCanHave() async throws {
        let run = try await LabRun.script("plumbline-lab list faults --site seed")
        let places = run.output.split(separator: "\n").map(String.init)
        let blinding = places.filter { place in (Self.blinding + Self.harmless).contains { place.hasPrefix($0 + "@") } }
        let addresses = places.filter { $0.hasPrefix("duplicate-address@") }
        #expect(FaultCase.hiding.allSatisfy { places.contains($0.fault) })
        #expect(Set(places).subtracting(blinding).subtracting(addresses) == Set(FaultCase.all.map(\.fault)))
        #expect(!blinding.isEmpty)
    }

    /// Each fault at one of its places, another one for each; with PLUMBLINE_EVERY_PLACE=1 (`make test-faults`) at all of them.
    private static var cases: [FaultCase] {
        if ProcessInfo.processInfo.environment["PLUMBLINE_EVERY_PLACE"] == "1" { return FaultCase.all }
        let byName = Dictionary(grouping: FaultCase.all) { $0.fault.prefix { $0 != "@" } }
        return byName.sorted { $0.key < $1.key }.enumerated().map { index, places in
            places.value[index % places.value.count]
        }
    }

    @Test("the check that tells it fails, what is wrong because of it is blocked by it, all else passes")
    func eachAtEachPlace() async throws {
        let cases = Self.cases
        let runs = try await cases.inParallel(6) {
            try await LabRun.run(faults: [$0.fault], ["run-scenario", "scenarios/vlan-201.yaml"])
        }
        for (fault, run) in zip(cases, runs) {
            #expect(run.differences(from: [fault]) == [], "\(fault): \(run.account)")
        }
    }

    @Test("another MAC in the pod is a note: everything works, with that one")
    func changedMAC() async throws {
        let run = try await LabRun.run(faults: ["pod-mac-changed@worker2"], ["run-scenario", "scenarios/vlan-201.yaml"])
        #expect(run.exit == 0, "\(run.account)")
        #expect(run.noteCodes("pod.net1 sriov-pod-201-2") == ["status-mac-differs"], "\(run.account)")
    }

    @Test("an address that a stranger has stops the run before any is given out")
    func duplicateAddress() async throws {
        let fault = FaultCase.hiding[0]
        let run = try await LabRun.run(faults: [fault.fault], ["run-scenario", "scenarios/vlan-201.yaml"])
        #expect(run.differences(from: [fault]) == [], "\(run.account)")
        #expect(run.record["created"]?.elements?.count == 0)
    }

    @Test("what the kernel says of VFs that it did not make stands beside the verdict, with what to do about it")
    func kernelLog() async throws {
        let run = try await LabRun.run(faults: ["vfs-refused@worker2"], ["preflight", "scenarios/vlan-201.yaml"])
        #expect(run.exit == 1, "\(run.account)")
        #expect(run.noteCodes("vf.count worker2") == ["kernel-log"], "\(run.account)")
        for words in ["worker2 eno2: the kernel says of 0000:01:00.1 at ", ": 'not enough MMIO resources for SR-IOV'"] {
            #expect(run.output.contains(words), "\(run.output)")
        }
        #expect(run.output.contains("boot with pci=realloc"), "\(run.output)")
        #expect(
            run.record["evidence"]?.elements?.contains { $0["path"]?.text?.hasSuffix("-worker2-kernel-log.txt") == true } == true)
    }

    @Test func theMissingTagNamesWorker2sVF2() async throws {
        let run = try await LabRun.run(faults: ["vlan-not-applied@worker2"], ["run-scenario", "scenarios/vlan-201.yaml"])
        #expect(run.exit == 1)
        #expect(
            run.output.contains("worker2 eno2: VF 2 of sriov-pod-201-2 has no VLAN, expected VLAN 201 (NAD default/sriov-201)"),
            "\(run.account)")
    }
}
