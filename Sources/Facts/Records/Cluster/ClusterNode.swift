/// A node as the API describes it.
///
/// - Source: `GET /api/v1/nodes/NAME`.
package struct ClusterNode: Hashable, Sendable {
    package var name: NodeName
    /// Whole numbers only; cpu and memory are left out. A resource that is not listed is not in here.
    package var capacity: [ResourceName: Int]
    package var allocatable: [ResourceName: Int]
    /// The condition `Ready`: `True`, `False` or `Unknown`; nil where the node has no such condition.
    package var ready: String?
    /// The message of that condition.
    package var readyMessage: String?
    package var unschedulable: Bool
    package var internalIPs: [IPAddress]
    /// `amd64`, `arm64`, … as `nodeInfo.architecture` says it.
    package var architecture: String?
    package var labels: [String: String]

    package init(
        name: NodeName, capacity: [ResourceName: Int] = [:], allocatable: [ResourceName: Int] = [:], ready: String? = nil,
        readyMessage: String? = nil, unschedulable: Bool = false, internalIPs: [IPAddress] = [], architecture: String? = nil,
        labels: [String: String] = [:]
    ) {
        self.name = name
        self.capacity = capacity
        self.allocatable = allocatable
        self.ready = ready
        self.readyMessage = readyMessage
        self.unschedulable = unschedulable
        self.internalIPs = internalIPs
        self.architecture = architecture
        self.labels = labels
    }
}
