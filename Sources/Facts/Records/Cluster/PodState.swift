/// A pod as the API describes it, reduced to what the checks ask.
///
/// - Source: `GET /api/v1/namespaces/NS/pods/NAME`.
package struct PodState: Hashable, Sendable {
    package struct Condition: Hashable, Sendable {
        package var type: String
        /// `True`, `False` or `Unknown`.
        package var status: String
        package var reason: String?
        package var message: String?

        package init(type: String, status: String, reason: String? = nil, message: String? = nil) {
            self.type = type
            self.status = status
            self.reason = reason
            self.message = message
        }
    }

    package struct Container: Hashable, Sendable {
        package var name: String
        package var image: String?
        package var ready: Bool
        package var restartCount: Int
        /// `running`, `waiting` or `terminated`; nil before the kubelet reported.
        package var state: String?
        /// The reason of waiting or terminated (`ErrImagePull`, `Completed`).
        package var reason: String?
        package var message: String?
        /// Exit code of the last termination; nil where there was none.
        package var lastExitCode: Int?
        /// Device ids by resource from `allocatedResourcesStatus` (Kubernetes 1.31 and newer, where switched on).
        package var allocatedDevices: [ResourceName: [String]]

        package init(
            name: String, image: String? = nil, ready: Bool = false, restartCount: Int = 0, state: String? = nil,
            reason: String? = nil, message: String? = nil, lastExitCode: Int? = nil,
            allocatedDevices: [ResourceName: [String]] = [:]
        ) {
            self.name = name
            self.image = image
            self.ready = ready
            self.restartCount = restartCount
            self.state = state
            self.reason = reason
            self.message = message
            self.lastExitCode = lastExitCode
            self.allocatedDevices = allocatedDevices
        }
    }

    package var reference: PodReference
    package var uid: String
    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`; nil where the API gave none.
    package var phase: String?
    package var reason: String?
    package var message: String?
    package var node: NodeName?
    package var labels: [String: String]
    /// When the kubelet took it up; nil until then.
    package var startTime: Timestamp?
    package var creationTime: Timestamp?
    /// Set while it is being deleted.
    package var deletionTime: Timestamp?
    package var conditions: [Condition]
    package var containers: [Container]
    /// The text of `k8s.v1.cni.cncf.io/networks`; nil where not annotated.
    package var networksAnnotation: String?
    /// The text of `k8s.v1.cni.cncf.io/network-status` (or the older `networks-status`); nil until networking is done.
    package var networkStatusAnnotation: String?
    /// That annotation read; nil until networking is done, and where it could not be read (`networkStatusProblem` says why).
    package var networkStatus: [NetworkStatus]?
    package var networkStatusProblem: String?
    /// Sum of the containers' requests by extended resource.
    package var requests: [ResourceName: Int]
    /// Names of its ResourceClaims, in the pod's namespace: its own, those made from its templates, and the one that stands for
    /// extended resources; sorted.
    package var claims: [String]

    package init(
        reference: PodReference, uid: String, phase: String? = nil, reason: String? = nil, message: String? = nil,
        node: NodeName? = nil, labels: [String: String] = [:], startTime: Timestamp? = nil, creationTime: Timestamp? = nil,
        deletionTime: Timestamp? = nil, conditions: [Condition] = [], containers: [Container] = [],
        networksAnnotation: String? = nil, networkStatusAnnotation: String? = nil,
        networkStatus: [NetworkStatus]? = nil, networkStatusProblem: String? = nil, requests: [ResourceName: Int] = [:],
        claims: [String] = []
    ) {
        self.reference = reference
        self.uid = uid
        self.phase = phase
        self.reason = reason
        self.message = message
        self.node = node
        self.labels = labels
        self.startTime = startTime
        self.creationTime = creationTime
        self.deletionTime = deletionTime
        self.conditions = conditions
        self.containers = containers
        self.networksAnnotation = networksAnnotation
        self.networkStatusAnnotation = networkStatusAnnotation
        self.networkStatus = networkStatus
        self.networkStatusProblem = networkStatusProblem
        self.requests = requests
        self.claims = claims
    }

    /// The condition of this type; nil where it is not listed.
    package func condition(_ type: String) -> Condition? { conditions.first { $0.type == type } }
}
