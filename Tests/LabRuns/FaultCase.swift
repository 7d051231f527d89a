internal import Facts

/// What a run on the seed's site has to find of a fault at a place, and on the emulated site as well.
package struct FaultCase: Sendable, CustomStringConvertible {
    /// `NAME@PLACE`
    package let fault: String
    /// `check subject code`
    package let failing: [String]
    /// What cannot be looked at because of it, likewise; `check subject` of some where more is left unlooked at.
    package let inconclusive: [String]
    /// Whether it stops the run or hides a host, so that more than `inconclusive` cannot be looked at.
    package let hidesMore: Bool
    package var description: String { fault }

    private init(_ fault: String, failing: [String], code: String, inconclusive: [String] = []) {
        self.init(fault, failing.map { "\($0) \(code)" }, inconclusive: inconclusive)
    }

    private init(_ fault: String, _ failing: [String], inconclusive: [String] = [], hidesMore: Bool = false) {
        self.fault = fault
        self.failing = failing
        self.inconclusive = inconclusive
        self.hidesMore = hidesMore
    }

    package static func named(_ fault: String) -> FaultCase? { (all + hiding).first { $0.fault == fault } }

    /// Faults that stop the run or hide a host.
    package static let hiding = [
        FaultCase("duplicate-address@192.168.201.2", ["pod.deploy sriov-pod-201-1 AddressInUse"], hidesMore: true),
        FaultCase("host-down@worker2", [], inconclusive: ["vf.count worker2"], hidesMore: true),
    ]

    private static func pod(_ worker: Int) -> String { "sriov-pod-201-\(worker)" }

    package static let all: [FaultCase] =
        (1...3).flatMap { worker -> [FaultCase] in
            let node = "worker\(worker)"
            return [
                FaultCase("vfs-not-persisted@\(node)", failing: ["vf.count \(node)"], code: "VFsNotCreated"),
                FaultCase("vfs-refused@\(node)", failing: ["vf.count \(node)"], code: "VFsNotCreated"),
                FaultCase("vf-refuses-vlan@\(node)", failing: ["pod.deploy \(pod(worker))"], code: "VLANRefused"),
                FaultCase("vf-not-reset@\(node)", failing: ["teardown.clean \(pod(worker))"], code: "VFNotReset"),
                FaultCase("stale-allocatable@\(node)", failing: ["node.allocatable \(node)"], code: "AllocatableStale"),
                FaultCase("no-free-vf@\(node)", failing: ["pod.deploy \(pod(worker))"], code: "NoFreeVF"),
                FaultCase("multus-not-running@\(node)", failing: ["pod.netstatus \(pod(worker))"], code: "MultusNotRunning"),
                FaultCase("cni-binary-missing@\(node)", failing: ["cni.binary \(node)"], code: "CNIBinaryMissing"),
                FaultCase("vlan-not-applied@\(node)", failing: ["vf.vlan \(pod(worker))"], code: "VLANNotApplied"),
                FaultCase("wrong-vlan@\(node)", failing: ["vf.vlan \(pod(worker))"], code: "VLANMismatch"),
                FaultCase("vlan-not-trunked@\(node)", failing: ["switch.vlan \(pod(worker))"], code: "VLANNotTrunked"),
                FaultCase("port-blocked@\(node)", failing: ["switch.vlan \(pod(worker))"], code: "PortBlocked"),
                FaultCase("miscabled-port@\(node)", failing: ["switch.mac \(pod(worker))"], code: "MACOnWrongPort"),
                FaultCase("selector-matches-nothing@\(node)", failing: ["vf.driver \(node)"], code: "VFKindMismatch"),
                FaultCase(
                    "vlan-not-trunked@\(["ge-0/0/9", "ge-0/0/1", "ge-0/0/19"][worker - 1])",
                    failing: ["switch.vlan \(pod(worker))"], code: "VLANNotTrunked"),
                FaultCase(
                    "wrong-static-arp@192.168.201.\(worker + 1)", failing: ["switch.arp \(pod(worker))"], code: "ARPStaticWrong"),
                FaultCase("wrong-static-arp@\(node)", failing: ["switch.arp \(pod(worker))"], code: "ARPStaticWrong"),
            ]
        } + [
            FaultCase("selector-matches-nothing@cluster", failing: ["dp.config cluster"], code: "SelectorMatchesNothing"),
            FaultCase(
                "multus-not-running@cluster", failing: (1...3).map { "pod.netstatus \(pod($0))" }, code: "MultusNotRunning"),
            FaultCase(
                "gateway-interface-down@vlan.201", failing: ["gateway.interface default/sriov-201"], code: "GatewayInterfaceDown"),
        ]
        + [
            FaultCase("gateway-wrong-address@vlan.201", failing: (1...3).map { "switch.arp \(pod($0))" }, code: "ARPMissing"),
            FaultCase("gateway-ignores-echo@vlan.201", failing: (1...3).map { "gw.ping \(pod($0))" }, code: "GatewaySilent"),
        ] + (1...3).flatMap(onNode)

    /// Faults of a node and of the pod on it.
    private static func onNode(_ worker: Int) -> [FaultCase] {
        let (node, pod) = ("worker\(worker)", pod(worker))
        return [
            FaultCase("pf-down@\(node)", ["pf.present \(node) PFDown"]),
            FaultCase("cable-pulled@\(node)", ["pf.present \(node) PFDown"]),
            // The port takes tagged frames of its own VLAN in, so the MAC is learned; what comes back has no tag.
            FaultCase("access-port@\(node)", ["gw.ping \(pod) GatewayUnreachable"]),
            FaultCase("port-one-way@\(node)", ["gw.ping \(pod) GatewayUnreachable"]),
            FaultCase("duplicate-mac@\(node)", ["switch.mac \(pod) MACOnWrongPort"]),
            FaultCase("pod-mac-changed@\(node)", []),
            FaultCase("admin-mac-changed@\(node)", ["vf.mac \(pod) MACMismatch"]),
            FaultCase("wrong-subnet@\(node)", ["pod.net1 \(pod) AddressMismatch"]),
            FaultCase(
                "pod-interface-down@\(node)", ["pod.net1 \(pod) InterfaceDown"],
                inconclusive: ["switch.mac \(pod) NoTraffic", "switch.arp \(pod) NoTraffic"]),
            FaultCase("vfs-taken-away@\(node)", ["pod.net1 \(pod) InterfaceMissing", "pod.vf \(pod) VFOfOtherPF"]),
            FaultCase("sandbox-lost@\(node)", ["teardown.clean \(pod) VFNotReset"]),
            FaultCase("vf-not-returned@\(node)", ["teardown.clean \(pod) VFNotReturned"]),
        ]
    }
}

extension LabRun {
    /// What is otherwise than planted faults, each on another node or pod, have to make it: a line each.
    package func differences(from cases: [FaultCase]) -> [String] {
        let failing = Set(cases.flatMap(\.failing))
        let hides = cases.contains(where: \.hidesMore)
        let inconclusive = hides ? Set(verdicts("inconclusive")) : coded("inconclusive")
        let hidden = Set(cases.flatMap(\.inconclusive))
        let status: Int32 = !failing.isEmpty ? 1 : hides || !hidden.isEmpty ? 3 : 0
        var lines = exit == status ? [] : ["exit \(exit), expected \(status)"]
        let failed = coded("fail")
        lines += failing.subtracting(failed).sorted().map { "not failed: \($0)" }
        lines += failed.subtracting(failing).sorted().map { "failed: \($0)" }
        lines += hidden.subtracting(inconclusive).sorted().map { "not inconclusive: \($0)" }
        if !hides { lines += inconclusive.subtracting(hidden).sorted().map { "inconclusive: \($0)" } }
        let causes = Set(verdicts("fail"))
        for finding in findings where finding.verdict == "skipped" {
            if finding.blockedBy.isEmpty || !Set(finding.blockedBy).isSubset(of: causes) {
                lines.append("blocked by \(finding.blockedBy), which did not fail: \(finding.key)")
            }
        }
        return lines
    }

    /// Findings of this verdict as `check subject code`.
    package func coded(_ verdict: String) -> Set<String> {
        Set(findings.filter { $0.verdict == verdict }.map { "\($0.key) \($0.code)" })
    }

    /// Codes of the notes on one finding, `check subject`.
    package func noteCodes(_ key: String) -> [String] {
        let finding = record["findings"]?.elements?.first {
            "\($0["check"]?.text ?? "") \($0["subject"]?["name"]?.text ?? "")" == key
        }
        return (finding?["judgement"]?["notes"]?.elements ?? []).compactMap { $0["code"]?.text }
    }
}
