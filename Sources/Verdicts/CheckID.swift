package import Facts

/// The stable name of a check: `vf.vlan`.
package struct CheckID: Name {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// What a check was made on.
package enum Subject: Hashable, Sendable, CustomStringConvertible {
    case cluster
    case node(NodeName)
    /// A NAD by `namespace/name`.
    case network(String)
    case pod(PodReference)
    case device(DeviceName)

    /// As shown in reports: `worker1`, `default/sriov-201`, `sriov-pod-201-1`.
    package var description: String {
        switch self {
        case .cluster: "cluster"
        case .node(let name): name.text
        case .network(let name): name
        case .pod(let reference): reference.name
        case .device(let name): name.text
        }
    }

    /// `node`, `network`, `pod`, `device` or `cluster`.
    package var kind: String {
        switch self {
        case .cluster: "cluster"
        case .node: "node"
        case .network: "network"
        case .pod: "pod"
        case .device: "device"
        }
    }
}
