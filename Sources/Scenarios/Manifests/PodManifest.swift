internal import Facts

/// The manifest of a pod that is described in the scenario's own words. It asks for the least that the checks need: its VFs,
/// and NET_RAW to ping; no API token, and a second to end in.
struct PodManifest {
    let pod: PodExpectation
    let template: PodTemplate

    /// The container's name in generated pods.
    static let container = "probe"

    var json: JSONValue {
        [
            "apiVersion": .string(ManifestKind.pod.apiVersion), "kind": .string(ManifestKind.pod.kind),
            "metadata": [
                "name": .string(pod.reference.name), "namespace": .string(pod.reference.namespace),
                "annotations": [AnnotationKeys.networks: .string(networks.compactText)],
            ],
            "spec": spec,
        ]
    }

    private var networks: JSONValue {
        .array(
            pod.attachments.map { attachment in
                var members: [JSONValue.Member] = [.init("name", .string(attachment.network.name))]
                if attachment.network.namespace != pod.reference.namespace {
                    members.append(.init("namespace", .string(attachment.network.namespace)))
                }
                if let address = attachment.address { members.append(.init("ips", [.string(address.description)])) }
                if let mac = attachment.mac { members.append(.init("mac", .string(mac.description))) }
                members.append(.init("interface", .string(attachment.interface.printed)))
                return .object(members)
            })
    }

    private var spec: JSONValue {
        var members: [JSONValue.Member] = []
        // By name, round the scheduler: a cordoned or tainted node is verified as well.
        if let node = pod.node { members.append(.init("nodeName", .string(node.text))) }
        if !template.nodeSelector.isEmpty {
            let labels = template.nodeSelector.sorted { $0.key < $1.key }
            members.append(.init("nodeSelector", .object(labels.map { .init($0.key, .string($0.value)) })))
        }
        if !template.tolerations.isEmpty {
            members.append(.init("tolerations", .array(template.tolerations.map(Self.toleration))))
        }
        if !template.pullSecrets.isEmpty {
            members.append(.init("imagePullSecrets", .array(template.pullSecrets.map { ["name": .string($0)] })))
        }
        members.append(.init("automountServiceAccountToken", false))
        members.append(.init("terminationGracePeriodSeconds", 1))
        members.append(.init("containers", [containerJSON]))
        return .object(members)
    }

    private var containerJSON: JSONValue {
        var members: [JSONValue.Member] = [
            .init("name", .string(pod.container ?? Self.container)), .init("image", .string(template.image)),
        ]
        if let policy = template.pullPolicy { members.append(.init("imagePullPolicy", .string(policy.rawValue))) }
        members.append(.init("command", .array(template.command.map { .string($0) })))
        let amounts = JSONValue.object(pod.requests.map { .init($0.resource.text, .string(String($0.count))) })
        members.append(.init("resources", ["requests": amounts, "limits": amounts]))
        members.append(.init("securityContext", security))
        return .object(members)
    }

    private var security: JSONValue {
        if template.isPrivileged { return ["privileged": true] }
        return [
            "allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"], "add": ["NET_RAW"]],
        ]
    }

    private static func toleration(_ toleration: PodTemplate.Toleration) -> JSONValue {
        let pairs: [(String, String?)] = [
            ("key", toleration.key), ("operator", toleration.operation?.rawValue), ("value", toleration.value),
            ("effect", toleration.effect?.rawValue),
        ]
        return .object(pairs.compactMap { key, value in value.map { .init(key, .string($0)) } })
    }
}
