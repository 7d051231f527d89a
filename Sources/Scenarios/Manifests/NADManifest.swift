internal import Facts

/// The NAD of a network that is described in the scenario's own words.
///
/// - Source: multi-net-spec v1.3; sriov-cni `types.go`; host-local's `ranges`.
struct NADManifest {
    private let network: NetworkExpectation

    init(_ network: NetworkExpectation) { self.network = network }

    var json: JSONValue {
        [
            "apiVersion": .string(ManifestKind.networkAttachmentDefinition.apiVersion),
            "kind": .string(ManifestKind.networkAttachmentDefinition.kind),
            "metadata": [
                "name": .string(network.reference.name), "namespace": .string(network.reference.namespace),
                "annotations": [AnnotationKeys.resourceName: .string(network.resource.text)],
            ],
            "spec": ["config": .string(configuration.prettyText + "\n")],
        ]
    }

    /// Only what the scenario says: a key that is left out leaves the VF as it is.
    private var configuration: JSONValue {
        var members: [JSONValue.Member] = [.init("type", "sriov"), .init("cniVersion", "0.3.1")]
        func add(_ key: String, _ value: JSONValue?) {
            if let value { members.append(.init(key, value)) }
        }
        switch network.vlan {
        case .unstated: break
        case .untagged: add("vlan", 0)
        case .tagged(let id): add("vlan", .integer(id.number))
        }
        add("vlanQoS", network.qos.map { .integer($0) })
        add("vlanProto", network.vlanProtocol.map { .string($0.rawValue) })
        add("spoofchk", network.spoofCheck.map { $0 ? "on" : "off" })
        add("trust", network.trust.map { $0 ? "on" : "off" })
        add("link_state", network.linkState.map { .string($0.rawValue) })
        add("min_tx_rate", network.minTxRate.map { .integer($0) })
        add("max_tx_rate", network.maxTxRate.map { .integer($0) })
        add("mac", network.mac.map { .string($0.description) })
        add("name", .string(network.reference.name))
        add(
            "ipam",
            network.subnet.map { ["type": "host-local", "ranges": [[["subnet": .string($0.description)]]]] })
        return .object(members)
    }
}

/// Annotations that Multus reads.
enum AnnotationKeys {
    static let resourceName = "k8s.v1.cni.cncf.io/resourceName"
    static let networks = "k8s.v1.cni.cncf.io/networks"
    /// Which container kubectl means when none is named.
    static let defaultContainer = "kubectl.kubernetes.io/default-container"
}
