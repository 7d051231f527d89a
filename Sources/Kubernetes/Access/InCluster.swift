internal import Foundation
internal import Transports

extension ClusterSettings {
    /// The service account of the pod that this runs in; `nil` when this is no pod.
    ///
    /// - Source: Kubernetes, "Accessing the API from a Pod".
    func inCluster() throws(KubernetesFailure) -> ClusterAccess? {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], let port = environment["KUBERNETES_SERVICE_PORT"],
            FileManager.default.fileExists(atPath: serviceAccountFolder + "/token")
        else { return nil }
        let authorities = try LocalFile.read(
            serviceAccountFolder + "/ca.crt", what: "the service account's certificate authority")
        let ownNamespace = try LocalFile.read(serviceAccountFolder + "/namespace", what: "the service account's namespace")
        let bracketed = host.contains(":") ? "[\(host)]" : host
        return ClusterAccess(
            server: "https://\(bracketed):\(port)", route: HTTPRoute(authorities: authorities),
            credentials: .tokenFile(path: serviceAccountFolder + "/token"),
            namespace: namespace ?? String(decoding: ownNamespace, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines),
            userName: "service account", origin: "the service account in \(serviceAccountFolder)")
    }
}

/// Files that a kubeconfig refers to.
enum LocalFile {
    /// - Throws: `KubernetesFailure` that names the file, what it is for, and why it cannot be read.
    static func read(_ path: String, what: String) throws(KubernetesFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, what) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0 else { throw unreadable(path, what) }
            bytes += chunk[..<count]
            guard bytes.count <= limitBytes else {
                throw .configuration("\(what): expected to read \(path), but it has more than \(limitBytes) bytes")
            }
        }
    }

    private static let limitBytes = 16 << 20

    private static func unreadable(_ path: String, _ what: String) -> KubernetesFailure {
        .configuration("\(what): expected to read \(path), but: \(String(cString: strerror(errno)))")
    }
}
