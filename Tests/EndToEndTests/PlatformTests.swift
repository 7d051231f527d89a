internal import LabRuns
import Testing

@Suite("Every switch platform that the lab speaks", .serialized)
struct PlatformTests {
    /// A site, and the ports of the three workers as its switch's MAC table has them.
    struct Case: Sendable, CustomStringConvertible {
        let site: String
        let ports: [String]
        var description: String { site }
        var scenario: String { "scenarios/platforms/vlan-201-\(site).yaml" }
    }

    static let cases = [
        Case(site: "junos-els", ports: ["ge-0/0/9.0", "ge-0/0/1.0", "ge-0/0/19.0"]),
        Case(site: "eos", ports: ["Ethernet9", "Ethernet1", "Ethernet19"]),
        Case(site: "nxos", ports: ["Ethernet1/9", "Ethernet1/1", "Ethernet1/19"]),
        Case(site: "ios", ports: ["Gi1/0/9", "Gi1/0/1", "Gi1/0/19"]),
        Case(site: "linux", ports: ["swp9", "swp1", "swp19"]),
        Case(site: "sonic", ports: ["Ethernet36", "Ethernet0", "Ethernet76"]),
        Case(site: "cumulus", ports: ["swp9", "swp1", "swp19"]),
        Case(site: "os10", ports: ["ethernet1/1/9", "ethernet1/1/1", "ethernet1/1/19"]),
        Case(site: "srlinux", ports: ["ethernet-1/9.201", "ethernet-1/1.201", "ethernet-1/19.201"]),
    ]

    @Test("the seed's scenario passes with the platform's names laid over it, and no check is left out")
    func seedPasses() async throws {
        let runs = try await Self.cases.inParallel { try await LabRun.run(site: $0.site, ["run-scenario", $0.scenario]) }
        for (platform, run) in zip(Self.cases, runs) {
            #expect(run.exit == 0, "\(platform): \(run.account)")
            let expected = zip(SeedTests.rows, platform.ports).map { Array($0.dropLast()) + [$1] }
            #expect(run.identities == expected, "\(platform)")
            #expect(run.verdicts("pass").count == run.findings.count, "\(platform): \(run.account)")
            #expect(Set(run.findings.map(\.check)).count >= 21, "\(platform)")
        }
    }

    /// A fault, the check that tells it, and the code that the seed's Junos switch gives it too.
    private static let faults = [
        ("vlan-not-trunked@worker2", "switch.vlan", "VLANNotTrunked"), ("miscabled-port@worker2", "switch.mac", "MACOnWrongPort"),
    ]

    @Test("LLDP agrees with the cabling where the scenario asks, and tells a cable that is elsewhere before anything is created")
    func cabling() async throws {
        let runs = try await [[], ["miscabled-port@worker2"]].inParallel { faults in
            try await LabRun.script(
                site: "eos", faults: faults,
                """
                printf 'apiVersion: plumbline.dev/v1alpha1\\nkind: Scenario\\nextends: %s\\nmetadata: {name: cabling}\\nspec: {devices: \
                [{name: fabric-switch, lldp: true}]}\\n' \(LabRun.root)/\(Self.cases[1].scenario) > $REPORTS/cabling.yaml
                exec plumbline run-scenario $REPORTS/cabling.yaml --reports $REPORTS -o short
                """)
        }
        #expect(runs[0].exit == 0, "\(runs[0].account)")
        #expect(Set((1...3).map { "switch.lldp worker\($0)" }).isSubset(of: runs[0].verdicts("pass")))
        #expect(runs[1].exit == 1, "\(runs[1].account)")
        #expect(runs[1].verdicts("fail") == ["switch.lldp worker2"], "\(runs[1].account)")
        let sentence = runs[1].findings.first { $0.key == "switch.lldp worker2" }?.sentence
        #expect(sentence?.hasPrefix("fabric-switch: LLDP sees worker2 eno2 on Ethernet") == true, "\(sentence ?? "")")
    }

    @Test("a fault is the same finding whatever the switch speaks")
    func faultsAreTheSame() async throws {
        let all = Self.cases.flatMap { platform in Self.faults.map { (platform: platform, fault: $0.0, check: $0.1, code: $0.2) }
        }
        let runs = try await all.inParallel {
            try await LabRun.run(site: $0.platform.site, faults: [$0.fault], ["run-scenario", $0.platform.scenario])
        }
        for (planted, run) in zip(all, runs) {
            let name = "\(planted.fault) on \(planted.platform)"
            #expect(run.exit == 1, "\(name): \(run.account)")
            #expect(run.verdicts("fail") == ["\(planted.check) sriov-pod-201-2"], "\(name): \(run.account)")
            #expect(run.findings.filter { $0.verdict == "fail" }.map(\.code) == [planted.code], "\(name): \(run.account)")
            #expect(run.verdicts("inconclusive") == [], "\(name): \(run.account)")
        }
    }

    /// Sites of another shape than the seed's, their scenario, and the ports as the MAC tables have them.
    private static let shapes = [
        (site: "leaves", ports: ["Ethernet9", "Ethernet9", "Ethernet9"]),
        (site: "lacp", ports: ["port-channel109", "port-channel101", "port-channel119"]),
    ]

    @Test("leaves below a gateway of its own, and ports in port channels, pass too")
    func shapesPass() async throws {
        let runs = try await Self.shapes.inParallel {
            try await LabRun.run(site: $0.site, ["run-scenario", "scenarios/vlan-201-\($0.site).yaml"])
        }
        for (shape, run) in zip(Self.shapes, runs) {
            #expect(run.exit == 0, "\(shape.site): \(run.account)")
            #expect(run.identities.map(\.last) == shape.ports, "\(shape.site)")
            #expect(run.verdicts("pass").count == run.findings.count, "\(shape.site): \(run.account)")
        }
    }

    @Test("what is wrong on one leaf, or with one port channel, is told of that one")
    func shapesTellFaults() async throws {
        let all = Self.shapes.flatMap { shape in Self.faults.map { (site: shape.site, fault: $0.0, code: $0.2) } }
        let runs = try await all.inParallel {
            try await LabRun.run(site: $0.site, faults: [$0.fault], ["run-scenario", "scenarios/vlan-201-\($0.site).yaml"])
        }
        for (planted, run) in zip(all, runs) {
            let name = "\(planted.fault) on \(planted.site)"
            #expect(run.exit == 1, "\(name): \(run.account)")
            let failed = run.findings.filter { $0.verdict == "fail" }
            #expect(failed.map(\.subject) == ["sriov-pod-201-2"], "\(name): \(run.account)")
            #expect(failed.map(\.code) == [planted.code], "\(name): \(run.account)")
        }
    }

    /// Three runs of two sites, and what is to be found of the last: the VLAN is missing on the half of worker1's port channel where no
    /// frame of its pod comes in, so nothing but the switch's own table can tell.
    private static let bundled: [(site: String, faults: [String], scenario: String)] = [
        ("lacp", [], "$REPORTS/members.yaml"), ("mlag", [], "\(LabRun.root)/scenarios/vlan-201-mlag.yaml"),
        ("mlag", ["vlan-not-trunked@Port-Channel109"], "\(LabRun.root)/scenarios/vlan-201-mlag.yaml"),
    ]

    @Test(
        "a port named by its cable where its port channel learns; two leaves that share one; the VLAN missing on one of the two")
    func portChannels() async throws {
        let ports = [("worker1", 9), ("worker2", 1), ("worker3", 19)]
        let nodes = ports.map { "{name: \($0.0), uplink: {device: fabric-switch, port: Ethernet1/\($0.1)}}" }
        let runs = try await Self.bundled.inParallel { planned in
            try await LabRun.script(
                site: planned.site, faults: planned.faults,
                """
                printf 'apiVersion: plumbline.dev/v1alpha1\\nkind: Scenario\\nextends: %s\\nmetadata: {name: members}\\nspec: {nodes: \
                [\(nodes.joined(separator: ", "))]}\\n' \(LabRun.root)/scenarios/vlan-201-lacp.yaml > $REPORTS/members.yaml
                exec plumbline run-scenario \(planned.scenario) --reports $REPORTS -o short
                """)
        }
        let learned = [
            ["port-channel109", "port-channel101", "port-channel119"], ["Port-Channel9", "Port-Channel1", "Port-Channel19"],
        ]
        for (run, expected) in zip(runs, learned) {
            #expect(run.exit == 0, "\(run.account)")
            #expect(run.identities.map(\.last) == expected)
            #expect(run.verdicts("pass").count == run.findings.count, "\(run.account)")
        }
        // Both halves say where the MAC is, each by the name of its own port channel.
        let both = runs[1].findings.first { $0.key == "switch.mac sriov-pod-201-2" }?.sentence ?? ""
        for part in ["leaf1: ", " was learned on Port-Channel1 in ", "leaf2: ", " was learned on Port-Channel101 in "] {
            #expect(both.contains(part), "\(both)")
        }
        let half = runs[2]
        #expect(half.exit == 1, "\(half.account)")
        #expect(half.verdicts("fail") == ["switch.vlan sriov-pod-201-1"], "\(half.account)")
        let sentence = half.findings.first { $0.verdict == "fail" }?.sentence ?? ""
        #expect(sentence.hasPrefix("leaf2: SRIOV_201 of sriov-pod-201-1 is not "), "\(sentence)")
        #expect(half.verdicts("inconclusive") == [], "\(half.account)")
    }
}
