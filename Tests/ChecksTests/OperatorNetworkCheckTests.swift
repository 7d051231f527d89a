import Facts
import Testing
import Verdicts

@testable import Checks

@Suite struct OperatorNetworkCheckTests {
    private static let owner = "SriovNetwork.sriovnetwork.openshift.io/operator/sriov-201"

    private static func nad(
        owner: String? = owner, resource: ResourceName = "intel.com/intel_sriov_netdevice", vlan: Int? = 201,
        trust: String? = nil
    ) -> NetworkAttachmentDefinition {
        NetworkAttachmentDefinition(
            namespace: "default", name: "sriov-201", resource: resource,
            configuration: CNIConfiguration(type: "sriov", vlan: vlan, vlanQoS: 0, trust: trust), owner: owner)
    }

    private static func network(_ namespace: String = "default", vlan: Int = 201, trust: String? = nil) -> OperatorNetwork {
        OperatorNetwork(
            namespace: "operator", name: "sriov-201", networkNamespace: namespace, resource: "intel_sriov_netdevice", vlan: vlan,
            trust: trust)
    }

    private static func judge(_ nad: Lookup<NetworkAttachmentDefinition>, _ network: Lookup<OperatorNetwork>?) -> Judgement {
        var site = Site()
        let check = OperatorNetworkCheck(target: site.network, operatorNamespace: "operator")
        site.know(site.network.nad, nad)
        let request = OperatorNetworkRequest(namespace: "operator", name: "sriov-201")
        if let network { site.know(request, network) } else { site.fail(request, .refused) }
        return check.evaluate(site.facts)
    }

    @Test(
        "The NAD is held against the network it was written from",
        arguments: [
            (
                .present(nad()), .present(network()), .pass, "NADAsOperatorSays",
                "NAD default/sriov-201: as SriovNetwork operator/sriov-201 says: vlan 201, resource intel_sriov_netdevice"
            ),
            (
                .present(nad(owner: nil)), .absent(hint: "not found"), .pass, "NADMadeByHand",
                "NAD default/sriov-201: no SriovNetwork operator/sriov-201, and no owner is named: it is made by hand"
            ),
            (
                .present(nad()), .present(network(vlan: 202, trust: "on")), .fail, "NADDiffersFromOperator",
                "NAD default/sriov-201: it and SriovNetwork operator/sriov-201 disagree: vlan is 201, the SriovNetwork says 202; "
                    + "trust is left out, the SriovNetwork says on"
            ),
            (
                .present(nad(resource: "openshift.io/other", vlan: nil)), .present(network()), .fail, "NADDiffersFromOperator",
                "NAD default/sriov-201: it and SriovNetwork operator/sriov-201 disagree: resource is other, the SriovNetwork says "
                    + "intel_sriov_netdevice; vlan is left out, the SriovNetwork says 201"
            ),
            (
                .present(nad()), .present(network("apps")), .fail, "NADOtherNamespace",
                "NAD default/sriov-201: SriovNetwork operator/sriov-201 writes its NAD into namespace apps, not default"
            ),
            (
                .present(nad()), .absent(hint: "not found"), .fail, "OperatorNetworkGone",
                "NAD default/sriov-201: made from SriovNetwork operator/sriov-201, which is not there any more"
            ),
            (
                .absent(hint: "not found"), .present(network()), .fail, "NADNotWritten",
                "NAD default/sriov-201: SriovNetwork operator/sriov-201 is there, and the operator has not written its NAD"
            ),
            (
                .present(nad(owner: "SriovIBNetwork.sriovnetwork.openshift.io/operator/sriov-201")), nil, .inconclusive,
                "OtherNetworkKind", "NAD default/sriov-201: made from a SriovIBNetwork, which is not read here"
            ),
            (.present(nad()), nil, .inconclusive, "Refused", "cluster: no answer came"),
        ] as [(Lookup<NetworkAttachmentDefinition>, Lookup<OperatorNetwork>?, Verdict, String, String)])
    func judged(
        nad: Lookup<NetworkAttachmentDefinition>, network: Lookup<OperatorNetwork>?, verdict: Verdict, code: String,
        sentence: String
    ) {
        let judgement = Self.judge(nad, network)
        #expect(judgement.verdict == verdict && judgement.code == code)
        #expect(judgement.sentence == sentence)
    }

    @Test("A NAD of an application's own namespace is asked about there")
    func elsewhere() {
        var site = Site()
        let check = OperatorNetworkCheck(target: site.network, operatorNamespace: "operator")
        site.know(site.network.nad, .present(Self.nad(owner: "SriovNetwork.sriovnetwork.openshift.io/apps/red")))
        #expect(
            check.needs(known: site.facts).contains(Need(OperatorNetworkRequest(namespace: "apps", name: "red"), at: .plumbed)))
    }
}
