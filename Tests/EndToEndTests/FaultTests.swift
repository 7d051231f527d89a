import Testing

@Suite("Planted faults", .serialized)
struct FaultTests {
    /// A fault at a place, the findings that must fail, with the code that tells it.
    struct Case: Sendable, CustomStringConvertible {
        let fault: String
        let failing: [String]
        let code: String
        var description: String { fault }
    }

    private static func pod(_ worker: Int) -> String { "sriov-pod-201-\(worker)" }

    static let cases: [Case] =
        (1...3).flatMap { worker -> [Case] in
            let node = "worker\(worker)"
            return [
                Case(fault: "vfs-not-persisted@\(node)", failing: ["vf.count \(node)"], code: "VFsNotCreated"),
                Case(fault: "vf-refuses-vlan@\(node)", failing: ["pod.deploy \(pod(worker))"], code: "VLANRefused"),
                Case(fault: "vf-not-reset@\(node)", failing: ["teardown.clean \(pod(worker))"], code: "VFNotReset"),
                Case(fault: "stale-allocatable@\(node)", failing: ["node.allocatable \(node)"], code: "AllocatableStale"),
                Case(fault: "no-free-vf@\(node)", failing: ["pod.deploy \(pod(worker))"], code: "NoFreeVF"),
                Case(fault: "multus-not-running@\(node)", failing: ["pod.netstatus \(pod(worker))"], code: "MultusNotRunning"),
                Case(fault: "cni-binary-missing@\(node)", failing: ["cni.binary \(node)"], code: "CNIBinaryMissing"),
                Case(fault: "vlan-not-applied@\(node)", failing: ["vf.vlan \(pod(worker))"], code: "VLANNotApplied"),
                Case(fault: "wrong-vlan@\(node)", failing: ["vf.vlan \(pod(worker))"], code: "VLANMismatch"),
                Case(fault: "vlan-not-trunked@\(node)", failing: ["switch.vlan \(pod(worker))"], code: "VLANNotTrunked"),
                Case(fault: "port-blocked@\(node)", failing: ["switch.vlan \(pod(worker))"], code: "PortBlocked"),
                Case(fault: "miscabled-port@\(node)", failing: ["switch.mac \(pod(worker))"], code: "MACOnWrongPort"),
                Case(
                    fault: "selector-matches-nothing@\(node)", failing: ["vf.driver \(node)"], code: "VFKindMismatch"),
                Case(
                    fault: "vlan-not-trunked@\(["ge-0/0/9", "ge-0/0/1", "ge-0/0/19"][worker - 1])",
                    failing: ["switch.vlan \(pod(worker))"], code: "VLANNotTrunked"),
                Case(
                    fault: "wrong-static-arp@192.168.201.\(worker + 1)", failing: ["switch.arp \(pod(worker))"],
                    code: "ARPStaticWrong"),
                Case(fault: "wrong-static-arp@\(node)", failing: ["switch.arp \(pod(worker))"], code: "ARPStaticWrong"),
            ]
        } + [
            Case(fault: "selector-matches-nothing@cluster", failing: ["dp.config cluster"], code: "SelectorMatchesNothing"),
            Case(
                fault: "multus-not-running@cluster", failing: (1...3).map { "pod.netstatus \(pod($0))" }, code: "MultusNotRunning"
            ),
            Case(
                fault: "gateway-interface-down@vlan.201", failing: ["gateway.interface default/sriov-201"],
                code: "GatewayInterfaceDown"),
        ]

    /// Faults after which something cannot be looked at.
    static let blinding = [
        "host-down", "host-silent", "host-key-changed", "login-refused", "commands-hang", "exec-forbidden",
        "pod-create-forbidden", "image-without-ping", "image-without-programs", "net-raw-dropped",
    ]

    /// Faults that a run gets round.
    static let harmless = ["image-without-ip", "operator-sync-failed", "operator-stale"]

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
        }
    }

    @Test func everyFaultIsTriedAtEveryPlaceItCanHave() async throws {
        let run = try await LabRun.script("plumbline-lab list faults --site seed")
        let places = run.output.split(separator: "\n").map(String.init)
        let blinding = places.filter { place in (Self.blinding + Self.harmless).contains { place.hasPrefix($0 + "@") } }
        #expect(Set(places).subtracting(blinding) == Set(Self.cases.map(\.fault)))
        #expect(!blinding.isEmpty)
    }

    @Test("the check that tells it fails, what is wrong because of it is blocked by it, all else passes")
    func eachAtEachPlace() async throws {
        let runs = try await Self.cases.inParallel {
            try await LabRun.run(faults: [$0.fault], ["run-scenario", "scenarios/vlan-201.yaml"])
        }
        for (fault, run) in zip(Self.cases, runs) {
            #expect(run.exit == 1, "\(fault): \(run.account)")
            #expect(run.verdicts("fail").sorted() == fault.failing.sorted(), "\(fault): \(run.account)")
            #expect(run.verdicts("inconclusive") == [], "\(fault): \(run.account)")
            for finding in run.findings where finding.verdict == "fail" {
                #expect(finding.code == fault.code, "\(fault): \(run.account)")
            }
            for finding in run.findings where finding.verdict == "skipped" {
                #expect(
                    !finding.blockedBy.isEmpty && Set(finding.blockedBy).isSubset(of: fault.failing), "\(fault): \(run.account)")
            }
        }
    }

    @Test func theMissingTagNamesWorker2sVF2() async throws {
        let run = try await LabRun.run(faults: ["vlan-not-applied@worker2"], ["run-scenario", "scenarios/vlan-201.yaml"])
        #expect(run.exit == 1)
        #expect(
            run.output.contains("worker2 eno2: VF 2 of sriov-pod-201-2 has no VLAN, expected VLAN 201 (NAD default/sriov-201)"),
            "\(run.account)")
    }
}
