package import Facts

/// A program that gives credentials, as a kubeconfig names it.
///
/// - Source: Kubernetes, "client-go credential plugins"; `client.authentication.k8s.io` v1 and v1beta1.
package struct ExecPlugin: Sendable {
    package enum InteractiveMode: String, Sendable {
        case never = "Never"
        case ifAvailable = "IfAvailable"
        case always = "Always"
    }

    /// `client.authentication.k8s.io/v1` or `…/v1beta1`.
    package let apiVersion: String
    /// A name to be found on PATH, or an absolute path.
    package let command: String
    package let arguments: [String]
    /// Added to this process's own. Operators put secrets there.
    package let environment: Redacted<[String: String]>
    package let interactiveMode: InteractiveMode
    /// What the plugin's makers say to whoever lacks it; `nil` when they say nothing.
    package let installHint: String?
    /// `spec.cluster` of what the plugin is told; `nil` when it does not ask for it.
    package let cluster: JSONValue?

    /// What the plugin finds in KUBERNETES_EXEC_INFO.
    func information(isInteractive: Bool) -> JSONValue {
        var spec: JSONValue = ["interactive": .bool(isInteractive)]
        if let cluster { spec.update("cluster") { $0 = cluster } }
        return ["kind": "ExecCredential", "apiVersion": .string(apiVersion), "spec": spec]
    }
}

/// What a plugin gave.
struct PluginCredential: Sendable {
    let token: Redacted<String>?
    let certificate: (chain: [UInt8], key: Redacted<[UInt8]>)?
    /// `nil` holds until the server refuses it.
    let expires: Timestamp?

    /// Reads an ExecCredential.
    ///
    /// - Throws: `PluginAnswerProblem` when it is none of the version that was asked for, or holds no credential.
    init(_ output: [UInt8], apiVersion: String) throws(PluginAnswerProblem) {
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONValue(parsing: output)
        } catch {
            throw PluginAnswerProblem(seen: output.isEmpty ? "it printed nothing" : "what it printed is no JSON at \(error)")
        }
        guard json["kind"]?.text == "ExecCredential", json["apiVersion"]?.text == apiVersion else {
            throw PluginAnswerProblem(
                seen: "it printed kind '\(json["kind"]?.text ?? "none")' of '\(json["apiVersion"]?.text ?? "no version")'")
        }
        let status = json["status"]
        token = status?["token"]?.text.flatMap { $0.isEmpty ? nil : Redacted($0) }
        let chain = status?["clientCertificateData"]?.text ?? ""
        let key = status?["clientKeyData"]?.text ?? ""
        guard chain.isEmpty == key.isEmpty else {
            throw PluginAnswerProblem(
                seen: "it gave a client \(key.isEmpty ? "certificate without its key" : "key without its certificate")")
        }
        certificate = chain.isEmpty ? nil : (Array(chain.utf8), Redacted(Array(key.utf8)))
        guard token != nil || certificate != nil else {
            throw PluginAnswerProblem(seen: "its status has neither a token nor a client certificate")
        }
        expires = status?["expirationTimestamp"]?.text.flatMap { Timestamp($0) }
    }
}

struct PluginAnswerProblem: Error {
    let seen: String
}
