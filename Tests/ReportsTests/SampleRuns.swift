import Facts
import Verdicts

/// Runs as the seed's site would give them, with fixed times and ids. What the MACs, VFs and ports are is the seed's.
enum SampleRuns {
    static let started = Timestamp("2026-11-24T06:30:01.250Z")!

    struct SeedPod {
        let pod: PodReference
        let node: NodeName
        let vf: Int
        let pci: String
        let mac: String
        let address: String
        let port: String
    }

    static let pods = [
        SeedPod(
            pod: .init(namespace: "default", name: "sriov-pod-201-1"), node: "worker1", vf: 1, pci: "0000:01:10.3",
            mac: "56:7f:f1:5e:ac:52", address: "192.168.201.2", port: "ge-0/0/9.0"),
        SeedPod(
            pod: .init(namespace: "default", name: "sriov-pod-201-2"), node: "worker2", vf: 2, pci: "0000:01:10.5",
            mac: "0a:43:80:e7:80:15", address: "192.168.201.3", port: "ge-0/0/1.0"),
        SeedPod(
            pod: .init(namespace: "default", name: "sriov-pod-201-3"), node: "worker3", vf: 7, pci: "0000:01:11.7",
            mac: "a2:1f:bc:be:1c:7e", address: "192.168.201.4", port: "ge-0/0/19.0"),
    ]

    static func record(
        findings: [Finding], chains: [PodChain] = [], diagnoses: [Diagnosis] = [], ending: RunRecord.Ending = .finished,
        stopReason: String? = nil, created: [RunRecord.CreatedObject] = [], kept: Bool = false, notes: [Note] = []
    ) -> RunRecord {
        RunRecord(
            id: "vlan-201-20261124T063001Z-4f2a", scenario: "vlan-201", scenarioFile: "scenarios/vlan-201.yaml",
            toolVersion: "0.1.0", cluster: "https://127.0.0.1:6443 (context seed)", lab: .simulated, started: started,
            ended: started.advanced(by: .milliseconds(12_345)), ending: ending, stopReason: stopReason, findings: findings,
            chains: chains, diagnoses: diagnoses, notes: notes, created: created, kept: kept,
            evidence: [
                .init(id: EvidenceID(7), path: "evidence/0007-worker2-vf-table.txt"),
                .init(id: EvidenceID(12), path: "evidence/0012-fabric-switch-fdb.txt"),
            ])
    }

    static func finding(
        _ check: CheckID, _ subject: Subject, _ verdict: Verdict, title: String = "the world is as the scenario says",
        judgement: Judgement? = nil, blockedBy: [Finding.Key] = [], isPrerequisite: Bool = false
    ) -> Finding {
        let said = judgement ?? Judgement(verdict, code: "AsExpected", sentence: "\(subject): as the scenario says")
        return Finding(
            key: .init(check: check, subject: subject), title: title, verdict: verdict, judgement: said, blockedBy: blockedBy,
            moment: .plumbed, duration: .milliseconds(40), isPrerequisite: isPrerequisite,
            location: "scenarios/vlan-201.yaml:41:7")
    }

    static func chain(_ seed: SeedPod, node: Verdict = .pass, l2: Verdict = .pass, l3: Verdict = .pass, path: Verdict = .pass)
        -> PodChain
    {
        let vlan = node == .fail ? "no vlan" : "vlan 201"
        return PodChain(
            pod: seed.pod, node: seed.node, interface: "net1", address: IPAddress(seed.address), mac: MACAddress(seed.mac),
            pf: "eno2", vfIndex: seed.vf, pciAddress: PCIAddress(seed.pci), vlan: VLANID(201), device: "fabric-switch",
            port: l2 == .pass ? InterfaceName(seed.port) : nil,
            links: [
                .init(
                    witness: "pod claim", text: "\(seed.pod.name) net1 \(seed.address) \(seed.mac) \(seed.pci)", verdict: .pass),
                .init(witness: "pod truth", text: "net1 up, \(seed.mac), \(seed.address)/24", verdict: .pass),
                .init(witness: "node truth", text: "\(seed.node) eno2 VF \(seed.vf), \(seed.mac), \(vlan)", verdict: node),
                .init(
                    witness: "switch L2 truth",
                    text: l2 == .pass
                        ? "SRIOV_201, \(seed.mac) on \(seed.port) and on no other port" : "SRIOV_201 holds no \(seed.mac)",
                    verdict: l2),
                .init(
                    witness: "switch L3 truth",
                    text: l3 == .pass ? "\(seed.address) is \(seed.mac) on vlan.201" : "no entry for \(seed.address)", verdict: l3
                ),
                .init(
                    witness: "path truth",
                    text: path == .pass ? "192.168.201.1 answers 3 of 3" : "192.168.201.1 answers 0 of 3", verdict: path),
            ])
    }

    static let created: [RunRecord.CreatedObject] =
        [.init(object: .init(kind: "NetworkAttachmentDefinition", namespace: "default", name: "sriov-201"), verifiedGone: true)]
        + pods.map { .init(object: $0.pod.object, verifiedGone: true) }

    /// Everything as the seed shows it.
    static let passed: RunRecord = {
        let nodes = pods.map { finding("pf.present", .node($0.node), .pass) }
        let podFindings = ["vf.vlan", "gw.ping", "switch.mac"].flatMap { (check: CheckID) in
            pods.map { finding(check, .pod($0.pod), .pass) }
        }
        return record(findings: nodes + podFindings, chains: pods.map { chain($0) }, created: created)
    }()

    /// The VLAN of worker2's VF was not applied.
    static let vlanNotApplied: RunRecord = {
        let broken = Finding.Key(check: "vf.vlan", subject: .pod(pods[1].pod))
        var findings = pods.map { finding("pf.present", .node($0.node), .pass) }
        findings[0].judgement?.notes = [
            Note(code: "pf-mtu-differs", sentence: "worker1 eno2: MTU 9000, while net1 of sriov-pod-201-1 has 1500.")
        ]
        findings += pods.map { finding("vf.vlan", .pod($0.pod), .pass) }
        findings[4] = finding(
            "vf.vlan", .pod(pods[1].pod), .fail, title: "the PF tags the pod's VF with the network's VLAN",
            judgement: Judgement(
                .fail, code: "VLANMismatch",
                sentence: "worker2 eno2: VF 2 has no VLAN, expected 201 (NAD default/sriov-201)",
                expected: "vlan 201", seen: "no vlan", next: "ssh worker2 ip -d link show dev eno2", evidence: [EvidenceID(7)]))
        findings += pods.map { finding("gw.ping", .pod($0.pod), .pass) }
        findings[7] = finding(
            "gw.ping", .pod(pods[1].pod), .skipped,
            judgement: Judgement(
                .fail, code: "GatewaySilent", sentence: "sriov-pod-201-2: 192.168.201.1 answered 0 of 3 pings out of net1"),
            blockedBy: [broken])
        let diagnosis = Diagnosis(
            code: "VLANNotApplied", cause: broken,
            sentence: "The CNI did not set VLAN 201 on VF 2 of worker2 eno2, so the pod sends untagged frames.",
            ruledOut: ["A wrong NAD: default/sriov-201 asks for VLAN 201, and worker1 and worker3 have it."],
            next: "ssh worker2 journalctl -u kubelet | grep sriov",
            consequences: [.init(check: "gw.ping", subject: .pod(pods[1].pod))], evidence: [EvidenceID(7)])
        return record(
            findings: findings,
            chains: [
                chain(pods[0]), chain(pods[1], node: .fail, l2: .skipped, l3: .skipped, path: .skipped), chain(pods[2]),
            ],
            diagnoses: [diagnosis], created: created)
    }()

    /// The switch does not answer.
    static let switchDead: RunRecord = {
        let sentence = "fabric-switch: no FDB of VLAN SRIOV_201: SSH timed out after 10 s at 192.0.2.7:22"
        let findings =
            pods.map { finding("vf.vlan", .pod($0.pod), .pass) }
            + pods.map {
                finding(
                    "switch.mac", .pod($0.pod), .inconclusive,
                    judgement: Judgement(
                        .inconclusive, code: "SwitchUnreachable", sentence: sentence, next: "ssh fabric-switch",
                        evidence: [EvidenceID(12)]))
            }
        return record(
            findings: findings, chains: pods.map { chain($0, l2: .inconclusive, l3: .inconclusive) }, created: created)
    }()

    /// It ended before the first check.
    static let stopped = record(
        findings: [], ending: .stopped,
        stopReason: "https://127.0.0.1:6443: the server refuses to list nodes (403): user jane may not; see plumbline rbac")

    /// SIGINT, and one pod that would not go.
    static let interrupted: RunRecord = {
        var left = created
        left[2].verifiedGone = false
        return record(
            findings: [finding("pf.present", .node("worker1"), .pass)], ending: .interrupted,
            stopReason: "interrupted while waiting for 3 pods to run", created: left)
    }()

    /// All passed, but an object could not be removed.
    static let leftovers: RunRecord = {
        var record = passed
        record.created[1].verifiedGone = false
        return record
    }()

    /// A prerequisite failed that stopped nothing selected.
    static let onlyPrerequisiteFailed = record(findings: [
        finding("pf.present", .node("worker1"), .fail, isPrerequisite: true),
        finding("nad.valid", .network("default/sriov-201"), .pass),
    ])

    /// Everything was deselected.
    static let nothingSelected = record(findings: [
        Finding(
            key: .init(check: "pf.present", subject: .node("worker1")), title: "the PF is up", verdict: .skipped, judgement: nil,
            skipReason: "deselected by --only", moment: .baseline, attempts: 0)
    ])

    /// What devices send to make a terminal, a parser or a page misbehave.
    static let hostile: RunRecord = {
        let nasty = "fabric-switch said: \u{1b}[2J\u{1b}]0;gone\u{7}<b>\"&'\u{0}\u{b}\r\n::error::x ]]> \u{202e}txt"
        let judgement = Judgement(
            .fail, code: "NotUnderstood", sentence: nasty, expected: nasty, seen: nasty, next: nasty,
            notes: [Note(code: "banner", sentence: nasty)], evidence: [EvidenceID(7)])
        var record = Self.record(
            findings: [finding("switch.mac", .pod(pods[0].pod), .fail, title: nasty, judgement: judgement)],
            chains: [chain(pods[0])], stopReason: nasty)
        record.chains[0].links[0].text = nasty
        record.headerNotes = [nasty]
        return record
    }()

    static let all: [(name: String, record: RunRecord)] = [
        ("passed", passed), ("vlan-not-applied", vlanNotApplied), ("switch-dead", switchDead), ("stopped", stopped),
        ("interrupted", interrupted), ("leftovers", leftovers), ("only-prerequisite-failed", onlyPrerequisiteFailed),
        ("nothing-selected", nothingSelected), ("hostile", hostile),
    ]
}
