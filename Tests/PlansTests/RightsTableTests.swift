import Checks
import Facts
import Scenarios
import Testing

@testable import Plans

@Suite("Rights that a plan needs")
struct RightsTableTests {
    private func lines(_ plan: Plan) -> [String] {
        plan.rights.map { "\($0.right)" + ($0.names.isEmpty ? "" : " (\($0.names.joined(separator: " ")))") }
    }

    @Test func theSeedsRunNeedsTheseAndNoMore() throws {
        let pods = "sriov-pod-201-1 sriov-pod-201-2 sriov-pod-201-3"
        #expect(
            lines(Plan(try PlanFixtures.scenario())) == [
                "get nodes (worker1 worker2 worker3)", "list events in default", "watch events in default",
                "get pods in default (\(pods))", "list pods in default", "watch pods in default", "create pods in default",
                "delete pods in default (\(pods))", "get pods/exec in default (\(pods))",
                "create pods/exec in default (\(pods))",
                "get leases in default (plumbline-vlan-201)", "list leases in default (plumbline-vlan-201)",
                "watch leases in default (plumbline-vlan-201)", "create leases in default",
                "delete leases in default (plumbline-vlan-201)",
                "get network-attachment-definitions in default (sriov-201)",
                "list network-attachment-definitions in default (sriov-201)",
                "watch network-attachment-definitions in default (sriov-201)",
                "create network-attachment-definitions in default",
                "delete network-attachment-definitions in default (sriov-201)",
                "get configmaps in kube-system (sriovdp-config)", "list pods in kube-system",
            ])
    }

    @Test func otherWitnessesAreReadWhereTheScenarioHasThem() throws {
        let plan = Plan(
            try PlanFixtures.scenario {
                $0.replacing("- name: sriov-201\n", with: "- name: sriov-201\n    existing: true\n")
                    .replacing(
                        "  nodeDefaults:", with: "  sriovOperator: {namespace: operator}\n  dynamicResources: {}\n  nodeDefaults:"
                    )
            })
        let others = lines(plan).filter { $0.contains("sriovnetwork") || $0.contains("resourceclaims") || $0.contains("slices") }
        #expect(
            Set(others) == [
                "get sriovnetworknodestates in operator (worker1 worker2 worker3)", "list sriovnetworknodepolicies in operator",
                "get sriovnetworks in operator (sriov-201)", "get sriovnetworks in default (sriov-201)",
                "get resourceclaims in default", "list resourceslices",
            ])
        // What a device plugin would be asked is not.
        #expect(!lines(plan).contains { $0.contains("kube-system") })
    }

    @Test func observingNeedsNoWrites() throws {
        let verbs = Set(
            Plan(try PlanFixtures.scenario(), mode: .observe).rights.filter { $0.right.resource != "pods/exec" }.map(\.right.verb)
        )
        #expect(verbs == [.get, .list])
    }

    @Test func whatIsNotSelectedNeedsNothing() throws {
        let plan = Plan(try PlanFixtures.scenario(), selector: try CheckSelector("vf.count"))
        #expect(lines(plan) == ["get nodes (worker1 worker2 worker3)"])
        // It creates nothing, so nothing is asked about rights.
        #expect(!plan.checks.contains { $0.check is RightsCheck })
    }

    @Test func aRunThatCreatesAsksFirstWhateverIsSelected() throws {
        let plan = Plan(try PlanFixtures.scenario(), selector: try CheckSelector("gw.ping@sriov-pod-201-1"))
        #expect(plan.checks.first?.check is RightsCheck)
        #expect(plan.checks.first?.isPrerequisite == true)
    }

    @Test func preflightAsksForTheRightsOfTheRun() throws {
        let scenario = try PlanFixtures.scenario()
        #expect(lines(Plan(scenario, mode: .preflight)) == lines(Plan(scenario)))
    }

    @Test func aNamespaceThatTheRunMakesIsRuledByAClusterRole() throws {
        let scenario = try PlanFixtures.scenario { text in
            text.replacing(
                "  timeouts:", with: "  namespace: sriov-test\n  createNamespace: {podSecurity: privileged}\n  timeouts:")
        }
        let plan = Plan(scenario)
        #expect(plan.madeNamespace == "sriov-test")
        #expect(plan.objectsWithLease(runID: "r", time: "t").prefix(2).map(\.reference.kind) == ["Namespace", "Lease"])
        #expect(lines(plan).contains("delete namespaces (sriov-test)"))
        let roles = RoleManifest(plan, file: "s.yaml").objects
        #expect(roles.map { $0["kind"]?.text } == ["ClusterRole", "Role"])
        #expect(roles.last?["metadata"]?["namespace"]?.text == "kube-system")
    }

    @Test func eachRuleSaysWhatNeedsIt() throws {
        let yaml = RoleManifest(Plan(try PlanFixtures.scenario()), file: "scenarios/vlan-201.yaml", for: .user("jane")).yaml
        #expect(
            yaml.contains(
                """
                metadata: {"name":"plumbline-vlan-201","namespace":"default"}
                rules:
                # list: why a pod does not become Ready
                # watch: why a pod does not become Ready
                - apiGroups: [""]
                  resources: ["events"]
                  verbs: ["list","watch"]

                """))
        #expect(yaml.contains(#"subjects: [{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"jane"}]"#))
        #expect(!RoleManifest(Plan(try PlanFixtures.scenario()), file: "s").yaml.contains("kind: \"RoleBinding\""))
    }
}
