internal import Facts

/// Pod Security admission: what a namespace's label forbids the pods in it.
///
/// - Source: Kubernetes documentation, "Pod Security Standards"; the words of `k8s.io/pod-security-admission`.
enum PodSecurity {
    enum Level: String, Sendable {
        case privileged
        case baseline
        case restricted
    }

    /// The level that a namespace enforces.
    static func level(of namespace: JSONValue) -> Level {
        let labels = (namespace.value(at: "metadata", "labels") ?? [:]).textMembers
        return labels["pod-security.kubernetes.io/enforce"].flatMap(Level.init) ?? .privileged
    }

    /// - Throws: 403 naming everything that the level forbids, in one sentence.
    static func check(_ pod: JSONValue, level: Level) throws(StoreRefusal) {
        guard level != .privileged else { return }
        var violations = baseline(pod["spec"] ?? [:])
        if level == .restricted { violations = restricted(pod["spec"] ?? [:], baseline: violations) }
        guard !violations.isEmpty else { return }
        throw .forbidden(
            .pods, pod.text(at: "metadata", "name") ?? "",
            "violates PodSecurity \"\(level.rawValue):latest\": " + violations.joined(separator: ", "))
    }

    private static let defaultCapabilities: Set<String> = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID",
        "SETPCAP", "SETUID", "SYS_CHROOT",
    ]

    private static func containers(_ spec: JSONValue) -> [JSONValue] {
        ["initContainers", "containers", "ephemeralContainers"].flatMap { spec[$0]?.elements ?? [] }
    }

    /// `container "c"`, `containers "a", "b"`
    private static func named(_ containers: [JSONValue]) -> String {
        let names = containers.map { "\"\($0.text(at: "name") ?? "")\"" }
        return (names.count == 1 ? "container " : "containers ") + names.joined(separator: ", ")
    }

    private static func added(_ container: JSONValue) -> [String] {
        (container.value(at: "securityContext", "capabilities", "add")?.elements ?? []).compactMap(\.text)
    }

    private static func baseline(_ spec: JSONValue) -> [String] {
        var violations: [String] = []
        let host = ["hostNetwork", "hostPID", "hostIPC"].filter { spec[$0] == true }
        if !host.isEmpty { violations.append("host namespaces (\(host.map { $0 + "=true" }.joined(separator: ", ")))") }
        let adding = containers(spec).filter { !added($0).allSatisfy(defaultCapabilities.contains) }
        if !adding.isEmpty {
            let names = adding.flatMap(added).filter { !defaultCapabilities.contains($0) }.map { "\"\($0)\"" }
            violations.append(
                "non-default capabilities (\(named(adding)) must not include \(names.joined(separator: ", ")) in"
                    + " securityContext.capabilities.add)")
        }
        let volumes = (spec["volumes"]?.elements ?? []).filter { $0["hostPath"] != nil }
        if !volumes.isEmpty {
            let names = volumes.map { "\"\($0.text(at: "name") ?? "")\"" }
            violations.append("hostPath volumes (\(names.count == 1 ? "volume" : "volumes") \(names.joined(separator: ", ")))")
        }
        let privileged = containers(spec).filter { $0.value(at: "securityContext", "privileged") == true }
        if !privileged.isEmpty {
            violations.append("privileged (\(named(privileged)) must not set securityContext.privileged=true)")
        }
        return violations
    }

    private static func restricted(_ spec: JSONValue, baseline: [String]) -> [String] {
        // The stricter rule on capabilities says what the other says, and more.
        var violations = baseline.filter { !$0.hasPrefix("non-default capabilities") }
        func offenders(_ isGood: (JSONValue) -> Bool) -> [JSONValue] { containers(spec).filter { !isGood($0) } }
        let escalating = offenders { $0.value(at: "securityContext", "allowPrivilegeEscalation") == false }
        if !escalating.isEmpty {
            violations.append(
                "allowPrivilegeEscalation != false (\(named(escalating)) must set securityContext.allowPrivilegeEscalation=false)"
            )
        }
        let keeping = offenders {
            ($0.value(at: "securityContext", "capabilities", "drop")?.elements ?? []).contains("ALL")
                && added($0).allSatisfy { $0 == "NET_BIND_SERVICE" }
        }
        if !keeping.isEmpty {
            violations.append(
                "unrestricted capabilities (\(named(keeping)) must set securityContext.capabilities.drop=[\"ALL\"])")
        }
        let isPodNonRoot = spec.value(at: "securityContext", "runAsNonRoot") == true
        let rooted = offenders {
            ($0.value(at: "securityContext", "runAsNonRoot") ?? .bool(isPodNonRoot)) == true
        }
        if !rooted.isEmpty {
            violations.append("runAsNonRoot != true (pod or \(named(rooted)) must set securityContext.runAsNonRoot=true)")
        }
        let profiles: [JSONValue] = ["RuntimeDefault", "Localhost"]
        let podProfile = spec.value(at: "securityContext", "seccompProfile", "type")
        let unprofiled = offenders {
            ($0.value(at: "securityContext", "seccompProfile", "type") ?? podProfile).map(profiles.contains) ?? false
        }
        if !unprofiled.isEmpty {
            violations.append(
                "seccompProfile (pod or \(named(unprofiled)) must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                    + " \"Localhost\")")
        }
        return violations
    }
}
