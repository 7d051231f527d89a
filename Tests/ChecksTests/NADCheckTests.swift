import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The NAD names resource and VLAN")
struct NADCheckTests {
    private static let resource = ResourceName("intel.com/intel_sriov_netdevice")
    private static let other = ResourceName("intel.com/other")

    /// The seed's NAD, but for what a test changes.
    private static func nad(_ change: (inout NetworkAttachmentDefinition) -> Void = { _ in }) -> NetworkAttachmentDefinition {
        var nad = NetworkAttachmentDefinition(
            namespace: "default", name: "sriov-201", resource: resource,
            configuration: CNIConfiguration(type: "sriov", cniVersion: "0.3.1", vlan: 201))
        change(&nad)
        return nad
    }

    /// worker2 offers the resource; the NAD is what the lookup says.
    private func judge(_ lookup: Lookup<NetworkAttachmentDefinition>, offered: [ResourceName: Int] = [resource: 8]) -> Judgement {
        var site = Site.healthy()
        site.know(NADRequest(namespace: "default", name: "sriov-201"), lookup)
        let node = ClusterNode(name: "worker2", capacity: offered, allocatable: offered, ready: "True")
        site.know(ClusterNodeRequest(node: "worker2"), .present(node), at: .baseline)
        return site.judge(NADCheck(target: site.network, nodes: [site.node]))
    }

    @Test func theSeedsNADPasses() {
        let judgement = judge(.present(Self.nad()))
        #expect(judgement.verdict == .pass)
        #expect(
            judgement.sentence == "NAD default/sriov-201: type sriov, vlan 201, resource intel.com/intel_sriov_netdevice")
    }

    @Test(
        arguments: [
            (nad { $0.configuration?.vlan = 200 }, "NADOtherVLAN", "vlan 200, expected vlan 201"),
            (nad { $0.configuration?.vlan = nil }, "NADOtherVLAN", "no vlan key, expected vlan 201"),
            (
                nad { $0.resource = nil }, "NADWithoutResource",
                "the annotation k8s.v1.cni.cncf.io/resourceName is missing, so Multus passes no device to the plugin"
            ),
            (
                nad { $0.resource = other }, "NADOtherResource",
                "resource intel.com/other, expected intel.com/intel_sriov_netdevice"
            ),
            (
                nad { $0.configuration?.type = "macvlan" }, "NADOtherType",
                "spec.config is of type macvlan, expected sriov"
            ),
            (
                nad { $0.configuration?.type = nil }, "NADIncomplete",
                "spec.config has no type or cniVersion, which Multus needs"
            ),
            (
                nad { $0.configurationProblem = "line 3: expected a comma" }, "NADConfigUnreadable",
                "spec.config is no CNI configuration: line 3: expected a comma"
            ),
        ] as [(NetworkAttachmentDefinition, String, String)])
    func whatIsWrongInItIsNamed(nad: NetworkAttachmentDefinition, code: String, sentence: String) {
        let judgement = judge(.present(nad))
        #expect(judgement.verdict == .fail)
        #expect(judgement.code == code)
        #expect(judgement.sentence == "NAD default/sriov-201: \(sentence)")
    }

    @Test func aResourceThatNoNodeOffersIsNamedBesideThoseThatAre() {
        let judgement = judge(.present(Self.nad()), offered: [Self.other: 8, "cpu": 4])
        #expect(judgement.verdict == .fail)
        #expect(
            judgement.sentence
                == "NAD default/sriov-201: no node offers intel.com/intel_sriov_netdevice; offered are intel.com/other")
    }

    @Test func aMissingNADFails() {
        let judgement = judge(.absent(hint: "the namespace has none"))
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence == "NAD default/sriov-201: not there (the namespace has none)")
    }

    @Test func anEmptyConfigurationIsReadByMultusOnTheNodeSoNothingIsSaidOfIt() {
        let judgement = judge(.present(Self.nad { $0.configuration = nil }))
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.code == "NADConfigOnNode")
    }

    @Test func anAPIThatDoesNotAnswerIsInconclusive() {
        var site = Site.healthy()
        site.fail(NADRequest(namespace: "default", name: "sriov-201"))
        #expect(site.judge(NADCheck(target: site.network, nodes: [])).verdict == .inconclusive)
    }

    @Test(
        arguments: [
            (.refused(code: "ObjectExists", sentence: "it exists", next: nil), Verdict.fail, "ObjectExists"),
            (.refused(code: "CreationForbidden", sentence: "forbidden", next: nil), .inconclusive, "CreationForbidden"),
            (.notAttempted(reason: "worker2 is not reached"), .inconclusive, Judgement.notAsked),
        ] as [(CreationOutcome, Verdict, String)])
    func aRefusedCreationIsJudgedByWhatRefusedIt(outcome: CreationOutcome, verdict: Verdict, code: String) {
        var site = Site.healthy()
        let object = ObjectReference(kind: "NetworkAttachmentDefinition", namespace: "default", name: "sriov-201")
        site.know(CreationRequest(object: object), outcome)
        let judgement = site.judge(NADCheck(target: site.network, nodes: []))
        #expect(judgement.verdict == verdict)
        #expect(judgement.code == code)
    }
}
