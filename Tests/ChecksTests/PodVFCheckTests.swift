import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("Which VF a pod has")
struct PodVFCheckTests {
    private func verdict(_ change: (inout Site) -> Void) -> Judgement {
        var site = Site.healthy()
        change(&site)
        return site.judge(PodVFCheck(target: site.target, all: [site.target]))
    }

    private static func without(_ pod: inout PodState) {
        pod.networkStatus = [NetworkStatus(name: "default/sriov-201", interface: "net1", ips: [Site.address], mac: Site.mac)]
    }

    @Test func networkStatusNamesItFirst() {
        let judgement = verdict { _ in }
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "sriov-pod-201-2: VF 2 of worker2 eno2 at 0000:01:10.5, named by network-status")
    }

    @Test func podSysfsNamesItWhereNetworkStatusDoesNot() {
        let judgement = verdict { site in
            var pod = Site.pod()
            Self.without(&pod)
            site.know(PodStateRequest(pod: site.target.pod), .present(pod))
        }
        #expect(judgement.sentence.hasSuffix("named by the pod's sysfs"))
    }

    @Test func podStatusComesThirdThenTheCheckpointThenTheEnvironment() {
        let link = PodDeviceLinkRequest(pod: Site().target.pod, container: nil, interface: "net1")
        let resource = ResourceName("intel.com/intel_sriov_netdevice")
        let status = verdict { site in
            var pod = Site.pod()
            Self.without(&pod)
            pod.containers[0].allocatedDevices = [resource: ["0000:01:10.5"]]
            site.know(PodStateRequest(pod: site.target.pod), .present(pod))
            site.know(link, .absent(hint: "no link"))
        }
        #expect(status.sentence.hasSuffix("named by the pod's status"))
        let checkpoint = verdict { site in
            var pod = Site.pod()
            Self.without(&pod)
            site.know(PodStateRequest(pod: site.target.pod), .present(pod))
            site.know(link, .absent(hint: "no link"))
            site.know(
                DeviceAllocationsRequest(node: "worker2"),
                [DeviceAllocation(podUID: "u2", container: "c", resource: resource, deviceIDs: ["0000:01:10.5"])])
        }
        #expect(checkpoint.sentence.hasSuffix("named by the kubelet's checkpoint"))
        let environment = verdict { site in
            var pod = Site.pod()
            Self.without(&pod)
            site.know(PodStateRequest(pod: site.target.pod), .present(pod))
            site.know(link, .absent(hint: "no link"))
            site.know(DeviceAllocationsRequest(node: "worker2"), [])
            site.know(PodEnvironmentRequest(pod: site.target.pod, container: nil, resource: resource), .present([Site.pci]))
        }
        #expect(environment.sentence.hasSuffix("named by the container's environment"))
    }

    @Test func byMACAloneIsFlagged() {
        let judgement = verdict { site in
            var pod = Site.pod()
            Self.without(&pod)
            site.know(PodStateRequest(pod: site.target.pod), .present(pod))
            site.know(PodDeviceLinkRequest(pod: site.target.pod, container: nil, interface: "net1"), .absent(hint: "no link"))
        }
        #expect(judgement.verdict == .pass)
        #expect(judgement.notes.map(\.code) == ["vf-by-mac"])
    }

    @Test func nobodyLeftIsInconclusive() {
        let judgement = verdict { site in
            var pod = Site.pod()
            Self.without(&pod)
            site.know(PodStateRequest(pod: site.target.pod), .present(pod))
            site.know(PodDeviceLinkRequest(pod: site.target.pod, container: nil, interface: "net1"), .absent(hint: "no link"))
            site.know(VFTableRequest(node: "worker2", pf: "eno2"), Site.vfs())
        }
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.code == "VFUnknown")
    }

    @Test func aFunctionOfAnotherPFFails() {
        let judgement = verdict { site in
            var pod = Site.pod()
            pod.networkStatus?[0].pciAddress = PCIAddress("0000:08:10.0")
            site.know(PodStateRequest(pod: site.target.pod), .present(pod))
        }
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence == "sriov-pod-201-2: network-status names 0000:08:10.0, which is no VF of worker2 eno2")
    }

    @Test func witnessesThatDisagreeFail() {
        let judgement = verdict { site in
            site.know(
                PodDeviceLinkRequest(pod: site.target.pod, container: nil, interface: "net1"),
                .present(PCIAddress("0000:01:10.7")!))
        }
        #expect(judgement.code == "VFWitnessesDisagree")
    }

    @Test func anUnreachableNodeIsInconclusive() {
        let judgement = verdict { $0.fail(VFDevicesRequest(node: "worker2", pf: "eno2")) }
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.sentence == "worker2: no answer came")
    }
}
