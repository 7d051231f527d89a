import Facts
import Testing

@testable import Labs

@Suite struct ObjectStoreTests {
    static func store() async throws -> ObjectStore {
        let store = ObjectStore(now: { Timestamp(nanoseconds: 1_795_471_216_000_000_000) })
        try await store.create(["metadata": ["name": "default"]], kind: .namespaces)
        return store
    }

    static func pod(_ name: String, node: String? = "worker1") -> JSONValue {
        var pod: JSONValue = [
            "metadata": ["name": .string(name)],
            "spec": ["containers": [["name": "c", "image": "busybox:1.28"]]],
        ]
        if let node { pod.set("spec", "nodeName", to: .string(node)) }
        return pod
    }

    @Test func eachChangeTakesTheNextResourceVersion() async throws {
        let store = try await Self.store()
        let before = await store.resourceVersion
        let first = try await store.create(Self.pod("a"), kind: .pods)
        let second = try await store.create(Self.pod("b"), kind: .pods)
        #expect(first.text(at: "metadata", "resourceVersion") == String(before + 1))
        #expect(second.text(at: "metadata", "resourceVersion") == String(before + 2))
        #expect(first.text(at: "metadata", "creationTimestamp") == "2026-11-23T22:00:16Z")
        #expect(first.text(at: "metadata", "uid") != second.text(at: "metadata", "uid"))
    }

    @Test func aTakenNameIsRefused() async throws {
        let store = try await Self.store()
        try await store.create(Self.pod("a"), kind: .pods)
        await #expect(throws: StoreRefusal.alreadyExists(.pods, "a")) { try await store.create(Self.pod("a"), kind: .pods) }
    }

    @Test func aMissingNamespaceIsRefusedInTheRecordedWords() async throws {
        let store = try await Self.store()
        let refusal = await #expect(throws: StoreRefusal.self) {
            try await store.create(Self.pod("a"), kind: .pods, namespace: "nope")
        }
        // err-404-create-in-missing-ns
        #expect(
            refusal?.status.compactText
                == #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"namespaces \"nope\" not found","reason":"NotFound","details":{"name":"nope","kind":"namespaces"},"code":404}"#
        )
    }

    @Test func aPodOnANodeIsMarkedAndGoesWhenTheKubeletLetsItGo() async throws {
        let store = try await Self.store()
        try await store.create(Self.pod("a"), kind: .pods)
        let from = await store.resourceVersion
        guard case .marked(let pod) = try await store.delete(.pods, namespace: "default", name: "a", graceSeconds: 1) else {
            Issue.record("the pod was removed at once")
            return
        }
        #expect(pod.text(at: "metadata", "deletionTimestamp") == "2026-11-23T22:00:17Z")
        #expect(pod.value(at: "metadata", "deletionGracePeriodSeconds") == 1)
        try await store.remove(.pods, namespace: "default", name: "a")
        var changes: [String] = []
        for await event in try await store.watch(.pods, from: from) {
            changes.append(event.change.rawValue)
            if event.change == .deleted { break }
        }
        #expect(changes == ["MODIFIED", "DELETED"])
    }

    @Test func anUnscheduledPodIsDeletedAtOnce() async throws {
        let store = try await Self.store()
        try await store.create(Self.pod("a", node: nil), kind: .pods)
        guard case .removed = try await store.delete(.pods, namespace: "default", name: "a") else {
            Issue.record("the pod was only marked")
            return
        }
        await #expect(throws: StoreRefusal.notFound(.pods, "a")) {
            try await store.get(.pods, namespace: "default", name: "a")
        }
    }

    @Test func anotherUIDIsNotDeleted() async throws {
        let store = try await Self.store()
        let pod = try await store.create(Self.pod("sriov-pod-201-1"), kind: .pods)
        let refusal = await #expect(throws: StoreRefusal.self) {
            try await store.delete(
                .pods, namespace: "default", name: "sriov-pod-201-1",
                preconditions: .init(uid: "00000000-0000-0000-0000-000000000000"))
        }
        // delete-precondition-409
        #expect(
            refusal?.message
                == "Operation cannot be fulfilled on Pod \"sriov-pod-201-1\": the UID in the precondition"
                + " (00000000-0000-0000-0000-000000000000) does not match the UID in record"
                + " (\(pod.text(at: "metadata", "uid") ?? "")). The object might have been deleted and then recreated")
        #expect(refusal?.details == ["name": "sriov-pod-201-1", "kind": "Pod"])
    }

    @Test func aWatchFromForgottenVersionsIsRefused() async throws {
        let store = try await Self.store()
        try await store.create(Self.pod("a"), kind: .pods)
        await store.compact()
        let now = await store.resourceVersion
        await #expect(throws: StoreRefusal.expired("too old resource version: 1 (\(now))")) {
            try await store.watch(.pods, from: 1)
        }
    }

    @Test func aListOfAPastVersionIsAsItWas() async throws {
        let store = try await Self.store()
        for name in ["b", "a", "c"] { try await store.create(Self.pod(name, node: nil), kind: .pods) }
        let then = await store.resourceVersion
        try await store.delete(.pods, namespace: "default", name: "b")
        try await store.create(Self.pod("d"), kind: .pods)
        var query = ListQuery(namespace: "default")
        query.at = then
        #expect(try await store.list(.pods, query).items.map { $0.text(at: "metadata", "name") } == ["a", "b", "c"])
        #expect(try await store.list(.pods).items.map { $0.text(at: "metadata", "name") } == ["a", "c", "d"])
    }

    @Test func anUpdateOfAnOldVersionIsRefused() async throws {
        let store = try await Self.store()
        let old = try await store.create(Self.pod("a"), kind: .pods)
        try await store.change(.pods, namespace: "default", name: "a") { $0.set("metadata", "labels", "x", to: "y") }
        await #expect(throws: StoreRefusal.modifiedMeanwhile(.pods, "a")) { try await store.update(old, kind: .pods) }
    }

    @Test func aChangeThatChangesNothingIsNoEvent() async throws {
        let store = try await Self.store()
        let pod = try await store.create(Self.pod("a"), kind: .pods)
        #expect(try await store.update(pod, kind: .pods) == pod)
    }

    @Test func aNamespaceGoesWithItsLastPod() async throws {
        let store = try await Self.store()
        try await store.create(["metadata": ["name": "run"]], kind: .namespaces)
        try await store.create(Self.pod("a"), kind: .pods, namespace: "run")
        guard case .marked = try await store.delete(.namespaces, name: "run") else {
            Issue.record("the namespace was removed while it held a pod on a node")
            return
        }
        let refusal = await #expect(throws: StoreRefusal.self) {
            try await store.create(Self.pod("b"), kind: .pods, namespace: "run")
        }
        #expect(refusal?.code == 403)
        try await store.remove(.pods, namespace: "run", name: "a")
        await #expect(throws: StoreRefusal.notFound(.namespaces, "run")) { try await store.get(.namespaces, name: "run") }
    }

    @Test func whatAFinalizerHoldsIsNamed() async throws {
        let store = try await Self.store()
        try await store.create(["metadata": ["name": "run"]], kind: .namespaces)
        try await store.create(
            ["metadata": ["name": "held", "finalizers": ["example.com/hold"]]], kind: .configMaps, namespace: "run")
        try await store.delete(.namespaces, name: "run")
        let space = try await store.get(.namespaces, name: "run")
        #expect(space.text(at: "status", "phase") == "Terminating")
        #expect(
            (space.value(at: "status", "conditions")?.elements ?? []).last?.text(at: "message")
                == "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances")
        try await store.change(.configMaps, namespace: "run", name: "held") { $0.remove("metadata", "finalizers") }
        await #expect(throws: StoreRefusal.notFound(.namespaces, "run")) { try await store.get(.namespaces, name: "run") }
    }

    @Test func aDefinitionServesItsKindAndTakesItsObjectsAlong() async throws {
        let store = try await Self.store()
        try await store.create(
            [
                "metadata": ["name": "network-attachment-definitions.k8s.cni.cncf.io"],
                "spec": [
                    "group": "k8s.cni.cncf.io", "scope": "Namespaced",
                    "names": [
                        "kind": "NetworkAttachmentDefinition", "plural": "network-attachment-definitions",
                        "singular": "network-attachment-definition", "shortNames": ["net-attach-def"],
                    ],
                    "versions": [["name": "v1", "served": true, "storage": true]],
                ],
            ], kind: .customResourceDefinitions)
        #expect(await store.kinds.contains(.networkAttachmentDefinitions))
        try await store.create(
            ["metadata": ["name": "sriov-201"], "spec": ["config": "{}"]], kind: .networkAttachmentDefinitions)
        try await store.delete(.customResourceDefinitions, name: "network-attachment-definitions.k8s.cni.cncf.io")
        #expect(await !store.kinds.contains(.networkAttachmentDefinitions))
        #expect(try await store.list(.networkAttachmentDefinitions).items.isEmpty)
    }
}
