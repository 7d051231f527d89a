internal import Facts

/// What a pod gets that its author left out.
enum PodDefaults {
    static func fill(_ pod: inout JSONValue) {
        var spec = pod["spec"] ?? [:]
        fillSpec(&spec)
        spec.setDefault("enableServiceLinks", to: true)
        pod.set("spec", to: spec)
    }

    /// What a pod's specification gets wherever it stands, in a template too.
    static func fillSpec(_ spec: inout JSONValue) {
        for (key, value) in [
            ("restartPolicy", "Always"), ("terminationGracePeriodSeconds", 30), ("dnsPolicy", "ClusterFirst"),
            ("securityContext", [:]), ("schedulerName", "default-scheduler"),
        ] as [(String, JSONValue)] {
            spec.setDefault(key, to: value)
        }
        if let account = spec["serviceAccountName"] { spec.setDefault("serviceAccount", to: account) }
        for list in ["containers", "initContainers"] {
            guard let containers = spec[list]?.elements, !containers.isEmpty else { continue }
            spec.set(list, to: .array(containers.map(filled)))
        }
        if let volumes = spec["volumes"]?.elements, !volumes.isEmpty {
            spec.set("volumes", to: .array(volumes.map(filledVolume)))
        }
    }

    private static func filled(_ container: JSONValue) -> JSONValue {
        var container = container
        container.setDefault("terminationMessagePath", to: "/dev/termination-log")
        container.setDefault("terminationMessagePolicy", to: "File")
        let image = container.text(at: "image") ?? ""
        let name = image.split(separator: "/").last ?? ""
        let isLatest = !image.contains("@") && (!name.contains(":") || name.hasSuffix(":latest"))
        container.setDefault("imagePullPolicy", to: isLatest ? "Always" : "IfNotPresent")
        if let ports = container["ports"]?.elements, !ports.isEmpty {
            let filled = ports.map { port in
                var port = port
                port.setDefault("protocol", to: "TCP")
                return port
            }
            container.set("ports", to: .array(filled))
        }
        // What is limited and not requested is requested as limited.
        for limit in container.value(at: "resources", "limits")?.members ?? [] {
            container.setDefault("resources", "requests", limit.key, to: limit.value)
        }
        return container
    }

    private static func filledVolume(_ volume: JSONValue) -> JSONValue {
        var volume = volume
        if volume["hostPath"] != nil { volume.setDefaultEvenEmpty("hostPath", "type", to: "") }
        for source in ["configMap", "secret", "projected", "downwardAPI"] where volume[source] != nil {
            volume.setDefault(source, "defaultMode", to: 420)
        }
        return volume
    }
}

extension JSONValue {
    /// Sets a value where there is none, an empty one too.
    fileprivate mutating func setDefaultEvenEmpty(_ path: String..., to value: JSONValue) {
        if self.value(at: path[...]) == nil { set(path[...], to: value) }
    }
}
