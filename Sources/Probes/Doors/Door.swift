package import Dialects
package import Facts

/// Where questions go out: the live site, or the evidence of a stored run.
package protocol Door: Sendable {
    /// Runs one command on a node, in a pod (`container` nil: its only one) or on a device, and captures it.
    ///
    /// - Throws: `ProbeFailure` when the command's end was not seen. A command that ended with an error is an exchange.
    func run(_ command: DeviceCommand, on source: FactSource, container: String?, ping: Duration) async throws(ProbeFailure)
        -> Exchange

    /// A container of the run's own in the pod, with the programs that its image lacks.
    ///
    /// - Returns: nil where the scenario allows none.
    /// - Throws: `ProbeFailure` when it could not be added, or does not run.
    func helper(in pod: PodReference) async throws(ProbeFailure) -> String?

    /// Asks the API.
    /// - Throws: `ProbeFailure` when there was no usable answer; 404 is an answer.
    func ask(_ question: ClusterQuestion) async throws(ProbeFailure) -> ClusterAnswer
}

/// A read of the cluster's API.
package enum ClusterQuestion: Hashable, Sendable {
    case node(String)
    case configMap(namespace: String, name: String)
    case pods(namespace: String)
    case pod(namespace: String, name: String)
    case nad(namespace: String, name: String)
    /// The SR-IOV operator's `SriovNetworkNodeState` of a node.
    case operatorState(namespace: String, node: String)
    /// The SR-IOV operator's `SriovNetworkNodePolicy`s.
    case operatorPolicies(namespace: String)
    /// The SR-IOV operator's `SriovNetwork`.
    case operatorNetwork(namespace: String, name: String)
    /// A `ResourceClaim`, in the newest version that the server offers.
    case deviceClaim(namespace: String, name: String)
    /// The `ResourceSlice`s of a node, likewise.
    case deviceSlices(node: String)
    /// Events about the object of this UID.
    case events(namespace: String, uid: String)
    /// What the caller may do: a review, which is written as a question and read as an answer.
    case access(AccessRight)
}

/// What the API answered.
package enum ClusterAnswer: Sendable {
    case object(JSONValue)
    case list([JSONValue])
    /// 404, with the server's own words.
    case absent(String)
}
