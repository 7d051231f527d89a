import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("Before anything is created")
struct PreflightCheckTests {
    private let pf = PhysicalFunctionRequest(node: "worker2", pf: "eno2")
    private let resource = ResourceName("intel.com/intel_sriov_netdevice")

    private func site(_ change: (inout Site) -> Void) -> Site {
        var site = Site.healthy()
        change(&site)
        return site
    }

    @Test(arguments: [
        (Site.pf(), Verdict.pass, "PFPresent"), (Site.pf(carrier: false), .fail, "PFNoCarrier"),
        (Site.pf(carrier: nil, operState: "down"), .fail, "PFDown"), (Site.pf(total: nil), .fail, "SRIOVUnavailable"),
        (Site.pf(carrier: nil), .inconclusive, "CarrierUnknown"),
    ])
    func thePF(state: PhysicalFunction, verdict: Verdict, code: String) {
        let site = site { $0.know(pf, .present(state), at: .baseline) }
        let judgement = site.judge(PFPresentCheck(target: site.node))
        #expect(judgement.verdict == verdict)
        #expect(judgement.code == code)
    }

    @Test func aMissingPFFails() {
        let site = site { $0.know(pf, .absent(hint: "it has eno1, eno3"), at: .baseline) }
        #expect(
            site.judge(PFPresentCheck(target: site.node)).sentence
                == "worker2 eno2: the node has no such interface (it has eno1, eno3)")
    }

    @Test(arguments: [(8, Verdict.pass, "VFCountRight"), (0, .fail, "VFsNotCreated"), (4, .fail, "VFCountMismatch")])
    func theNumberOfVFs(count: Int, verdict: Verdict, code: String) {
        let site = site { $0.know(pf, .present(Site.pf(count: count)), at: .baseline) }
        let judgement = site.judge(VFCountCheck(target: site.node))
        #expect(judgement.verdict == verdict)
        #expect(judgement.code == code)
    }

    private static func message(
        _ fault: KernelMessage.Fault, _ text: String, at address: String? = "0000:01:00.1", vf: Int? = nil
    ) -> KernelMessage {
        var message = KernelMessage(fault: fault, text: text)
        message.time = "12.5"
        message.pciAddress = address.flatMap { PCIAddress($0) }
        message.vf = vf
        return message
    }

    private static let room = message(.mmioTooSmall, "not enough MMIO resources for SR-IOV")
    private static let echo =
        "echo 8 > /sys/class/net/eno2/device/sriov_numvfs on worker2, and make it last (udev rule or unit); then restart its device plugin "
        + "pod"
    private static let roomAdvice =
        "make room for the VFs' registers: switch on 'above 4G decoding' and SR-IOV in the BIOS, or boot with pci=realloc"

    @Test(
        "the kernel's log is asked only where VFs are amiss, stands beside the verdict, and never decides one",
        arguments: [
            // VFs, the log's lines (nil: it could not be read), the verdict, notes, what to do.
            (8, [room], Verdict.pass, [], nil),
            (0, [], .fail, [], echo),
            (
                0, [room], .fail,
                ["worker2 eno2: the kernel says of 0000:01:00.1 at 12.5: 'not enough MMIO resources for SR-IOV'"], roomAdvice
            ),
            (
                4, [room, room], .fail,
                [
                    "worker2 eno2: the kernel says of 0000:01:00.1 at 12.5, last of 2 such lines: 'not enough MMIO resources for SR-IOV'"
                ], roomAdvice
            ),
            // Of a VF beside the PF, of the card's other port, of a fault of another kind.
            (
                4, [message(.vfEnableFailed, "unknown header type 7f, ignoring device", at: "0000:01:12.1")], .fail,
                ["worker2 eno2: the kernel says of 0000:01:12.1 at 12.5: 'unknown header type 7f, ignoring device'"],
                "ssh worker2 cat /sys/class/net/eno2/device/sriov_numvfs"
            ),
            (0, [message(.mmioTooSmall, "x", at: "0000:01:00.0"), message(.linkDown, "x")], .fail, [], echo),
            (
                0, nil, .fail,
                [
                    "worker2: its kernel log could not be read, so what the kernel says of eno2 is not known: worker2: no answer came; look "
                        + "yourself: ssh worker2 sudo dmesg"
                ], echo
            ),
        ] as [(Int, [KernelMessage]?, Verdict, [String], String?)])
    func theKernelsLog(count: Int, log: [KernelMessage]?, verdict: Verdict, notes: [String], next: String?) {
        let request = KernelLogRequest(node: "worker2")
        let asked = site { $0.know(pf, .present(Site.pf(count: count)), at: .baseline) }
        let check = VFCountCheck(target: asked.node)
        let wants = check.needs(known: asked.facts).contains(Need(request, at: .baseline))
        #expect(wants == (verdict == .fail))
        let known = site { site in
            site.know(pf, .present(Site.pf(count: count)), at: .baseline)
            if let log {
                site.know(request, Reading(rows: log, statedEmpty: log.isEmpty, form: "text"), at: .baseline)
            } else {
                site.fail(request, .refused, at: .baseline)
            }
        }
        let judgement = known.judge(check)
        #expect(judgement.verdict == verdict)
        #expect(judgement.notes.map(\.sentence) == notes)
        #expect(judgement.next == next)
    }

    @Test("a VF without a driver is explained by its driver's own line, a PF without carrier by when it went down")
    func theKernelOfDriverAndLink() {
        let request = KernelLogRequest(node: "worker2")
        let driver = site { site in
            var devices = Site.devices()
            devices[3].driver = nil
            site.know(VFDevicesRequest(node: "worker2", pf: "eno2"), devices, at: .baseline)
            let line = Self.message(.pfUnreachable, "PF still in reset state.  Is the PF interface up?", at: "0000:01:10.7")
            site.know(request, Reading(rows: [line], form: "text"), at: .baseline)
        }.judge(VFDriverCheck(target: Site().node))
        #expect(driver.code == "VFDriverMismatch" && driver.notes.map(\.code) == ["kernel-log"])
        #expect(driver.next == "set the PF up and load its driver, then bind the VF to its driver again")
        let link = site { site in
            site.know(pf, .present(Site.pf(carrier: false)), at: .baseline)
            site.know(request, Reading(rows: [Self.message(.linkDown, "NIC Link is Down")], form: "text"), at: .baseline)
        }.judge(PFPresentCheck(target: Site().node))
        #expect(link.code == "PFNoCarrier" && link.next == "check the cable and the switch port")
        #expect(
            link.notes.map(\.sentence) == ["worker2 eno2: the kernel says of 0000:01:00.1 at 12.5: 'NIC Link is Down'"])
    }

    @Test func aVFOnAnotherDriverIsNamed() {
        let site = site { site in
            var devices = Site.devices()
            devices[3].driver = "vfio-pci"
            site.know(VFDevicesRequest(node: "worker2", pf: "eno2"), devices, at: .baseline)
        }
        let judgement = site.judge(VFDriverCheck(target: site.node))
        #expect(judgement.sentence == "worker2 eno2: VF 3 at 0000:01:10.7 has driver vfio-pci, expected ixgbevf")
    }

    @Test(arguments: [
        ("-rwxr-xr-x", "x86_64", nil as String?, Verdict.pass, "CNIBinaryPresent"),
        ("-rw-r--r--", "x86_64", nil, .fail, "CNIBinaryNotExecutable"),
        ("-rwxr-xr-x", "aarch64", nil, .fail, "CNIBinaryWrongArchitecture"),
        ("-rwxr-xr-x", "x86_64", "exec format error", .fail, "CNIBinaryDoesNotRun"),
    ])
    func theCNIBinary(mode: String, machine: String, problem: String?, verdict: Verdict, code: String) {
        let site = site { site in
            site.know(
                CNIInstallationRequest(node: "worker2"),
                CNIInstallation(
                    configurationFiles: ["00-multus.conf"],
                    binary: .init(
                        path: "/opt/cni/bin/sriov", mode: mode, machine: machine,
                        supportedVersions: problem == nil ? ["0.3.1", "1.0.0"] : nil, runProblem: problem), nodeMachine: "x86_64"),
                at: .baseline)
        }
        let judgement = site.judge(CNIBinaryCheck(target: site.node))
        #expect(judgement.verdict == verdict)
        #expect(judgement.code == code)
    }

    @Test func aMissingCNIBinaryFails() {
        let site = site { site in
            site.know(
                CNIInstallationRequest(node: "worker2"),
                CNIInstallation(configurationFiles: [], binary: nil, nodeMachine: "x86_64"), at: .baseline)
        }
        #expect(site.judge(CNIBinaryCheck(target: site.node)).code == "CNIBinaryMissing")
    }

    @Test(
        arguments: [
            (8, 8, Verdict.pass, "AllocatableRight"), (4, 4, .fail, "AllocatableStale"), (0, 8, .fail, "DevicesUnhealthy"),
            (nil, nil, .fail, "ResourceNotOffered"),
        ] as [(Int?, Int?, Verdict, String)])
    func allocatable(allocatable: Int?, capacity: Int?, verdict: Verdict, code: String) {
        let site = site { site in
            let node = ClusterNode(
                name: "worker2", capacity: capacity.map { [resource: $0] } ?? [:],
                allocatable: allocatable.map { [resource: $0] } ?? [:],
                ready: "True")
            site.know(ClusterNodeRequest(node: "worker2"), .present(node), at: .baseline)
        }
        let judgement = site.judge(AllocatableCheck(target: site.node))
        #expect(judgement.verdict == verdict)
        #expect(judgement.code == code)
    }

    @Test func aSelectorThatMatchesNothingSaysWhichTermLeavesTheVFOut() {
        let site = site { site in
            let selector = DevicePluginConfig.Selector(vendors: ["8086"], devices: ["154c"], drivers: ["ixgbevf"])
            site.know(
                DevicePluginConfigRequest(namespace: "kube-system", name: "sriovdp-config"),
                .present(DevicePluginConfig(resources: [.init(name: "intel_sriov_netdevice", selectors: [selector])])),
                at: .baseline)
        }
        let judgement = site.judge(DevicePluginConfigCheck(namespace: "kube-system", name: "sriovdp-config", nodes: [site.node]))
        #expect(judgement.code == "SelectorMatchesNothing")
        #expect(judgement.sentence.contains("0000:01:10.1 is left out because devices [\"154c\"] does not have 1515"))
    }

    @Test(
        "Where each node has a configuration of its own that of the node decides; keys that are no node's name serve all",
        arguments: [
            (["worker2": "1515", "worker3": "154c"], "DevicePluginConfigRight", ""),
            (["worker2": "154c", "worker3": "1515"], "SelectorMatchesNothing", "devices [\"154c\"] does not have 1515"),
            (
                ["worker1": "1515", "worker2": nil], "ResourceNotConfigured",
                "no resource intel.com/intel_sriov_netdevice for worker2"
            ),
            (["pool-a": "1515", "pool-b": "154c"], "DevicePluginConfigRight", ""),
        ] as [([String: String?], String, String)])
    func configurationsOfNodes(devices: [String: String?], code: String, words: String) {
        let site = site { site in
            let ofNodes = devices.mapValues { device in
                device.map { [DevicePluginConfig.Resource(name: "intel_sriov_netdevice", selectors: [.init(devices: [$0])])] }
                    ?? []
            }
            let all = DevicePluginConfig.Resource(
                name: "intel_sriov_netdevice", selectors: ofNodes.values.flatMap { $0 }.flatMap(\.selectors))
            site.know(
                DevicePluginConfigRequest(namespace: "operator", name: "device-plugin-config"),
                .present(DevicePluginConfig(resources: [all], ofNodes: ofNodes)), at: .baseline)
        }
        let judgement = site.judge(
            DevicePluginConfigCheck(namespace: "operator", name: "device-plugin-config", nodes: [site.node]))
        #expect(judgement.code == code, "\(judgement.sentence)")
        #expect(words.isEmpty || judgement.sentence.contains(words), "\(judgement.sentence)")
    }

    @Test(
        "A prefix that the plugin was started with stands in no ConfigMap: the name is enough, and it is noted",
        arguments: [
            ("openshift.io/intel_sriov_netdevice", Verdict.pass, ["selector-names-no-pf", "prefix-not-in-configmap"]),
            ("openshift.io/other", .fail, []),
        ] as [(ResourceName, Verdict, [String])])
    func prefix(wanted: ResourceName, verdict: Verdict, notes: [String]) {
        var site = site { site in
            let selector = DevicePluginConfig.Selector(vendors: ["8086"], devices: ["1515"], drivers: ["ixgbevf"])
            site.know(
                DevicePluginConfigRequest(namespace: "operator", name: "device-plugin-config"),
                .present(DevicePluginConfig(resources: [.init(name: "intel_sriov_netdevice", selectors: [selector])])),
                at: .baseline)
        }
        site.node.resources = [wanted]
        let judgement = site.judge(
            DevicePluginConfigCheck(namespace: "operator", name: "device-plugin-config", nodes: [site.node]))
        #expect(judgement.verdict == verdict, "\(judgement.sentence)")
        #expect(Set(judgement.notes.map(\.code)).isSuperset(of: notes.suffix(1)))
        #expect(
            judgement.notes.first { $0.code == "prefix-not-in-configmap" }?.sentence
                == notes.last.map { _ in
                    "ConfigMap operator/device-plugin-config: names openshift.io/intel_sriov_netdevice without its prefix, which the plugin's "
                        + "--resource-prefix gives"
                })
    }

    @Test func theIOMMUIsANoteWhereOnlyNetdevVFsAre() {
        let site = site { site in
            let state = KernelState(commandLine: "ro quiet", iommuGroups: 0, release: "6.1", machine: "x86_64")
            site.know(KernelStateRequest(node: "worker2"), state, at: .baseline)
        }
        let judgement = site.judge(IOMMUCheck(target: site.node))
        #expect(judgement.verdict == .pass)
        #expect(judgement.notes.map(\.code) == ["iommu-off"])
    }
}
