internal import Documents
internal import Facts
internal import Foundation

extension ExecPlugin {
    /// The `exec` of a user, and what of its cluster the plugin wants to know.
    ///
    /// - Throws: `KubernetesFailure` for a version that is not supported and for what is missing, with its place.
    init(_ node: DocumentNode, of user: KubeconfigEntry, cluster: KubeconfigEntry) throws(KubernetesFailure) {
        func text(_ key: String) -> String? { node[key]?.text.flatMap { $0.isEmpty ? nil : $0 } }
        let subject = "user '\(user.name)'"
        guard let command = text("command") else { throw .configuration("\(node.mark): exec of \(subject) has no command") }
        let version = text("apiVersion") ?? "none"
        guard ["v1", "v1beta1"].contains(where: { version == "client.authentication.k8s.io/" + $0 }) else {
            throw .configuration(
                "\(node["apiVersion"]?.mark ?? node.mark): exec of \(subject) has the apiVersion '\(version)': expected client.authentication.k8s.io/v1 or v1beta1",
                next: "let the tool that wrote this kubeconfig write it anew; v1alpha1 was removed in Kubernetes 1.24")
        }
        let mode = text("interactiveMode") ?? (version.hasSuffix("v1beta1") ? "IfAvailable" : "none")
        guard let interactiveMode = InteractiveMode(rawValue: mode) else {
            throw .configuration(
                "\(node["interactiveMode"]?.mark ?? node.mark): exec of \(subject) has the interactiveMode '\(mode)': expected Never, IfAvailable or Always"
            )
        }
        var environment: [String: String] = [:]
        for item in node["env"]?.elements ?? [] {
            if let name = item["name"]?.text { environment[name] = item["value"]?.text ?? "" }
        }
        apiVersion = version
        // As in client-go: a path with a slash is relative to the kubeconfig, a bare name is looked for on PATH.
        self.command = command.contains("/") ? user.file.resolve(command) : command
        arguments = (node["args"]?.elements ?? []).compactMap { $0.isNull ? nil : $0.text }
        self.environment = Redacted(environment)
        self.interactiveMode = interactiveMode
        installHint = text("installHint")
        self.cluster = node["provideClusterInfo"]?.bool == true ? try Self.describe(cluster) : nil
    }

    /// `spec.cluster` of an ExecCredential.
    private static func describe(_ cluster: KubeconfigEntry) throws(KubernetesFailure) -> JSONValue {
        var description: JSONValue = ["server": .string(cluster.text("server") ?? "")]
        for key in ["tls-server-name", "proxy-url"] {
            if let text = cluster.text(key) { description.update(key) { $0 = .string(text) } }
        }
        if cluster.content["insecure-skip-tls-verify"]?.bool == true {
            description.update("insecure-skip-tls-verify") { $0 = true }
        }
        if let authorities = try cluster.bytes("certificate-authority", what: "the certificate authority") {
            description.update("certificate-authority-data") { $0 = .string(Data(authorities).base64EncodedString()) }
        }
        for item in cluster.content["extensions"]?.elements ?? []
        where item["name"]?.text == "client.authentication.k8s.io/exec" {
            if let configuration = item["extension"] { description.update("config") { $0 = JSONValue(configuration) } }
        }
        return description
    }
}

extension JSONValue {
    /// The same value without its places.
    init(_ node: DocumentNode) {
        switch node.content {
        case .mapping(let members): self = .object(members.map { Member($0.key, JSONValue($0.value)) })
        case .sequence(let elements): self = .array(elements.map { JSONValue($0) })
        case .scalar(let scalar):
            self =
                switch scalar.meaning {
                case .null: .null
                case .bool(let value): .bool(value)
                case .integer(let value): .integer(value)
                case .number, .string, .ambiguous: .string(scalar.text)
                }
        }
    }
}
