/// The kinds that the lab's API serves from the start. Custom resources come on top, from the CustomResourceDefinitions that the
/// store holds (`ObjectStore.kinds`).
///
/// - Source: discovery of a true server, `GET /api/v1` and the aggregated `GET /apis` of Kubernetes 1.36.
extension ResourceKind {
    package static let pods = ResourceKind("Pod", "pods", short: ["po"], categories: ["all"], status: true, generations: true)
    package static let nodes = ResourceKind("Node", "nodes", namespaced: false, short: ["no"], status: true)
    package static let namespaces = ResourceKind("Namespace", "namespaces", namespaced: false, short: ["ns"], status: true)
    package static let configMaps = ResourceKind("ConfigMap", "configmaps", short: ["cm"])
    package static let events = ResourceKind("Event", "events", short: ["ev"])
    package static let secrets = ResourceKind("Secret", "secrets")
    package static let serviceAccounts = ResourceKind("ServiceAccount", "serviceaccounts", short: ["sa"])
    package static let services = ResourceKind("Service", "services", short: ["svc"], categories: ["all"], status: true)
    package static let limitRanges = ResourceKind("LimitRange", "limitranges", short: ["limits"])
    package static let resourceQuotas = ResourceKind("ResourceQuota", "resourcequotas", short: ["quota"], status: true)

    package static let daemonSets = ResourceKind(
        group: "apps", "DaemonSet", "daemonsets", short: ["ds"], categories: ["all"], status: true, generations: true)
    package static let deployments = ResourceKind(
        group: "apps", "Deployment", "deployments", short: ["deploy"], categories: ["all"], status: true, generations: true)
    package static let replicaSets = ResourceKind(
        group: "apps", "ReplicaSet", "replicasets", short: ["rs"], categories: ["all"], status: true, generations: true)

    package static let leases = ResourceKind(group: "coordination.k8s.io", "Lease", "leases")

    package static let roles = ResourceKind(group: "rbac.authorization.k8s.io", "Role", "roles")
    package static let roleBindings = ResourceKind(group: "rbac.authorization.k8s.io", "RoleBinding", "rolebindings")
    package static let clusterRoles = ResourceKind(
        group: "rbac.authorization.k8s.io", "ClusterRole", "clusterroles", namespaced: false)
    package static let clusterRoleBindings = ResourceKind(
        group: "rbac.authorization.k8s.io", "ClusterRoleBinding", "clusterrolebindings", namespaced: false)

    package static let resourceSlices = ResourceKind(
        group: "resource.k8s.io", "ResourceSlice", "resourceslices", namespaced: false, generations: true)
    package static let resourceClaims = ResourceKind(
        group: "resource.k8s.io", "ResourceClaim", "resourceclaims", status: true)
    package static let deviceClasses = ResourceKind(
        group: "resource.k8s.io", "DeviceClass", "deviceclasses", namespaced: false, generations: true)

    package static let customResourceDefinitions = ResourceKind(
        group: "apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", namespaced: false,
        short: ["crd", "crds"], categories: ["api-extensions"], status: true, generations: true)

    package static let selfSubjectAccessReviews = ResourceKind(
        group: "authorization.k8s.io", "SelfSubjectAccessReview", "selfsubjectaccessreviews", namespaced: false, transient: true)
    package static let selfSubjectRulesReviews = ResourceKind(
        group: "authorization.k8s.io", "SelfSubjectRulesReview", "selfsubjectrulesreviews", namespaced: false, transient: true)
    package static let selfSubjectReviews = ResourceKind(
        group: "authentication.k8s.io", "SelfSubjectReview", "selfsubjectreviews", namespaced: false, transient: true)

    /// Every built-in kind, core group first, then by group as discovery orders them.
    package static let all: [ResourceKind] = [
        pods, nodes, namespaces, configMaps, events, secrets, serviceAccounts, services, limitRanges, resourceQuotas,
        daemonSets, deployments, replicaSets,
        selfSubjectReviews,
        selfSubjectAccessReviews, selfSubjectRulesReviews,
        roles, roleBindings, clusterRoles, clusterRoleBindings,
        customResourceDefinitions,
        leases,
        deviceClasses, resourceClaims, resourceSlices,
    ]

    /// Multus' NADs. Served once the store holds their CustomResourceDefinition.
    package static let networkAttachmentDefinitions = ResourceKind(
        group: "k8s.cni.cncf.io", "NetworkAttachmentDefinition", "network-attachment-definitions",
        singular: "network-attachment-definition", short: ["net-attach-def"], custom: true, generations: true)
}
