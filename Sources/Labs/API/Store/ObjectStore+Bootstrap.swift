internal import Facts

extension ObjectStore {
    /// Puts in what every cluster has before anybody uses it: the four namespaces and the roles that let known users ask what the
    /// server offers and what they may do.
    ///
    /// - Parameter certificateAuthority: the PEM text for each namespace's `kube-root-ca.crt`.
    /// - Throws: 409 when it is called twice.
    /// - Source: Kubernetes documentation, "Using RBAC Authorization", default roles.
    package func bootstrap(certificateAuthority: String = "") throws(StoreRefusal) {
        self.certificateAuthority = certificateAuthority
        for name in ["kube-system", "kube-public", "kube-node-lease", "default"] {
            try create(["metadata": ["name": .string(name)]], kind: .namespaces)
        }
        for role in Self.roles { try create(role, kind: .clusterRoles) }
        for binding in Self.bindings { try create(binding, kind: .clusterRoleBindings) }
    }

    private static let roles: [JSONValue] = [
        role(
            "cluster-admin",
            [["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]], ["verbs": ["*"], "nonResourceURLs": ["*"]]]),
        role(
            "system:discovery",
            [
                [
                    "verbs": ["get"],
                    "nonResourceURLs": [
                        "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz",
                        "/version",
                        "/version/",
                    ],
                ]
            ]),
        role(
            "system:basic-user",
            [
                [
                    "verbs": ["create"], "apiGroups": ["authorization.k8s.io"],
                    "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
                ],
                ["verbs": ["create"], "apiGroups": ["authentication.k8s.io"], "resources": ["selfsubjectreviews"]],
            ]),
        role(
            "system:public-info-viewer",
            [["verbs": ["get"], "nonResourceURLs": ["/healthz", "/livez", "/readyz", "/version", "/version/"]]]),
    ]

    private static let bindings: [JSONValue] = [
        binding("cluster-admin", groups: ["system:masters"]),
        binding("system:discovery", groups: ["system:authenticated"]),
        binding("system:basic-user", groups: ["system:authenticated"]),
        binding("system:public-info-viewer", groups: ["system:authenticated", "system:unauthenticated"]),
    ]

    private static func role(_ name: String, _ rules: [JSONValue]) -> JSONValue {
        [
            "metadata": ["name": .string(name), "labels": ["kubernetes.io/bootstrapping": "rbac-defaults"]],
            "rules": .array(rules),
        ]
    }

    private static func binding(_ role: String, groups: [String]) -> JSONValue {
        [
            "metadata": ["name": .string(role), "labels": ["kubernetes.io/bootstrapping": "rbac-defaults"]],
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(role)],
            "subjects": .array(
                groups.map { ["kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": .string($0)] }),
        ]
    }
}
