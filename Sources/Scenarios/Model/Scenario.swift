package import Facts

/// What is to be proven, resolved: overlays are merged, defaults filled in, expectations derived from manifests.
package struct Scenario: Hashable, Sendable {
    /// `metadata.name`: part of report names and classnames; a DNS label.
    package var name: String
    /// `spec.description`; nil where none is given.
    package var description: String?
    /// `metadata.labels`.
    package var labels: [String: String]
    /// Keys: `name`, `description`, `cleanup`, `namespace`, `createNamespace`.
    package var places: Places
    /// Every file that was read for it, in the order of reading: the scenario, what it extends, manifests.
    package var files: [String]
    package var timeouts: Timeouts
    /// The namespace of every object that names none itself.
    package var namespace: String
    /// How the run makes that namespace; nil: it is there already.
    package var createNamespace: NamespaceTemplate?
    package var devicePlugin: DevicePluginExpectation
    /// The namespace of the SR-IOV operator's node states, policies and networks; nil: they are not asked for.
    package var operatorNamespace: String?
    /// Who gives VFs out besides the device plugin, or in its place; nil: nobody.
    package var dynamicResources: DynamicResourcesExpectation?
    package var nodes: [NodeExpectation]
    package var devices: [DeviceExpectation]
    package var networks: [NetworkExpectation]
    package var pods: [PodExpectation]
    package var ping: PingExpectation
    /// How long and how often a check is repeated that looks at something which takes time, unless `checks` says otherwise.
    package var eventually: Eventually
    /// What the scenario says of single checks; all others run with the defaults.
    package var checks: [CheckSelection]
    package var cleanup: CleanupPolicy
}

extension Scenario {
    package func node(_ name: NodeName) -> NodeExpectation? { nodes.first { $0.name == name } }

    package func device(_ name: DeviceName) -> DeviceExpectation? { devices.first { $0.name == name } }

    package func network(_ reference: NetworkReference) -> NetworkExpectation? {
        networks.first { $0.reference == reference }
    }

    package func pod(_ reference: PodReference) -> PodExpectation? { pods.first { $0.reference == reference } }

    /// The pods that are to run on this node, in the scenario's order.
    package func pods(on node: NodeName) -> [PodExpectation] { pods.filter { $0.node == node } }

    /// The networks that pods on this node are attached to, each once, in the scenario's order.
    package func networks(on node: NodeName) -> [NetworkExpectation] {
        let used = Set(pods(on: node).flatMap(\.attachments).map(\.network))
        return networks.filter { used.contains($0.reference) }
    }

    /// What the scenario says of this check; nil when it says nothing.
    package func selection(_ check: String) -> CheckSelection? { checks.first { $0.id == check } }

    /// How long and how often this check is repeated.
    package func eventually(_ check: String) -> Eventually { selection(check)?.eventually ?? eventually }

    /// How long this check has to stay true once it is; zero for most.
    package func holdFor(_ check: String) -> Duration { selection(check)?.holdFor ?? .zero }
}
