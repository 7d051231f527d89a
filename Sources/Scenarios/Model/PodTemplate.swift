/// What a pod that is described in the scenario's own words runs.
package struct PodTemplate: Hashable, Sendable {
    package enum PullPolicy: String, Hashable, Sendable, CaseIterable {
        case always = "Always"
        case ifNotPresent = "IfNotPresent"
        case never = "Never"
    }

    /// As in a pod's `spec.tolerations`; nil keys are left out.
    package struct Toleration: Hashable, Sendable {
        package enum Operator: String, Hashable, Sendable, CaseIterable {
            case equal = "Equal"
            case exists = "Exists"
        }

        package enum Effect: String, Hashable, Sendable, CaseIterable {
            case noSchedule = "NoSchedule"
            case preferNoSchedule = "PreferNoSchedule"
            case noExecute = "NoExecute"
        }

        package var key: String?
        package var operation: Operator?
        package var value: String?
        package var effect: Effect?
    }

    /// Needs `ip` and `ping`.
    package var image = "busybox:1.36"
    package var pullPolicy: PullPolicy?
    package var pullSecrets: [String] = []
    /// A day is longer than any run; a container that ends would be started again.
    package var command = ["sleep", "86400"]
    package var tolerations: [Toleration] = []
    package var nodeSelector: [String: String] = [:]
    package var isPrivileged = false

    package init() {}
}
