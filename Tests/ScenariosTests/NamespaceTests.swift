import Documents
import Facts
import Foundation
import Scenarios
import Testing

@Suite("A namespace that the run makes")
struct NamespaceTests {
    private func changed(_ key: String, _ more: (String, String)...) -> String {
        more.reduce(Draft.changed(("spec:\n", "spec:\n  \(key)\n"))) { text, change in
            #expect(text.contains(change.0))
            return text.replacingOccurrences(of: change.0, with: change.1)
        }
    }

    @Test func itIsLabelledForPodSecurity() throws {
        let text = changed("namespace: sriov-test\n  createNamespace: {podSecurity: privileged, labels: {team: net}}")
        let scenario = try Draft.load(text).get().scenario
        #expect(
            scenario.namespaceManifest == [
                "apiVersion": "v1", "kind": "Namespace",
                "metadata": [
                    "name": "sriov-test", "labels": ["pod-security.kubernetes.io/enforce": "privileged", "team": "net"],
                ],
            ])
        #expect(scenario.pods.allSatisfy { $0.reference.namespace == "sriov-test" })
    }

    @Test func withoutTheKeyNoneIsMade() throws {
        #expect(try Draft.load(Draft.minimal).get().scenario.namespaceManifest == nil)
    }

    @Test func aNamespaceOfEveryClusterIsNotMade() {
        #expect(
            Draft.problems(changed("createNamespace: {}")).map(\.sentence) == [
                "namespace 'default' is in every cluster, and a run removes the namespace that it makes"
            ])
    }

    @Test func podsThatPingAreRefusedByBaseline() {
        let text = changed("namespace: sriov-test\n  createNamespace: {podSecurity: baseline}")
        #expect(
            Draft.problems(text).map(\.sentence) == [
                "Pod Security 'baseline' refuses a, which asks for the capability NET_RAW"
            ])
    }

    @Test func nothingExistsInItAlready() {
        let text = changed(
            "namespace: sriov-test\n  createNamespace: {}", ("- {name: b, node: n2,", "- {name: b, node: n2, existing: true,"))
        #expect(
            Draft.problems(text).map(\.sentence) == [
                "pod sriov-test/b cannot exist already in a namespace that the run makes"
            ])
    }

    @Test func thePodsSettingsReachTheManifest() throws {
        let text = changed(
            "podDefaults: {image: registry.example/tools:1, imagePullPolicy: Always, imagePullSecrets: [pull], nodeSelector: {role: sriov}, "
                + "tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]}")
        let spec = try Draft.load(text).get().scenario.pods[0].manifest?["spec"]
        #expect(spec?["imagePullSecrets"] == [["name": "pull"]])
        #expect(spec?["nodeSelector"] == ["role": "sriov"])
        #expect(spec?["tolerations"] == [["key": "gpu", "operator": "Exists", "effect": "NoSchedule"]])
        #expect(spec?["containers"]?[0]?["image"]?.text == "registry.example/tools:1")
        #expect(spec?["containers"]?[0]?["imagePullPolicy"]?.text == "Always")
        #expect(
            spec?["containers"]?[0]?["securityContext"]
                == ["allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"], "add": ["NET_RAW"]]])
    }
}
