/// What a site that is none says of itself; every report of a run on it says so too.
package enum LabKind: String, Hashable, Sendable, CaseIterable {
    /// One model answers for all that there is.
    case simulated
    /// Kernels are true, hardware and cluster are not.
    case emulated

    /// `a simulated site`
    package var phrase: String { self == .simulated ? "a simulated site" : "an emulated site" }

    /// - Parameter context: the name that the kubeconfig has for the cluster; `plumbline-lab` writes such ones.
    /// - Returns: nil for any other name.
    package init?(context: String) {
        switch context {
        case "plumbline-lab": self = .simulated
        case "plumbline-lab-emulated": self = .emulated
        default: return nil
        }
    }
}
