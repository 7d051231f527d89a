import Facts
import Testing
import Verdicts

@testable import Checks

@Suite struct OperatorPolicyCheckTests {
    private static let request = OperatorPoliciesRequest(namespace: "sriov-network-operator")

    private static func policy(
        _ name: String = "vfs", _ resource: String = "intel_sriov_netdevice", priority: Int = 50, vfs: Int = 8,
        node: [String: String] = ["zone": "a"], nics: OperatorPolicy.NICSelector = .init(pfNames: [.init("eno2")]),
        type: String = "netdevice", external: Bool = false
    ) -> OperatorPolicy {
        OperatorPolicy(
            name: name, resource: resource, priority: priority, numVFs: vfs, nodeSelector: node, nics: nics, deviceType: type,
            isExternallyManaged: external)
    }

    private static func site(_ policies: Lookup<[OperatorPolicy]>?, pf: PhysicalFunction? = nil, nodeAnswers: Bool = true)
        -> Site
    {
        var site = Site()
        if let policies {
            site.know(request, policies, at: .baseline)
        } else {
            site.fail(request, .refused, at: .baseline)
        }
        site.know(
            ClusterNodeRequest(node: "worker2"), .present(ClusterNode(name: "worker2", labels: ["zone": "a"])), at: .baseline)
        site.know(site.node.vfDevices, Site.devices(), at: .baseline)
        guard nodeAnswers else {
            site.fail(site.node.physicalFunction, at: .baseline)
            return site
        }
        var function = Site.pf()
        function.vendor = "8086"
        function.device = "1528"
        site.know(site.node.physicalFunction, .present(pf ?? function), at: .baseline)
        return site
    }

    @Test(
        "What the policies ask for is held against the node, and the node decides",
        arguments: [
            (
                .present([policy()]), .pass, "PolicyApplied",
                "worker2 eno2: vfs asks for 8 VFs as intel_sriov_netdevice, as the node has"
            ),
            (
                .present([policy(nics: .init(vendor: "8086", device: "1528", rootDevices: ["0000:01:00.1"]))]), .pass,
                "PolicyApplied", "worker2 eno2: vfs asks for 8 VFs as intel_sriov_netdevice, as the node has"
            ),
            (
                .present([policy(vfs: 4, external: true)]), .pass, "PolicyApplied",
                "worker2 eno2: vfs asks for 4 VFs as intel_sriov_netdevice, as the node has"
            ),
            (
                .present([policy(), policy("more", priority: 10, vfs: 9)]), .fail, "PolicyNotApplied",
                "worker2 eno2: policy more (priority 10) asks for 9 VFs, the node has 8, and the node decides"
            ),
            (
                .present([policy(vfs: 9, external: true)]), .fail, "PolicyNotApplied",
                "worker2 eno2: policy vfs (priority 50) asks for at least 9 VFs, the node has 8, and the node decides"
            ),
            (
                .present([policy("vfs", "other")]), .fail, "PolicyOtherResource",
                "worker2 eno2: policy vfs (priority 50) gives its VFs to other, expected intel.com/intel_sriov_netdevice"
            ),
            (
                .present([policy(type: "vfio-pci")]), .fail, "PolicyOtherDriver",
                "worker2 eno2: policy vfs asks for deviceType vfio-pci, VF 0 has driver ixgbevf, and the node decides"
            ),
            (
                .present([
                    policy("far", node: ["zone": "b"]), policy("card", nics: .init(pfNames: [.init("eno3")])),
                    policy("default"), policy("nothing", nics: .init()), policy("zero", vfs: 0),
                ]), .fail, "PolicyMissing",
                "worker2 eno2: no policy in sriov-network-operator selects it: card means other cards; far wants a node with "
                    + "zone=b; nothing means other cards; zero asks for 0 VFs"
            ),
            (
                .present([]), .fail, "PolicyMissing",
                "worker2 eno2: no policy in sriov-network-operator selects it: there is none"
            ),
            (
                .absent(hint: "page not found"), .fail, "PolicyMissing",
                "worker2 eno2: the cluster knows no SriovNetworkNodePolicies (page not found)"
            ),
            (
                .present([policy(nics: .init(pfNames: [.init("eno2")], netFilter: "aws/NetworkID:a"))]), .inconclusive,
                "PolicyUnclear", "worker2 eno2: whether policy vfs selects it cannot be told from what the node shows"
            ),
            (nil, .inconclusive, "Refused", "cluster: no answer came"),
        ] as [(Lookup<[OperatorPolicy]>?, Verdict, String, String)])
    func judged(policies: Lookup<[OperatorPolicy]>?, verdict: Verdict, code: String, sentence: String) {
        let site = Self.site(policies)
        let judgement = OperatorPolicyCheck(target: site.node, request: Self.request).evaluate(site.facts)
        #expect(judgement.verdict == verdict && judgement.code == code)
        #expect(judgement.sentence == sentence)
    }

    @Test("Where the node cannot be asked nothing is judged")
    func unread() {
        let site = Self.site(.present([Self.policy()]), nodeAnswers: false)
        let judgement = OperatorPolicyCheck(target: site.node, request: Self.request).evaluate(site.facts)
        #expect(judgement.verdict == .inconclusive && judgement.sentence == "worker2: no answer came")
    }

    @Test("A policy of which nothing is left is a note")
    func overridden() {
        let site = Self.site(.present([Self.policy("low", "low", priority: 99, vfs: 4), Self.policy()]))
        let judgement = OperatorPolicyCheck(target: site.node, request: Self.request).evaluate(site.facts)
        #expect(judgement.verdict == .pass)
        #expect(
            judgement.notes.map(\.sentence) == [
                "worker2 eno2: policy low (priority 99) comes to nothing: vfs (priority 50) stands over it"
            ])
    }

    /// Policies in any order; resources of the groups, newest first, and the number of VFs.
    @Test(
        "Which policy wins: the lower number, then the later name; parts that do not overlap stand beside each other",
        arguments: [
            ([policy("a", "a", priority: 10, vfs: 2), policy("b", "b", priority: 20, vfs: 4)], ["a"], 2),
            ([policy("a", "a", vfs: 2), policy("b", "b", vfs: 4)], ["b"], 4),
            ([policy("b", "b", vfs: 2), policy("a", "a", vfs: 4)], ["b"], 4),
            (
                [
                    policy("a", "a", priority: 10, vfs: 4, nics: .init(pfNames: [.init("eno2", vfs: 0...1)])),
                    policy("b", "b", priority: 20, vfs: 8, nics: .init(pfNames: [.init("eno2", vfs: 2...7)])),
                ], ["a", "b"], 8
            ),
            (
                [
                    policy("a", "a", priority: 10, vfs: 4, nics: .init(pfNames: [.init("eno2", vfs: 0...2)])),
                    policy("b", "b", priority: 20, vfs: 8, nics: .init(pfNames: [.init("eno2", vfs: 2...7)])),
                ], ["a"], 4
            ),
        ] as [([OperatorPolicy], [String], Int)])
    func winners(policies: [OperatorPolicy], resources: [String], count: Int) throws {
        for order in [policies, policies.reversed()] {
            let outcome = try #require(PolicyOutcome.of(order, labels: ["zone": "a"], Site.pf()))
            #expect(outcome.groups.map(\.resource) == resources && outcome.numVFs == count)
        }
    }
}
