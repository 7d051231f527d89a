internal import LabRuns
import Facts
import Testing

@Suite("Namespaces and admission, end to end", .serialized)
struct NamespaceTests {
    /// The seed's scenario in a namespace of its own.
    private static let own = """
        cat > $REPORTS/own.yaml <<'Y'
        extends: \(LabRun.root)/scenarios/vlan-201.yaml
        apiVersion: plumbline.dev/v1alpha1
        kind: Scenario
        metadata: {name: own}
        spec: {namespace: sriov-test, createNamespace: {podSecurity: privileged, labels: {team: net}}}
        Y
        admin="env KUBECONFIG=$PLUMBLINE_LAB_ADMIN_KUBECONFIG kubectl"

        """

    @Test("the printed ClusterRole is enough for a run that makes its namespace, and nothing is left of it")
    func made() async throws {
        let run = try await LabRun.script(
            labArguments: ["--rbac"],
            """
            \(Self.own)
            plumbline rbac $REPORTS/own.yaml --subject user:plumbline | $admin apply -f - >&2 || exit 99
            plumbline run-scenario $REPORTS/own.yaml --reports $REPORTS -o short; code=$?
            $admin get ns sriov-test >&2 && exit 98
            exit $code
            """)
        #expect(run.exit == 0, "\(run.account)")
        let created = (run.record["created"]?.elements ?? []).map {
            "\($0["kind"]?.text ?? "") \($0["verifiedGone"]?.bool == true)"
        }
        #expect(created.filter { $0.hasPrefix("Namespace") } == ["Namespace true"])
        #expect(created.count == 6)
        #expect(run.story.contains("created Namespace sriov-test"))
    }

    @Test func aNamespaceThatIsThereIsNeverTakenOver() async throws {
        let run = try await LabRun.script(
            """
            \(Self.own)
            $admin create ns sriov-test >&2
            plumbline run-scenario $REPORTS/own.yaml --reports $REPORTS -o short; code=$?
            $admin get ns sriov-test -o jsonpath='{.metadata.labels.plumbline\\.dev/run}{.metadata.deletionTimestamp}|'
            exit $code
            """)
        #expect(run.exit == 3, "\(run.account)")
        #expect(
            run.record["stopReason"]?.text?.hasPrefix(
                "Namespace sriov-test: it exists already, and the run was to make it; name another") == true)
        #expect(run.output.hasSuffix("|"), "\(run.output)")
        #expect(run.record["created"]?.elements == [])
    }

    @Test func aNamespaceThatHangsSaysWhatHoldsIt() async throws {
        let run = try await LabRun.script(
            """
            \(Self.own)
            plumbline run-scenario $REPORTS/own.yaml --reports $REPORTS -o quiet --keep || exit 99
            $admin create cm -n sriov-test holder >&2
            $admin patch cm -n sriov-test holder --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}' >&2
            plumbline cleanup --reports $REPORTS --timeout 8s; code=$?
            $admin patch cm -n sriov-test holder --type=merge -p '{"metadata":{"finalizers":null}}' >&2
            plumbline cleanup --reports $REPORTS || exit 98
            exit $code
            """)
        #expect(run.exit == 5, "\(run.account)")
        let line = run.output.split(separator: "\n").first { $0.contains("Namespace sriov-test is NOT") } ?? ""
        #expect(line.contains("is NOT verified gone: NamespaceContentRemaining: Some resources are remaining: "), "\(run.output)")
        #expect(line.contains("example.com/hold in 1 resource instances"))
        #expect(line.contains("ConfigMap holder has the finalizer example.com/hold"))
        #expect(run.output.hasSuffix("Namespace sriov-test is gone\n"), "\(run.output)")
    }

    @Test("Pod Security's refusal is told apart from RBAC, in a dry run and in a run")
    func podSecurity() async throws {
        let run = try await LabRun.script(
            """
            \(Self.own)
            sed -i 's/, createNamespace.*}}}/}/' $REPORTS/own.yaml
            $admin create ns sriov-test >&2
            $admin label ns sriov-test pod-security.kubernetes.io/enforce=baseline >&2
            plumbline plan $REPORTS/own.yaml --live | grep -A1 'Pod sriov-test/sriov-pod-201-1: would'
            plumbline run-scenario $REPORTS/own.yaml --reports $REPORTS -o quiet
            """)
        #expect(run.exit == 1, "\(run.account)")
        #expect(
            run.output.contains(
                "Pod sriov-test/sriov-pod-201-1: would be refused: cluster: create of pods in sriov-test: refused by Pod Security, not by RBAC"
            ),
            "\(run.output)")
        #expect(run.output.contains("look at the pod-security.kubernetes.io labels of namespace 'sriov-test'"))
        let deploy = run.findings.first { $0.key == "pod.deploy sriov-pod-201-1" }
        #expect(deploy?.code == "AdmissionRefused")
        #expect(deploy?.sentence.contains("refused by Pod Security, not by RBAC") == true, "\(run.account)")
    }
}
