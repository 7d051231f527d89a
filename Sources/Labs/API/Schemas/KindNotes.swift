/// One sentence on each kind, for `kubectl explain`.
enum KindNotes {
    static func text(of kind: ResourceKind) -> String {
        notes[kind.kind] ?? "\(kind.kind) is a custom resource of the group \(kind.group)."
    }

    private static let notes = [
        "Pod": "A Pod is a set of containers that run together on one node.",
        "Node": "A Node is a machine that runs pods.",
        "Namespace": "A Namespace is a scope for names.",
        "ConfigMap": "A ConfigMap holds configuration that pods read.",
        "Event": "An Event tells of something that happened to an object.",
        "Secret": "A Secret holds data that is not for everyone.",
        "ServiceAccount": "A ServiceAccount is who a pod is to the API.",
        "Service": "A Service is a name and address for a set of pods.",
        "LimitRange": "A LimitRange bounds what pods of a namespace may ask for.",
        "ResourceQuota": "A ResourceQuota bounds what a namespace may use in all.",
        "DaemonSet": "A DaemonSet runs one pod on each node.",
        "Deployment": "A Deployment runs replicas of a pod and replaces them step by step.",
        "ReplicaSet": "A ReplicaSet runs a number of replicas of a pod.",
        "Lease": "A Lease says who holds something, and until when.",
        "Role": "A Role is a set of rights in one namespace.",
        "RoleBinding": "A RoleBinding gives a role to subjects in one namespace.",
        "ClusterRole": "A ClusterRole is a set of rights that can be given anywhere.",
        "ClusterRoleBinding": "A ClusterRoleBinding gives a cluster role to subjects everywhere.",
        "DeviceClass": "A DeviceClass names devices that claims can ask for.",
        "ResourceClaim": "A ResourceClaim asks for devices and says which were given.",
        "ResourceSlice": "A ResourceSlice lists devices that a driver offers.",
        "CustomResourceDefinition": "A CustomResourceDefinition adds a kind to the API.",
        "SelfSubjectAccessReview": "A SelfSubjectAccessReview asks whether its author may do something.",
        "SelfSubjectRulesReview": "A SelfSubjectRulesReview asks what its author may do in a namespace.",
        "SelfSubjectReview": "A SelfSubjectReview asks who its author is.",
    ]
}
