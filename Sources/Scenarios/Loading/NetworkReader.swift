internal import Documents
internal import Facts

/// Reads one entry of `spec.networks`, in the scenario's own words or from a manifest.
struct NetworkReader {
    let draft: Draft
    let files: ScenarioFiles
    /// Of networks that name none.
    let namespace: String

    func network(_ fields: Fields) -> NetworkExpectation {
        var network = ownWords(fields)
        if fields.has(NetworkKeys.manifest) {
            derive(&network, fields)
        } else {
            require(fields, of: network)
            if !network.existing { network.manifest = NADManifest(network).json }
        }
        return network
    }

    private func ownWords(_ fields: Fields) -> NetworkExpectation {
        let tag = fields[NetworkKeys.vlan]
        return NetworkExpectation(
            reference: NetworkReference(
                namespace: fields[NetworkKeys.namespace] ?? namespace, name: fields[NetworkKeys.name] ?? ""),
            resource: fields[NetworkKeys.resource] ?? "",
            vlan: tag.map { VLANID($0).map { .tagged($0) } ?? .untagged } ?? .unstated, qos: fields[NetworkKeys.qos],
            vlanProtocol: fields[NetworkKeys.vlanProtocol], spoofCheck: fields[NetworkKeys.spoofCheck],
            trust: fields[NetworkKeys.trust], linkState: fields[NetworkKeys.linkState], minTxRate: fields[NetworkKeys.minTxRate],
            maxTxRate: fields[NetworkKeys.maxTxRate], mac: fields[NetworkKeys.mac], subnet: fields[NetworkKeys.subnet],
            gateway: fields[NetworkKeys.gateway], switchVLAN: fields[NetworkKeys.switchVLAN],
            existing: fields[NetworkKeys.existing] ?? false, manifest: nil, places: Places(fields))
    }

    private func require(_ fields: Fields, of network: NetworkExpectation) {
        func need<Value>(_ key: Key<Value>) {
            guard !fields.has(key) else { return }
            draft.report("missing-key", at: fields.node.mark, "a network without a manifest needs '\(key.name)': \(key.summary)")
        }
        need(NetworkKeys.name)
        need(NetworkKeys.resource)
        if !network.existing { need(NetworkKeys.subnet) }
    }

    private func derive(_ network: inout NetworkExpectation, _ fields: Fields) {
        for member in fields.node.members ?? [] where NetworkKeys.derived.contains(member.key) {
            draft.report(
                "derived-key", at: member.keyMark, "'\(member.key)' is read from the network's manifest, not from here",
                suggestion: "take it out, or leave out 'manifest'")
        }
        guard let path = fields[NetworkKeys.manifest], let mark = fields.mark(NetworkKeys.manifest) else { return }
        let finder = ManifestFinder(draft: draft, files: files)
        guard
            let object = finder.object(
                .networkAttachmentDefinition, path: path, namedAt: mark, name: fields[NetworkKeys.name],
                namespace: fields[NetworkKeys.namespace])
        else {
            // Which network this was to be is not known; the empty name keeps the pods' references from being judged.
            network.reference = NetworkReference(namespace: network.reference.namespace, name: "")
            return
        }
        NADReader(draft: draft, object: object).read(into: &network, namespace: namespace)
        if network.existing { network.manifest = nil }
    }
}
