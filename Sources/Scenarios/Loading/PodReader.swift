internal import Documents
internal import Facts

/// Reads one entry of `spec.pods`, in the scenario's own words or from a manifest.
struct PodReader {
    let draft: Draft
    let files: ScenarioFiles
    /// Of pods that name none.
    let namespace: String
    let networks: [NetworkExpectation]

    func pod(_ fields: Fields) -> PodExpectation {
        var pod = ownWords(fields)
        if fields.has(PodKeys.manifest) {
            derive(&pod, fields)
        } else {
            if !fields.has(PodKeys.name) {
                draft.report(
                    "missing-key", at: fields.node.mark, "a pod without a manifest needs 'name': \(PodKeys.name.summary)")
            }
            pod.requests = requests(of: pod)
            let template = PodTemplateKeys.template(fields)
            if pod.existing {
                pod.ephemeral = nil
                refuse(
                    [PodKeys.ephemeral.name], fields,
                    "'%' is for pods that the run makes; this one exists, and nothing is added to it")
                refuse(PodTemplateKeys.all.map(\.name), fields, "'%' is for pods that are created; this one exists")
            } else {
                pod.manifest = PodManifest(pod: pod, template: template).json
            }
        }
        return pod
    }

    private func ownWords(_ fields: Fields) -> PodExpectation {
        let podNamespace = fields[PodKeys.namespace] ?? namespace
        let entries = fields[PodKeys.attach] ?? []
        return PodExpectation(
            reference: PodReference(namespace: podNamespace, name: fields[PodKeys.name] ?? ""), node: fields[PodKeys.node],
            container: fields[PodKeys.container],
            attachments: entries.enumerated().map { index, entry in
                Attachment(
                    network: reference(entry.network ?? "", from: podNamespace),
                    interface: entry.interface ?? InterfaceName("net\(index + 1)"),
                    address: entry.address, mac: entry.mac, places: entry.places)
            }, requests: [], existing: fields[PodKeys.existing] ?? false, manifest: nil, ephemeral: fields[PodKeys.ephemeral],
            places: Places(fields))
    }

    /// A network by `name` or `namespace/name`: one in the pod's own namespace, else the only one of that name.
    private func reference(_ text: String, from podNamespace: String) -> NetworkReference {
        let parts = text.split(separator: "/")
        if parts.count == 2 { return NetworkReference(namespace: String(parts[0]), name: String(parts[1])) }
        let near = NetworkReference(namespace: podNamespace, name: text)
        let named = networks.map(\.reference).filter { $0.name == text }
        return named.contains(near) || named.count != 1 ? near : named[0]
    }

    private func requests(of pod: PodExpectation) -> [ResourceRequest] {
        var counts: [ResourceName: Int] = [:]
        for attachment in pod.attachments {
            guard let network = networks.first(where: { $0.reference == attachment.network }) else { continue }
            counts[network.resource, default: 0] += 1
        }
        return counts.sorted { $0.key < $1.key }.map { ResourceRequest(resource: $0.key, count: $0.value) }
    }

    private func refuse(_ keys: some Sequence<String>, _ fields: Fields, _ sentence: String) {
        let keys = Set(keys)
        for member in fields.node.members ?? [] where keys.contains(member.key) {
            let said = sentence.split(separator: "%", omittingEmptySubsequences: false).joined(separator: member.key)
            draft.report("derived-key", at: member.keyMark, said, suggestion: "take it out")
        }
    }

    private func derive(_ pod: inout PodExpectation, _ fields: Fields) {
        refuse(PodKeys.derived, fields, "'%' is read from the pod's manifest, not from here")
        guard let path = fields[PodKeys.manifest], let mark = fields.mark(PodKeys.manifest) else { return }
        let finder = ManifestFinder(draft: draft, files: files)
        guard
            let object = finder.object(
                .pod, path: path, namedAt: mark, name: fields[PodKeys.name], namespace: fields[PodKeys.namespace])
        else { return }
        PodManifestReader(draft: draft, object: object, networks: networks).read(into: &pod, namespace: namespace)
        if pod.existing {
            pod.manifest = nil
            pod.ephemeral = nil
        }
    }
}
