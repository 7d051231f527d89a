internal import Documents
internal import Facts

/// A namespace that the run makes is new, holds nothing that is there already, and lets the scenario's pods in.
enum NamespaceRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        guard let template = scenario.createNamespace else { return }
        let mark = scenario.places["createNamespace"]
        if scenario.namespace == "default" || scenario.namespace.hasPrefix("kube-") {
            draft.report(
                "contradiction", at: mark,
                "namespace '\(scenario.namespace)' is in every cluster, and a run removes the namespace that it makes",
                suggestion:
                    "name one of the run's own with 'namespace', such as \(scenario.name.isEmpty ? "sriov-test" : scenario.name)")
        }
        for pod in scenario.pods where pod.existing && pod.reference.namespace == scenario.namespace {
            existing("pod \(pod.reference)", at: pod.places["existing"], draft)
        }
        for network in scenario.networks where network.existing && network.reference.namespace == scenario.namespace {
            existing("network \(network.reference)", at: network.places["existing"], draft)
        }
        guard let level = template.podSecurity, level != .privileged else { return }
        let refused = scenario.pods.filter { $0.reference.namespace == scenario.namespace }.compactMap(Self.demand)
        guard let first = refused.first else { return }
        draft.report(
            "contradiction", at: template.places["podSecurity"],
            "Pod Security '\(level.rawValue)' refuses \(first.pod), which asks for \(first.demand)",
            suggestion: "write privileged")
    }

    private static func existing(_ what: String, at mark: Mark, _ draft: Draft) {
        draft.report(
            "contradiction", at: mark, "\(what) cannot exist already in a namespace that the run makes",
            suggestion: "take out 'existing' or 'createNamespace'")
    }

    /// What a pod asks for that is more than baseline allows; nil when it stays below.
    ///
    /// - Source: Kubernetes documentation, "Pod Security Standards", baseline.
    private static func demand(_ pod: PodExpectation) -> (pod: String, demand: String)? {
        for container in pod.manifest?["spec"]?["containers"]?.elements ?? [] {
            let security = container["securityContext"]
            if security?["privileged"]?.bool == true { return (pod.reference.name, "privileged") }
            let added = (security?["capabilities"]?["add"]?.elements ?? []).compactMap(\.text)
            if let more = added.first(where: { !baseline.contains($0) }) { return (pod.reference.name, "the capability \(more)") }
        }
        return nil
    }

    private static let baseline: Set<String> = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID",
        "SETPCAP", "SETUID", "SYS_CHROOT",
    ]
}
