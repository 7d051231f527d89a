internal import Documents
internal import Facts

/// Derives what is expected of a network from its NAD.
///
/// - Source: sriov-cni `types.go`; multi-net-spec v1.3; the IPAM plugins' own documents.
struct NADReader {
    let draft: Draft
    let object: ManifestObject

    func read(into network: inout NetworkExpectation, namespace: String) {
        let said = network.places.has("namespace") ? network.reference.namespace : namespace
        network.reference = NetworkReference(
            namespace: object.namespace?.text ?? said, name: object.name?.text ?? "")
        network.places.set("name", object.name?.mark)
        network.manifest = ManifestJSON(ledger: draft.ledger).value(object.node).inNamespace(network.reference.namespace)
        readResource(into: &network)
        guard let config = object.node["spec"]?["config"], config.scalar != nil, !config.isNull else {
            draft.report(
                "manifest", at: object.node["spec"]?["config"]?.mark ?? object.node.mark,
                "the NAD needs 'spec.config', the CNI configuration as JSON text")
            return
        }
        let embedded = EmbeddedJSON(config, in: object.source)
        for problem in embedded.problems {
            draft.report(
                problem.code, at: problem.mark, problem.sentence, suggestion: problem.suggestion, related: problem.related)
        }
        guard let root = embedded.root, let plugin = plugin(of: root) else { return }
        SRIOVConfigurationReader(draft: draft, plugin: plugin).read(into: &network)
    }

    private func readResource(into network: inout NetworkExpectation) {
        let annotation = object.annotation(AnnotationKeys.resourceName)
        if let text = annotation?.text, CharacterRules.isResource(text) {
            network.resource = ResourceName(text)
            network.places.set("resource", annotation?.mark)
        } else if let annotation {
            draft.report(
                "manifest", at: annotation.mark, "a resource with its prefix is expected here; \(annotation.kind) was seen")
        } else {
            draft.report(
                "manifest", at: object.node["metadata"]?.mark ?? object.node.mark,
                "the NAD needs the annotation \(AnnotationKeys.resourceName); without it Multus hands the plugin no VF")
        }
    }

    /// The sriov plugin's own part: the whole configuration, or one of its `plugins`.
    private func plugin(of root: DocumentNode) -> DocumentNode? {
        if let plugins = root["plugins"]?.elements {
            if let plugin = plugins.first(where: { $0["type"]?.text == "sriov" }) { return plugin }
            let types = plugins.map { $0["type"]?.text ?? "(none)" }.joined(separator: ", ")
            draft.report(
                "manifest", at: root["plugins"]?.mark ?? root.mark, "no plugin of the type 'sriov' is in the list: \(types)")
            return nil
        }
        guard let type = root["type"] else {
            draft.report("manifest", at: root.mark, "the CNI configuration needs \"type\": \"sriov\"")
            return nil
        }
        guard type.text == "sriov" else {
            draft.report(
                "manifest", at: type.mark,
                "the CNI configuration of an SR-IOV network has the type 'sriov'; \(type.kind) was seen")
            return nil
        }
        return root
    }
}
