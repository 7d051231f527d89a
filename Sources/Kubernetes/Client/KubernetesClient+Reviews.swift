package import Facts

extension KubernetesClient {
    /// Asks the API whether the caller has a right. Nothing is stored, so it may be asked again.
    ///
    /// - Returns: the review with its `status`.
    /// - Throws: `KubernetesFailure`; kind `notFound` where the server does not know such reviews.
    package func review(_ right: AccessRight, deadline: Duration? = nil) async throws(KubernetesFailure) -> KubernetesObject {
        let path = ResourcePath(group: "authorization.k8s.io", version: "v1", resource: "selfsubjectaccessreviews")
        let parts = right.resource.split(separator: "/", maxSplits: 1).map(String.init)
        let attributes: [(String, String?)] = [
            ("namespace", right.namespace), ("verb", right.verb.rawValue), ("group", right.group), ("resource", parts.first),
            ("subresource", parts.count > 1 ? parts[1] : nil), ("name", right.name),
        ]
        let members = attributes.compactMap { key, value in value.map { JSONValue.Member(key, .string($0)) } }
        let body: JSONValue = [
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
            "spec": ["resourceAttributes": .object(members)],
        ]
        let operation = Operation(verb: .create, path: path)
        return try object(
            try await send(APICall(operation: operation, method: "POST", body: body), deadline: deadline), operation)
    }
}
