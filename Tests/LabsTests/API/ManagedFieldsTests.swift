import Facts
import Testing

@testable import Labs

/// Owners of fields, held to those that a true server wrote.
@Suite struct ManagedFieldsTests {
    /// What a recorded object's first writer sent, as far as it can be told: the object without what the server and others added.
    private func created(_ recorded: JSONValue, by manager: String, kind: ResourceKind, _ edit: (inout JSONValue) -> Void) throws
        -> JSONValue
    {
        var sent = recorded
        sent.remove("metadata", "managedFields")
        edit(&sent)
        var options = WriteOptions(fieldManager: manager, origin: .client)
        options.fieldValidation = .strict
        return try Admission(
            kind: kind, schema: SchemaTable.schema(of: kind), options: options, time: "2026-11-23T22:00:16Z", suffix: "b2c6h"
        ).admit(sent).object
    }

    private func fields(_ object: JSONValue, of manager: String, subresource: String? = nil) -> String? {
        (object.value(at: "metadata", "managedFields")?.elements ?? []).first {
            $0["manager"]?.text == manager && $0["subresource"]?.text == subresource
        }?["fieldsV1"]?.compactText
    }

    @Test func theAuthorOfAPodOwnsWhatATrueServerSays() throws {
        let recorded = try Recording("get-pod_1").json
        let pod = try created(recorded, by: "kubectl-create", kind: .pods) { pod in
            pod.remove("status")
            pod.remove("metadata", "annotations", "k8s.v1.cni.cncf.io/network-status")
            // Set by admission before the owners are noted, and left out of them by a true server.
            for key in [
                "volumes", "serviceAccountName", "serviceAccount", "tolerations", "priority", "preemptionPolicy",
            ] { pod.remove("spec", key) }
            let containers = pod.value(at: "spec", "containers")?.elements ?? []
            pod.set("spec", "containers", to: .array(containers.map { $0.filteringMembers { $0.key != "volumeMounts" } }))
        }
        #expect(fields(pod, of: "kubectl-create") == fields(recorded, of: "kubectl-create"))
    }

    @Test func theAuthorOfADaemonSetOwnsWhatATrueServerSays() throws {
        let recorded = try Recording("get-ds").json
        let set = try created(recorded, by: "kubectl-client-side-apply", kind: .daemonSets) { $0.remove("status") }
        #expect(fields(set, of: "kubectl-client-side-apply") == fields(recorded, of: "kubectl-client-side-apply"))
    }

    @Test func theAuthorOfAConfigMapOwnsWhatATrueServerSays() throws {
        let recorded = try Recording("get-cm").json
        let map = try created(recorded, by: "kubectl-client-side-apply", kind: .configMaps) { _ in }
        #expect(fields(map, of: "kubectl-client-side-apply") == fields(recorded, of: "kubectl-client-side-apply"))
    }

    @Test func theKubeletOwnsTheStatusThatATrueServerSays() throws {
        let recorded = try Recording("get-pod_1").json
        var stored = recorded
        stored.set("status", to: ["phase": "Pending", "qosClass": "BestEffort"])
        stored.remove("metadata", "managedFields")
        var options = WriteOptions(fieldManager: "kubelet", origin: .client)
        options.subresource = "status"
        var sent = recorded
        sent.remove("metadata", "managedFields")
        let merged = try Admission(
            kind: .pods, schema: SchemaTable.schema(of: .pods), options: options, time: "2026-11-23T22:00:17Z", suffix: ""
        ).merge(sent, over: stored).object
        // The recorded kubelet wrote PodScheduled's other fields too; the lab's writes the same conditions in one go.
        #expect(fields(merged, of: "kubelet", subresource: "status") == fields(recorded, of: "kubelet", subresource: "status"))
    }

    @Test func anAppliedFieldBelongsToItsManager() async throws {
        let store = try await ObjectStoreTests.store()
        func apply(_ manager: String, _ data: JSONValue, force: Bool = false) async throws -> JSONValue {
            try await store.apply(
                ["metadata": ["name": "ssa", "namespace": "default"], "data": data], kind: .configMaps, namespace: "default",
                name: "ssa", isForced: force, options: WriteOptions(fieldManager: manager, origin: .client)
            ).object
        }
        let first = try await apply("alpha", ["k": "1"])
        // ssa-create
        #expect(fields(first, of: "alpha") == #"{"f:data":{"f:k":{}}}"#)
        // ssa-conflict
        let refusal = await #expect(throws: StoreRefusal.self) { try await apply("beta", ["k": "2"]) }
        #expect(refusal?.status == (try Recording("ssa-conflict").json))
        // ssa-force
        let taken = try await apply("beta", ["k": "2"], force: true)
        #expect(fields(taken, of: "beta") == #"{"f:data":{"f:k":{}}}"#)
        #expect(fields(taken, of: "alpha") == nil)
    }

    @Test func whatAManagerNoLongerAppliesGoes() async throws {
        let store = try await ObjectStoreTests.store()
        func apply(_ data: JSONValue) async throws -> JSONValue {
            try await store.apply(
                ["metadata": ["name": "x", "namespace": "default"], "data": data], kind: .configMaps, namespace: "default",
                name: "x", isForced: false, options: WriteOptions(fieldManager: "alpha", origin: .client)
            ).object
        }
        _ = try await apply(["a": "1", "b": "2"])
        let second = try await apply(["b": "2"])
        #expect(second["data"] == ["b": "2"])
        let third = try await apply(["b": "2"])
        #expect(third == second, "an apply that changes nothing gives no new version")
    }
}
