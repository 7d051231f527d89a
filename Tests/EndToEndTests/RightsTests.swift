import Facts
internal import LabRuns
import Testing

@Suite("Rights in the cluster, end to end", .serialized)
struct RightsTests {
    private static let scenario = "scenarios/vlan-201.yaml"
    private static let grant =
        "plumbline rbac \(scenario) --subject user:plumbline > $REPORTS/roles.yaml"
        + " && KUBECONFIG=$PLUMBLINE_LAB_ADMIN_KUBECONFIG kubectl apply -f $REPORTS/roles.yaml >&2 || exit 99\n"

    /// The rules of the printed roles, each verb by itself, with where it stands.
    private struct Granted: Hashable {
        let kind: String
        let namespace: String?
        let rule: Int
        let verb: Int
        /// As the site's audit names it, without the object: `get - pods default`.
        let used: String
        let words: String
    }

    private static func granted() async throws -> [Granted] {
        let run = try await LabRun.alone(["rbac", scenario, "-o", "json"])
        let roles = (try JSONValue(parsing: run.output)["items"]?.elements ?? []).filter { $0["rules"] != nil }
        return roles.flatMap { role -> [Granted] in
            let namespace = role["metadata"]?["namespace"]?.text
            return (role["rules"]?.elements ?? []).enumerated().flatMap { index, rule -> [Granted] in
                let group = rule["apiGroups"]?[0]?.text ?? ""
                let resource = rule["resources"]?[0]?.text ?? ""
                return (rule["verbs"]?.elements ?? []).compactMap(\.text).enumerated().map { place, verb in
                    Granted(
                        kind: role["kind"]?.text ?? "", namespace: namespace, rule: index, verb: place,
                        used: "\(verb) \(group.isEmpty ? "-" : group) \(resource) \(namespace ?? "-")",
                        words: "\(verb) \(resource)" + (namespace.map { " in \($0)" } ?? ""))
                }
            }
        }
    }

    @Test("with exactly the printed roles the run passes, and every right of them is used")
    func enoughAndUsed() async throws {
        // A NAD and a Lease that do not go at once are watched; without that they would be gone at the first look.
        let run = try await LabRun.script(
            labArguments: ["--rbac", "--audit"],
            """
            \(Self.grant)
            plumbline run-scenario \(Self.scenario) --reports $REPORTS -o quiet --keep || exit
            admin="env KUBECONFIG=$PLUMBLINE_LAB_ADMIN_KUBECONFIG kubectl"
            held="net-attach-def/sriov-201 lease/plumbline-vlan-201"
            $admin patch $held --type=merge -p '{"metadata":{"finalizers":["test/hold"]}}' >&2 || exit 97
            plumbline cleanup --reports $REPORTS >&2 & pid=$!
            for object in $held; do
              $admin wait $object --for=jsonpath='{.metadata.deletionTimestamp}' --timeout=30s >&2 || exit 98
              $admin patch $object --type=merge -p '{"metadata":{"finalizers":null}}' >&2
            done
            wait $pid
            """)
        #expect(run.exit == 0, "\(run.account)")
        let lines = run.story.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.filter { $0.first == "refused" && $0.count == 7 } == [], "\(run.story.suffix(2000))")
        let used = Set(
            lines.filter { $0.first == "allowed" && $0.count == 7 && $0[1] == "plumbline" }.map {
                $0[2...5].joined(separator: " ")
            })
        let granted = Set(try await Self.granted().map(\.used))
        // Anybody may ask what he may do.
        #expect(used.subtracting(["create authorization.k8s.io selfsubjectaccessreviews -"]) == granted)
    }

    @Test("each verb of each rule that is taken away is missed by name, and nothing is created")
    func eachIsMissed() async throws {
        let granted = try await Self.granted()
        #expect(granted.count == 22)
        let steps = granted.map { right in
            let place = "\(right.kind.lowercased()) plumbline-vlan-201" + (right.namespace.map { " -n \($0)" } ?? "")
            return """
                $admin patch \(place) --type=json -p '[{"op":"remove","path":"/rules/\(right.rule)/verbs/\(right.verb)"}]' >&2 || exit 98
                plumbline plan \(Self.scenario) --live | grep 'rights:'
                $admin replace -f $REPORTS/roles.yaml >&2 || exit 97

                """
        }
        let run = try await LabRun.script(
            labArguments: ["--rbac"],
            "\(Self.grant)admin=\"env KUBECONFIG=$PLUMBLINE_LAB_ADMIN_KUBECONFIG kubectl\"\n" + steps.joined()
                + "plumbline plan \(Self.scenario) --live > $REPORTS/plan; code=$?; grep rights: $REPORTS/plan; exit $code")
        #expect(run.exit == 0, "\(run.account)")
        let expected = granted.map { "  rights: cluster: 1 of 22 rights are missing: \($0.words)" }
        #expect(run.output == (expected + ["  rights: cluster: all 22 rights are there", ""]).joined(separator: "\n"))
    }

    @Test("the printed roles are enough for the SR-IOV operator's objects and for ResourceClaims; without them each is missed")
    func otherWitnesses() async throws {
        let scenario = "scenarios/vlan-201-operator.yaml"
        let run = try await LabRun.script(
            site: "operator", labArguments: ["--rbac"],
            """
            admin="env KUBECONFIG=$PLUMBLINE_LAB_ADMIN_KUBECONFIG kubectl"
            plumbline rbac \(scenario) --subject user:plumbline > $REPORTS/roles.yaml
            $admin apply -f $REPORTS/roles.yaml >&2 || exit 99
            plumbline run-scenario \(scenario) --reports $REPORTS -o short >&2; code=$?
            $admin delete clusterrole plumbline-vlan-201-operator >&2
            $admin delete role plumbline-vlan-201-operator -n sriov-network-operator >&2
            plumbline preflight \(scenario) --reports $REPORTS/later -o short | grep 'rights are missing'
            exit $code
            """)
        #expect(run.exit == 0, "\(run.account)")
        for check in ["node.operator", "node.policy", "nad.operator", "pod.claim"] {
            #expect(run.findings.contains { $0.check == check && $0.verdict == "pass" }, "\(check) \(run.account)")
        }
        for words in [
            "list resourceslices", "list sriovnetworknodepolicies in sriov-network-operator",
            "get sriovnetworks in sriov-network-operator", "get sriovnetworknodestates in sriov-network-operator",
        ] {
            #expect(run.output.contains(words), "\(run.account)")
        }
    }

    @Test func withoutTheRightToDeleteNothingIsCreated() async throws {
        let run = try await LabRun.script(
            labArguments: ["--rbac"],
            """
            \(Self.grant)
            KUBECONFIG=$PLUMBLINE_LAB_ADMIN_KUBECONFIG kubectl delete role plumbline-vlan-201 >&2
            plumbline run-scenario \(Self.scenario) --reports $REPORTS -o short
            """)
        #expect(run.exit == 3, "\(run.account)")
        #expect(run.record["created"]?.elements == [])
        let rights = run.findings.first { $0.check == "cluster.rights" }
        #expect(rights?.verdict == "inconclusive")
        #expect(
            rights?.sentence.hasPrefix("cluster: 19 of 22 rights are missing: list events in default, ") == true, "\(run.account)"
        )
        let deploy = run.findings.first { $0.key == "pod.deploy sriov-pod-201-1" }
        #expect(deploy?.sentence.contains("not created: rights are missing: ") == true, "\(run.account)")
        #expect(run.verdicts("fail") == [])
    }
}
