internal import Documents
internal import Facts
internal import Transports

/// Several kubeconfig files as one: of a name that occurs twice the first file's entry counts, whole; likewise the first
/// `current-context`.
///
/// - Source: Kubernetes, "Organizing Cluster Access Using kubeconfig Files".
struct Kubeconfig {
    private let files: [KubeconfigFile]
    private let clusters: [KubeconfigEntry]
    private let users: [KubeconfigEntry]
    private let contexts: [KubeconfigEntry]

    init(_ files: [KubeconfigFile]) {
        self.files = files
        clusters = files.flatMap { $0.entries("clusters", "cluster") }
        users = files.flatMap { $0.entries("users", "user") }
        contexts = files.flatMap { $0.entries("contexts", "context") }
    }

    private var names: String { files.map(\.path).joined(separator: ", ") }

    private var currentContext: String? {
        for file in files {
            if let name = file.root["current-context"]?.text, !name.isEmpty { return name }
        }
        return nil
    }

    /// - Throws: `KubernetesFailure` that names the entry that is missing or cannot be used.
    func access(context wanted: String?, namespace: String?) throws(KubernetesFailure) -> ClusterAccess {
        guard let contextName = wanted ?? currentContext else {
            throw .configuration(
                "no context is chosen: expected current-context in \(names), found none",
                next: "name one with --context: \(list(contexts))")
        }
        guard let context = contexts.first(where: { $0.name == contextName }) else {
            throw .configuration(
                "context '\(contextName)' is not in \(names)", next: "there are: \(list(contexts))")
        }
        let clusterName = context.text("cluster") ?? ""
        guard let cluster = clusters.first(where: { $0.name == clusterName }) else {
            throw .configuration(
                "\(context.content.mark): context '\(contextName)' names the cluster '\(clusterName)', which is not in \(names)",
                next: "there are: \(list(clusters))")
        }
        let userName = context.text("user")
        let user = users.first { $0.name == userName }
        if let userName, user == nil {
            throw .configuration(
                "\(context.content.mark): context '\(contextName)' names the user '\(userName)', who is not in \(names)",
                next: "there are: \(list(users))")
        }
        var route = try self.route(cluster)
        let login = try user.map { entry throws(KubernetesFailure) in try UserEntry(entry, cluster: cluster) }
        route.clientCertificate = login?.clientCertificate
        route.clientKey = login?.clientKey
        return ClusterAccess(
            server: try server(cluster), route: route, credentials: login?.credentials ?? .none,
            impersonation: login?.impersonation, namespace: namespace ?? context.text("namespace") ?? "default",
            contextName: contextName, userName: userName, origin: "context '\(contextName)' of \(context.file.path)")
    }

    private func list(_ entries: [KubeconfigEntry]) -> String {
        entries.isEmpty ? "none" : entries.map(\.name).joined(separator: ", ")
    }

    private func server(_ cluster: KubeconfigEntry) throws(KubernetesFailure) -> String {
        guard let text = cluster.text("server") else {
            throw .configuration("\(cluster.content.mark): cluster '\(cluster.name)' has no server")
        }
        let server = text.contains("://") ? text : "http://" + text
        guard HTTPEndpoint(server) != nil else {
            throw .configuration(
                "\(cluster.mark("server")): server of cluster '\(cluster.name)': expected https://host:port, found '\(text)'")
        }
        return server.hasSuffix("/") ? String(server.dropLast()) : server
    }

    private func route(_ cluster: KubeconfigEntry) throws(KubernetesFailure) -> HTTPRoute {
        var route = HTTPRoute()
        route.authorities = try cluster.bytes("certificate-authority", what: "the certificate authority")
        route.verifiesServer = cluster.content["insecure-skip-tls-verify"]?.bool != true
        if !route.verifiesServer, route.authorities != nil {
            throw .configuration(
                "\(cluster.mark("insecure-skip-tls-verify")): cluster '\(cluster.name)' has a certificate authority and "
                    + "insecure-skip-tls-verify: expected one of them")
        }
        route.serverName = cluster.text("tls-server-name")
        if let proxy = cluster.text("proxy-url") {
            let schemes = ["http://", "https://", "socks5://", "socks5h://"]
            guard schemes.contains(where: proxy.hasPrefix) else {
                throw .configuration(
                    "\(cluster.mark("proxy-url")): proxy-url of cluster '\(cluster.name)': expected one of \(schemes.joined(separator: ", "))"
                )
            }
            route.proxy = Redacted(proxy)
        }
        return route
    }
}
