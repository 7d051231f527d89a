import Facts
import Foundation
import Testing
import TrueServer

@testable import Labs

/// What changes objects: create, apply, patch, delete, and the waits for it.
extension KubectlSuite {
    @Test func createApplyDiffAndDelete() async throws {
        try await run { place, kubectl in
            let file = place.folder.appending(path: "made.yaml")
            try Data(Self.manifest.utf8).write(to: file)
            let first = try await kubectl("apply", "-f", file.path())
            #expect(
                first.output
                    == "networkattachmentdefinition.k8s.cni.cncf.io/sriov-201 created\npod/made created\n", "\(first)")
            let again = try await kubectl("apply", "-f", file.path())
            #expect(
                again.output
                    == "networkattachmentdefinition.k8s.cni.cncf.io/sriov-201 unchanged\npod/made unchanged\n", "\(again)")
            #expect(try await kubectl("diff", "-f", file.path()).status == 0)
            try Data(Self.manifest.replacingOccurrences(of: "first", with: "second").utf8).write(to: file)
            let diff = try await kubectl("diff", "-f", file.path())
            #expect(diff.status == 1)
            #expect(diff.output.contains("-    app: first") && diff.output.contains("+    app: second"), "\(diff)")
            #expect(try await kubectl("apply", "-f", file.path()).output.contains("pod/made configured"))
            #expect(try await kubectl("get", "pod", "made", "-o", "jsonpath={.metadata.labels.app}").output == "second")
            let taken = try await kubectl("create", "-f", file.path())
            #expect(taken.status == 1)
            #expect(taken.errors.contains("Error from server (AlreadyExists)"), "\(taken)")
            let deleted = try await kubectl.call(
                ["delete", "-f", file.path(), "--wait", "--timeout=20s"] + place.withoutKubelet)
            #expect(deleted.status == 0, "\(deleted)")
            #expect(try await kubectl("get", "pod", "made").errors.contains("pods \"made\" not found"))
        }
    }

    @Test func devicesAreRequestedAsLimited() async throws {
        try await run { _, kubectl in
            _ = try await kubectl("create", "-f", "-", stdin: Self.manifest)
            let requests = try await kubectl("get", "pod", "made", "-o", "jsonpath={.spec.containers[0].resources.requests}")
            #expect(requests.output == #"{"intel.com/intel_sriov_netdevice":"1"}"#)
        }
    }

    @Test func serverSideApplyKeepsOwnersApart() async throws {
        try await run { _, kubectl in
            let first = try await kubectl("apply", "--server-side", "--field-manager=alpha", "-f", "-", stdin: Self.manifest)
            #expect(first.status == 0, "\(first)")
            let other = Self.manifest.replacingOccurrences(of: "first", with: "second")
            let conflict = try await kubectl("apply", "--server-side", "--field-manager=beta", "-f", "-", stdin: other)
            #expect(conflict.status == 1)
            #expect(
                conflict.errors.contains(#"Apply failed with 1 conflict: conflict with "alpha": .metadata.labels.app"#),
                "\(conflict)")
            let forced = try await kubectl(
                "apply", "--server-side", "--field-manager=beta", "--force-conflicts", "-f", "-", stdin: other)
            #expect(forced.status == 0, "\(forced)")
            let moved = try await kubectl("apply", "-f", "-", stdin: Self.manifest)
            #expect(moved.status == 0, "\(moved)")
        }
    }

    @Test func patchesOfThreeKinds() async throws {
        try await run { _, kubectl in
            _ = try await kubectl("create", "-f", "-", stdin: Self.manifest)
            let strategic = try await kubectl(
                "patch", "pod", "made", "-p", #"{"spec":{"containers":[{"name":"c","image":"busybox:1.36"}]}}"#)
            #expect(strategic.output == "pod/made patched\n", "\(strategic)")
            let image = try await kubectl(
                "get", "pod", "made", "-o", "jsonpath={.spec.containers[*].image} {.spec.containers[0].command[0]}")
            #expect(image.output == "busybox:1.36 sleep", "the container's other members are kept")
            let merge = try await kubectl(
                "patch", "net-attach-def", "sriov-201", "--type", "merge", "-p", #"{"spec":{"config":"{}"}}"#)
            #expect(merge.status == 0, "\(merge)")
            let json = try await kubectl(
                "patch", "pod", "made", "--type", "json", "-p", #"[{"op":"add","path":"/metadata/labels/b","value":"c"}]"#)
            #expect(json.status == 0, "\(json)")
            #expect(
                try await kubectl("get", "pod", "made", "-o", "jsonpath={.metadata.labels}").output == #"{"app":"first","b":"c"}"#
            )
            let refused = try await kubectl("patch", "net-attach-def", "sriov-201", "-p", #"{"spec":{"config":"{}"}}"#)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("is not supported by k8s.cni.cncf.io/v1"), "\(refused)")
            let fixed = try await kubectl("patch", "pod", "made", "-p", #"{"spec":{"nodeName":"worker3"}}"#)
            #expect(fixed.errors.contains("pod updates may not change fields other than"), "\(fixed)")
            let other = try await kubectl(
                "patch", "pod", "made", "-p", #"{"metadata":{"uid":"0b3bf581-5424-4fb7-9177-4ac19c5602d0"}}"#)
            #expect(
                other.errors.contains(
                    #"metadata.uid: Invalid value: "0b3bf581-5424-4fb7-9177-4ac19c5602d0": field is immutable"#), "\(other)")
            for arguments in [["label", "pod", "made", "x=y"], ["annotate", "pod", "made", "x=y"]] {
                #expect(try await kubectl(arguments[0], arguments[1], arguments[2], arguments[3]).status == 0)
            }
        }
    }

    @Test(.enabled(if: TrueServer.assets == nil, TrueServer.needsKubelet)) func waitEndsWhenItsConditionHolds() async throws {
        try await run { _, kubectl in
            _ = try await kubectl("create", "-f", "-", stdin: Self.manifest)
            let ready = try await kubectl("wait", "--for=condition=Ready", "pod/made", "--timeout=20s")
            #expect(ready.output == "pod/made condition met\n", "\(ready)")
            let phase = try await kubectl("wait", "--for=jsonpath={.status.phase}=Running", "pod/made", "--timeout=20s")
            #expect(phase.status == 0, "\(phase)")
            async let gone = kubectl("wait", "--for=delete", "pod/made", "--timeout=20s")
            _ = try await kubectl("delete", "pod", "made", "--wait=false")
            #expect(try await gone.status == 0)
            let never = try await kubectl("wait", "--for=condition=Ready", "pod/made", "--timeout=1s")
            #expect(never.status == 1)
        }
    }

    @Test func mistakesAreFoundBeforeAnythingIsMade() async throws {
        try await run { _, kubectl in
            let typo = Self.manifest.replacingOccurrences(of: "nodeName", with: "nodename")
            let strict = try await kubectl("create", "-f", "-", stdin: typo)
            #expect(strict.status == 1)
            // An older server leaves the looking to kubectl, in kubectl's words.
            guard try await kubectl.isServer(atLeast: 25) else {
                return #expect(strict.errors.contains(#"unknown field "nodename""#), "\(strict)")
            }
            #expect(strict.errors.contains(#"unknown field "spec.nodename""#), "\(strict)")
            let warned = try await kubectl("create", "--validate=warn", "--dry-run=server", "-f", "-", stdin: typo)
            #expect(warned.errors.contains(#"Warning: unknown field "spec.nodename""#), "\(warned)")
            #expect(try await kubectl("get", "pod", "made").status == 1, "a dry run keeps nothing")
        }
    }

    @Test func aDefinitionThatIsAppliedServesItsKind() async throws {
        try await run { _, kubectl in
            let definition = """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: sriovnetworks.sriovnetwork.openshift.io}
                spec:
                  group: sriovnetwork.openshift.io
                  scope: Namespaced
                  names: {kind: SriovNetwork, plural: sriovnetworks, singular: sriovnetwork}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}}
                    additionalPrinterColumns:
                    - {name: VLAN, type: integer, jsonPath: .spec.vlan}
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec: {type: object, properties: {vlan: {type: integer}}}
                          status: {type: object, x-kubernetes-preserve-unknown-fields: true}

                """
            #expect(try await kubectl("apply", "-f", "-", stdin: definition).status == 0)
            #expect(
                try await kubectl(
                    "wait", "--for=condition=Established", "crd/sriovnetworks.sriovnetwork.openshift.io", "--timeout=10s"
                ).status == 0)
            let object = """
                apiVersion: sriovnetwork.openshift.io/v1
                kind: SriovNetwork
                metadata: {name: made}
                spec: {vlan: 201}

                """
            #expect(try await kubectl("apply", "-f", "-", stdin: object).status == 0)
            let table = try await kubectl("get", "sriovnetworks")
            #expect(
                table.output.split(separator: "\n").map { $0.split(separator: " ") } == [["NAME", "VLAN"], ["made", "201"]])
            // Not kubectl's own looking: the server's.
            let wrong = try await kubectl(
                "apply", "--validate=false", "-f", "-", stdin: object.replacingOccurrences(of: "201", with: "\"x\""))
            #expect(wrong.errors.contains("must be of type integer"), "\(wrong)")
        }
    }
}
