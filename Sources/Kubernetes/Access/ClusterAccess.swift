package import Facts
package import Transports

/// How one cluster is reached, resolved from everything the user said.
package struct ClusterAccess: Sendable {
    /// `https://192.0.2.7:6443`, perhaps with a path, without a slash at its end.
    package let server: String
    /// TLS and proxy; with the client certificate where there is one.
    package let route: HTTPRoute
    package let credentials: Credentials
    /// Whom to act for; `nil` acts as oneself.
    package let impersonation: Impersonation?
    /// The namespace for objects that name none.
    package let namespace: String
    /// As the kubeconfig names it; `nil` in a pod.
    package let contextName: String?
    package let userName: String?
    /// Where this comes from, for sentences: `context 'lab' of /home/op/.kube/config`.
    package let origin: String

    package init(
        server: String, route: HTTPRoute = HTTPRoute(), credentials: Credentials = .none, impersonation: Impersonation? = nil,
        namespace: String = "default", contextName: String? = nil, userName: String? = nil, origin: String
    ) {
        self.server = server
        self.route = route
        self.credentials = credentials
        self.impersonation = impersonation
        self.namespace = namespace
        self.contextName = contextName
        self.userName = userName
        self.origin = origin
    }
}

/// What proves who asks, beside a client certificate.
package enum Credentials: Sendable {
    case none
    case token(Redacted<String>)
    /// Read again for every request, so that a rotated token is used at once.
    case tokenFile(path: String)
    case basic(user: String, password: Redacted<String>)
    /// Run when it is needed, and again when what it gave expires or is refused.
    case plugin(ExecPlugin)
}

/// `Impersonate-*` headers.
///
/// - Source: Kubernetes authentication, "User impersonation".
package struct Impersonation: Hashable, Sendable {
    package var user: String
    package var uid: String?
    package var groups: [String]
    /// Key and values.
    package var extra: [String: [String]]

    package init(user: String, uid: String? = nil, groups: [String] = [], extra: [String: [String]] = [:]) {
        self.user = user
        self.uid = uid
        self.groups = groups
        self.extra = extra
    }
}
