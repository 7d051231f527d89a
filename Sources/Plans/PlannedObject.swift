package import Facts
package import Scenarios

/// One object that the run will create, complete but for the run's labels.
package struct PlannedObject: Hashable, Sendable {
    package var reference: ObjectReference
    /// As it is posted, without the labels that name the run.
    package var manifest: JSONValue
    /// Nodes that it may land on: it is not created while a preflight check fails on all of them. Empty: on no node.
    package var nodes: [NodeName]

    package init(reference: ObjectReference, manifest: JSONValue, nodes: [NodeName] = []) {
        self.reference = reference
        self.manifest = manifest
        self.nodes = nodes
    }

    /// The manifest with the labels by which clean-up finds the run's objects again.
    package func manifest(runID: String) -> JSONValue {
        manifest.settingMember("metadata") { metadata in
            (metadata ?? .object([])).settingMember("labels") { labels in
                RunLabel.all(runID: runID).reduce(labels ?? .object([])) { labels, label in
                    labels.settingMember(label.key) { _ in .string(label.value) }
                }
            }
        }
    }
}

extension PlannedObject {
    /// The Lease that keeps two runs of a scenario apart.
    ///
    /// - Parameter time: when it is taken, RFC 3339 with six decimals, as the API writes a MicroTime.
    package static func lease(of scenario: Scenario, runID: String, time: String) -> PlannedObject {
        let name = "plumbline-" + scenario.name
        let duration = scenario.timeouts.scenario + scenario.timeouts.cleanup
        return PlannedObject(
            reference: ObjectReference(kind: "Lease", namespace: scenario.namespace, name: name),
            manifest: [
                "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                "metadata": ["name": .string(name), "namespace": .string(scenario.namespace)],
                "spec": [
                    "holderIdentity": .string(runID), "leaseDurationSeconds": .integer(duration.components.seconds),
                    "acquireTime": .string(time), "renewTime": .string(time),
                ],
            ])
    }
}

/// The labels that every object of a run bears.
package enum RunLabel {
    package static let run = "plumbline.dev/run"
    package static let manager = "app.kubernetes.io/managed-by"

    package static func all(runID: String) -> [(key: String, value: String)] { [(manager, "plumbline"), (run, runID)] }
}

extension JSONValue {
    /// The object with one member replaced, or added at the end.
    fileprivate func settingMember(_ key: String, _ change: (JSONValue?) -> JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return .object([.init(key, change(nil))]) }
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index].value = change(members[index].value)
        } else {
            members.append(.init(key, change(nil)))
        }
        return .object(members)
    }
}
