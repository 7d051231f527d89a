internal import Facts
internal import LabRuns
import Testing

/// What an operator meets: things that cannot be looked at, things that are there already, runs that are broken off.
@Suite("Conditions", .serialized)
struct ConditionTests {
    private static let run = "plumbline run-scenario scenarios/vlan-201.yaml --reports $REPORTS -o short"

    @Test func aDeadSwitchIsInconclusiveAndCostsNoWait() async throws {
        let run = try await LabRun.script(
            """
            sed '/Host fabric-switch/,/Port/s/Port .*/Port 1/' $PLUMBLINE_SSH_CONFIG > $REPORTS/config
            exec \(Self.run) --ssh-config $REPORTS/config
            """)
        #expect(run.exit == 3)
        #expect(run.verdicts("fail") == [])
        let unknown = Set(run.findings.filter { $0.verdict == "inconclusive" }.map(\.check))
        #expect(unknown == ["switch.vlan", "switch.mac", "gateway.interface", "switch.arp"])
        #expect(run.output.contains("fabric-switch: connection refused at 127.0.0.1:1"))
        // Said once, before everything else, with what it cost.
        let first = run.record["headerNotes"]?.elements?.first?.text ?? ""
        #expect(first.hasPrefix("fabric-switch: connection refused at 127.0.0.1:1"), "\(first)")
        let count = run.findings.count { $0.verdict == "inconclusive" }
        #expect(first.hasSuffix("(\(count) checks are inconclusive because of it)"), "\(first)")
        // The scenario's checks may be repeated for 30 s; nothing about a refused connection would change in that time.
        #expect(Double(run.record["seconds"].map { "\($0)" } ?? "") ?? 0 < 20)
    }

    /// As Kubespray keeps one: the ssh configuration knows no port, and another user.
    @Test func hostsAreReachedByAnAnsibleInventoryAlone() async throws {
        let run = try await LabRun.script(
            """
            user=$(awk '$1 == "User" {print $2; exit}' $PLUMBLINE_SSH_CONFIG)
            key=$(awk '$1 == "IdentityFile" {print $2; exit}' $PLUMBLINE_SSH_CONFIG)
            { echo '[all]'
              awk '$1 == "Host" && $2 != "*" {name=$2} $1 == "HostName" {at[name]=$2} $1 == "Port" {port[name]=$2}
                END {for (n in port) print n, "ansible_host=" (n in at ? at[n] : "127.0.0.1"), "ansible_port=" port[n]}' \
                $PLUMBLINE_SSH_CONFIG
              printf '[all:vars]\nansible_user=%s\nansible_ssh_private_key_file=%s\n' "$user" "$key"
            } > $REPORTS/inventory.ini
            { grep -v -e '^ *User ' -e IdentityFile -e '^ *Port ' $PLUMBLINE_SSH_CONFIG | sed '/^Host [^*]/,/^ *$/d'
              printf 'Host *\n  User stranger\n  IdentityFile /nowhere\n'
            } > $REPORTS/config
            exec \(Self.run) --ssh-config $REPORTS/config --inventory $REPORTS/inventory.ini
            """)
        #expect(run.exit == 0, "\(run.account)")
        let commands = run.findings.count { $0.verdict == "pass" }
        #expect(commands > 50, "\(commands)")
    }

    @Test func aWrongHostKeyIsInconclusiveAndNamesTheLine() async throws {
        let run = try await LabRun.script(
            """
            hosts=$(awk '/UserKnownHostsFile/ {print $2}' $PLUMBLINE_SSH_CONFIG)
            port=$(awk '/Host fabric-switch/ {found=1} found && /Port/ {print $2; exit}' $PLUMBLINE_SSH_CONFIG)
            other=$(awk -v name="[127.0.0.1]:$port" '$1 != name {print $3; exit}' $hosts)
            awk -v name="[127.0.0.1]:$port" -v key="$other" '$1 == name {$3 = key} {print}' $hosts > $REPORTS/hosts
            sed "s#UserKnownHostsFile .*#UserKnownHostsFile $REPORTS/hosts#" $PLUMBLINE_SSH_CONFIG > $REPORTS/config
            exec \(Self.run) --ssh-config $REPORTS/config
            """)
        #expect(run.exit == 3)
        #expect(run.output.contains("fabric-switch: its ssh-ed25519 key is now SHA256:"))
        #expect(run.output.contains("/hosts:"))
    }

    @Test func credentialsThatAreRefusedAreInconclusiveAndNothingIsCreated() async throws {
        let run = try await LabRun.script(
            """
            sed 's#client-certificate-data.*#token: nobody#; /client-key-data/d' $KUBECONFIG > $REPORTS/kubeconfig
            exec \(Self.run) --kubeconfig $REPORTS/kubeconfig
            """)
        #expect(run.exit == 3)
        #expect(run.verdicts("fail") == [])
        #expect(run.record["created"]?.elements == [])
        #expect(run.output.contains("the API server does not accept these credentials (401 Unauthorized)"))
    }

    @Test func anObjectThatExistsIsNamedAndNeverTakenOver() async throws {
        let run = try await LabRun.script(
            """
            kubectl create -f scenarios/manifests/sriov-pod-201-2.yaml >&2
            \(Self.run); code=$?
            kubectl get pod sriov-pod-201-2 -o jsonpath='{.metadata.labels}{.metadata.deletionTimestamp}|' || exit 99
            kubectl get pods,leases,net-attach-def -n default -o name
            exit $code
            """)
        #expect(run.exit == 1)
        #expect(run.verdicts("fail") == ["pod.deploy sriov-pod-201-2"])
        #expect(run.output.contains("Pod default/sriov-pod-201-2: not created"))
        // Nothing more was created after it, what came before is gone again, and the pod itself was left alone.
        #expect(run.output.hasSuffix("|pod/sriov-pod-201-2\n"), "\(run.output)")
    }

    @Test func anAddressThatSomebodyUsesStopsTheRunBeforeAnythingIsSent() async throws {
        let run = try await LabRun.script(
            """
            sed 's/sriov-pod-201-2/stranger/; s/sriov-pod201-2c/c/' scenarios/manifests/sriov-pod-201-2.yaml > $REPORTS/pod.yaml
            kubectl create -f scenarios/manifests/sriov-nad-201.yaml -f $REPORTS/pod.yaml >&2
            kubectl wait --for=condition=Ready pod/stranger --timeout=60s >&2
            for i in 1 2 3 4 5; do kubectl exec stranger -- ping -c 3 -W 1 -I net1 192.168.201.1 >&2 && break; done
            sed 's/worker2/worker9/' scenarios/vlan-201.yaml > /dev/null
            cat > $REPORTS/other.yaml <<'Y'
            extends: \(LabRun.root)/scenarios/vlan-201.yaml
            apiVersion: plumbline.dev/v1alpha1
            kind: Scenario
            metadata: {name: other}
            spec: {nodes: [{name: worker2, pf: eno1}]}
            Y
            plumbline run-scenario $REPORTS/other.yaml --reports $REPORTS -o short
            """)
        // The stranger has a VF of worker2's eno2, which this scenario does not count as its own.
        #expect(run.exit == 1, "\(run.account)")
        #expect(
            run.findings.contains { $0.code == "AddressInUse" && $0.sentence.contains("192.168.201.3 is already in use") },
            "\(run.account)")
        #expect(run.record["created"]?.elements == [])
    }

    @Test func aPodThatCannotBeScheduledEndsTheWaitEarlyWithTheSchedulersWords() async throws {
        let run = try await LabRun.script(
            faults: ["no-free-vf@worker1", "no-free-vf@worker2", "no-free-vf@worker3"],
            """
            sed '/node: worker/s/node: worker[123], //' scenarios/vlan-201.yaml > scenarios/.pending-$$.yaml
            plumbline run-scenario scenarios/.pending-$$.yaml --reports $REPORTS -o short; code=$?
            rm -f scenarios/.pending-$$.yaml
            exit $code
            """)
        #expect(run.exit == 1, "\(run.account)")
        #expect(
            run.findings.contains {
                $0.code == "InsufficientVFs" && $0.sentence.contains("Insufficient intel.com/intel_sriov_netdevice")
            })
        #expect(Double(run.record["seconds"].map { "\($0)" } ?? "") ?? 0 < 60)
    }

    @Test func reportsAreWrittenEvenWhereNoClusterIsConfigured() async throws {
        let run = try await LabRun.script("unset KUBECONFIG; HOME=/nowhere \(Self.run)")
        #expect(run.exit == 3)
        #expect(run.record["ending"]?.text == "stopped")
        #expect(run.record["stopReason"]?.text?.hasPrefix("cluster: no cluster is configured") == true)
    }

    @Test func aBrokenScenarioSaysWhereAndContactsNothing() async throws {
        let run = try await LabRun.script(
            """
            sed 's/subnet:/subnett:/' scenarios/vlan-201.yaml > $REPORTS/broken.yaml
            KUBECONFIG=/nowhere plumbline run-scenario $REPORTS/broken.yaml --reports $REPORTS
            """)
        #expect(run.exit == 64)
        #expect(run.story.contains("broken.yaml:28:5: error:"), "\(run.story)")
        #expect(run.story.contains("subnet"))
    }
}
