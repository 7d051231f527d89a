internal import Facts

/// What admission adds to a new pod.
struct PodAdditions {
    /// For the volume with the service account's token: `kube-api-access-b2c6h`.
    let suffix: String

    func make(to pod: inout JSONValue) {
        var spec = pod["spec"] ?? [:]
        spec.setDefault("serviceAccountName", to: "default")
        spec.setDefault("serviceAccount", to: spec["serviceAccountName"] ?? "default")
        spec.setDefault("priority", to: 0)
        spec.setDefault("preemptionPolicy", to: "PreemptLowerPriority")
        tolerate(&spec)
        mountToken(&spec)
        pod.set("spec", to: spec)
        pod.setDefault("status", "phase", to: "Pending")
        pod.setDefault("status", "qosClass", to: .string(Self.qualityOfService(spec)))
    }

    private func tolerate(_ spec: inout JSONValue) {
        var tolerations = spec["tolerations"]?.elements ?? []
        for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
            let isTolerated = tolerations.contains {
                ($0.text(at: "key") ?? "").isEmpty || $0["key"]?.text == key && $0["effect"]?.text != "NoSchedule"
            }
            if isTolerated { continue }
            tolerations.append(
                ["key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300])
        }
        spec.set("tolerations", to: .array(tolerations))
    }

    /// The volume with the service account's token, unless the pod does not want it or has something there.
    private func mountToken(_ spec: inout JSONValue) {
        let place = "/var/run/secrets/kubernetes.io/serviceaccount"
        guard spec["automountServiceAccountToken"] != false else { return }
        let name = JSONValue.string("kube-api-access-" + suffix)
        var isMounted = false
        for list in ["containers", "initContainers"] {
            guard let containers = spec[list]?.elements, !containers.isEmpty else { continue }
            spec.set(
                list,
                to: .array(
                    containers.map { container in
                        let mounts = container["volumeMounts"]?.elements ?? []
                        guard !mounts.contains(where: { $0["mountPath"]?.text == place }) else { return container }
                        isMounted = true
                        var container = container
                        let mount: JSONValue = ["name": name, "readOnly": true, "mountPath": .string(place)]
                        container.set("volumeMounts", to: .array(mounts + [mount]))
                        return container
                    }))
        }
        guard isMounted else { return }
        spec.set("volumes", to: .array((spec["volumes"]?.elements ?? []) + [Self.tokenVolume(named: name)]))
    }

    private static func tokenVolume(named name: JSONValue) -> JSONValue {
        let sources: [JSONValue] = [
            ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]],
            ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
            [
                "downwardAPI": [
                    "items": [["path": "namespace", "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"]]]
                ]
            ],
        ]
        return ["name": name, "projected": ["sources": .array(sources), "defaultMode": 420]]
    }

    /// By CPU and memory alone: devices do not count.
    static func qualityOfService(_ spec: JSONValue) -> String {
        let containers = (spec["containers"]?.elements ?? []) + (spec["initContainers"]?.elements ?? [])
        func amounts(_ container: JSONValue, _ list: String) -> [String: String] {
            (container.value(at: "resources", list) ?? [:]).textMembers.filter { $0.key == "cpu" || $0.key == "memory" }
        }
        let isEmpty = containers.allSatisfy { amounts($0, "requests").isEmpty && amounts($0, "limits").isEmpty }
        if isEmpty { return "BestEffort" }
        let isGuaranteed = containers.allSatisfy {
            amounts($0, "limits").count == 2 && amounts($0, "limits") == amounts($0, "requests")
        }
        return isGuaranteed ? "Guaranteed" : "Burstable"
    }
}
