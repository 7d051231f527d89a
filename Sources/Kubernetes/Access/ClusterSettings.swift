internal import Foundation

/// What the user said about the cluster, as kubectl takes it, and the surroundings that it is read in.
package struct ClusterSettings: Sendable {
    /// `--kubeconfig`; `nil` goes by `KUBECONFIG`, then `~/.kube/config`, then the pod that this runs in.
    package var kubeconfigPath: String?
    /// `--context`; `nil` takes the current one.
    package var context: String?
    /// `--namespace`; `nil` takes the context's, then `default`.
    package var namespace: String?
    /// The process's environment; a test gives its own.
    package var environment: [String: String]
    /// Where a pod finds its service account.
    package var serviceAccountFolder: String

    package init(
        kubeconfigPath: String? = nil, context: String? = nil, namespace: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        serviceAccountFolder: String = "/var/run/secrets/kubernetes.io/serviceaccount"
    ) {
        self.kubeconfigPath = kubeconfigPath
        self.context = context
        self.namespace = namespace
        self.environment = environment
        self.serviceAccountFolder = serviceAccountFolder
    }

    /// Reads the files and says how the cluster is reached. Nothing is sent.
    ///
    /// - Throws: `KubernetesFailure` of kind `configuration`: which file, which entry, what was expected.
    package func resolve() throws(KubernetesFailure) -> ClusterAccess {
        let files = try kubeconfigFiles()
        if files.isEmpty, kubeconfigPath == nil, let access = try inCluster() { return access }
        guard !files.isEmpty else {
            let named = environment["KUBECONFIG"] ?? ""
            throw .configuration(
                named.isEmpty
                    ? "no cluster is configured: expected --kubeconfig, KUBECONFIG, ~/.kube/config or a pod's service account, found none of them"
                    : "no cluster is configured: KUBECONFIG names '\(named)', and no such file is there, nor a pod's service account",
                next: named.isEmpty
                    ? "name a kubeconfig with --kubeconfig" : "correct KUBECONFIG, or name a kubeconfig with --kubeconfig")
        }
        return try Kubeconfig(files).access(context: context, namespace: namespace)
    }

    /// An explicit file must be there; of those that are only looked for, the missing ones are passed over.
    private func kubeconfigFiles() throws(KubernetesFailure) -> [KubeconfigFile] {
        if let kubeconfigPath { return [try KubeconfigFile(path: kubeconfigPath)] }
        var paths = (environment["KUBECONFIG"] ?? "").split(separator: ":").map(String.init)
        if paths.isEmpty, let home = environment["HOME"] { paths = [home + "/.kube/config"] }
        var files: [KubeconfigFile] = []
        for path in paths where FileManager.default.fileExists(atPath: path) {
            files.append(try KubeconfigFile(path: path))
        }
        return files
    }
}

extension KubernetesFailure {
    static func configuration(_ sentence: String, next: String? = nil) -> KubernetesFailure {
        KubernetesFailure(kind: .configuration, sentence: "cluster: \(sentence)", next: next)
    }
}
