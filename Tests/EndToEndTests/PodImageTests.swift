internal import Facts
internal import LabRuns
import Testing

/// Pods whose images or rights do not let them be asked as usual.
@Suite("Images that lack programs", .serialized)
struct PodImageTests {
    /// The seed's scenario with one word put in.
    private static func edited(_ expression: String, then more: String = "") -> String {
        """
        sed '\(expression)' scenarios/vlan-201.yaml > $REPORTS/edited.yaml
        plumbline run-scenario $REPORTS/edited.yaml --reports $REPORTS; code=$?
        \(more)
        exit $code
        """
    }

    private static let allowing = "s/podDefaults: {/podDefaults: {ephemeral: {image: \"busybox:1.36\"}, /"

    @Test("Without ip and readlink the kernel's files say the same")
    func files() async throws {
        let run = try await LabRun.run(faults: ["image-without-ip@worker2"], ["run-scenario", "scenarios/vlan-201.yaml"])
        #expect(run.exit == 0, "\(run.account)")
        #expect(run.identities == SeedTests.rows)
        #expect(run.notes("ephemeral-container").isEmpty)
    }

    @Test(
        "An ephemeral container looks where the scenario allows it, and goes with its pod",
        arguments: ["image-without-programs@worker2", "image-without-ping@worker2"])
    func ephemeral(fault: String) async throws {
        let run = try await LabRun.script(
            faults: [fault], Self.edited(Self.allowing, then: "kubectl get pods -o name > $REPORTS/left"))
        #expect(run.exit == 0, "\(run.account)")
        #expect(run.identities == SeedTests.rows)
        let id = run.record["id"]?.text?.lowercased() ?? "no id"
        #expect(
            run.notes("ephemeral-container") == [
                "default/sriov-pod-201-2: looked at through the ephemeral container plumbline-\(id) (busybox:1.36), which the run added to it"
            ])
    }

    @Test("Where nothing may be added the reason is the image's or the container's, and nothing has failed")
    func refused() async throws {
        let cases = [
            ("image-without-ping@worker2", "pod sriov-pod-201-2: no ping of 192.168.201.1 out of net1: the image has no 'ping'"),
            (
                "net-raw-dropped@worker2",
                "pod sriov-pod-201-2: no ping of 192.168.201.1 out of net1: access was refused: 'ping: permission denied (are you root?)'"
            ),
        ]
        let runs = try await cases.inParallel {
            try await LabRun.run(faults: [$0.0], ["run-scenario", "scenarios/vlan-201.yaml"])
        }
        for (fault, run) in zip(cases, runs) {
            #expect(run.exit == 3 && run.verdicts("fail").isEmpty, "\(run.account)")
            #expect(run.findings.first { $0.key == "gw.ping sriov-pod-201-2" }?.sentence == fault.1, "\(run.account)")
        }
    }

    @Test("A pod of somebody else is never added to: observe says what it lacks")
    func observed() async throws {
        let run = try await LabRun.script(
            faults: ["image-without-programs@worker2"],
            """
            sed '\(Self.allowing)' scenarios/vlan-201.yaml > $REPORTS/edited.yaml
            plumbline run-scenario $REPORTS/edited.yaml --reports $REPORTS/first --keep -o quiet
            plumbline observe $REPORTS/edited.yaml --reports $REPORTS -o quiet; code=$?
            kubectl get pods -o jsonpath='{.items[*].spec.ephemeralContainers[*].name}'
            exit $code
            """)
        #expect(run.exit == 3, "\(run.account)")
        // One, of the run that made the pod.
        #expect(run.output.split(separator: " ").count == 1, "\(run.output)")
        let sentence = run.findings.first { $0.key == "pod.net1 sriov-pod-201-2" }?.sentence
        #expect(sentence == "pod sriov-pod-201-2: no interfaces and addresses: the image has no 'ip' and no 'cat'")
    }
}
