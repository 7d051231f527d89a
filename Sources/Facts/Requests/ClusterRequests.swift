// Questions to the cluster's API.

package struct ClusterNodeRequest: FactRequest {
    package typealias Answer = Lookup<ClusterNode>
    package static let kind = "node"
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .cluster }
    package var what: String { "node \(node)" }
}

/// The device plugin's ConfigMap, its `config.json` read.
package struct DevicePluginConfigRequest: FactRequest {
    package typealias Answer = Lookup<DevicePluginConfig>
    package static let kind = "device-plugin-config"
    package static let isSteady = true
    package let namespace: String
    package let name: String
    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }
    package var source: FactSource { .cluster }
    package var what: String { "ConfigMap \(namespace)/\(name)" }
}

/// The device plugin's pods, found by label or image (their names differ from release to release).
package struct DevicePluginPodsRequest: FactRequest {
    package typealias Answer = [PodState]
    package static let kind = "device-plugin-pods"
    package let namespace: String
    package init(namespace: String) { self.namespace = namespace }
    package var source: FactSource { .cluster }
    package var what: String { "device plugin pods in \(namespace)" }
}

package struct NADRequest: FactRequest {
    package typealias Answer = Lookup<NetworkAttachmentDefinition>
    package static let kind = "nad"
    package static let isSteady = true
    package let namespace: String
    package let name: String
    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }
    package var source: FactSource { .cluster }
    package var what: String { "NAD \(namespace)/\(name)" }
}

/// What the SR-IOV operator says of a node; absent where it has no object of it, or is not there at all.
package struct OperatorStateRequest: FactRequest {
    package typealias Answer = Lookup<OperatorNodeState>
    package static let kind = "operator-state"
    package let namespace: String
    package let node: NodeName
    package init(namespace: String, node: NodeName) {
        self.namespace = namespace
        self.node = node
    }
    package var source: FactSource { .cluster }
    package var what: String { "SriovNetworkNodeState \(namespace)/\(node)" }
}

package struct PodStateRequest: FactRequest {
    package typealias Answer = Lookup<PodState>
    package static let kind = "pod"
    package let pod: PodReference
    package init(pod: PodReference) { self.pod = pod }
    package var source: FactSource { .cluster }
    package var what: String { "pod \(pod)" }
}

/// Events about one pod, oldest first.
package struct PodEventsRequest: FactRequest {
    package typealias Answer = [ClusterEvent]
    package static let kind = "pod-events"
    package let pod: PodReference
    /// Restricts the answer to this incarnation of the pod.
    package let uid: String
    package init(pod: PodReference, uid: String) {
        self.pod = pod
        self.uid = uid
    }
    package var source: FactSource { .cluster }
    package var what: String { "events of pod \(pod)" }
}
