internal import Documents
internal import Facts

/// Derives what is expected of a pod from its manifest: node, container, attachments, resources.
struct PodManifestReader {
    let draft: Draft
    let object: ManifestObject
    let networks: [NetworkExpectation]

    private var spec: DocumentNode? { object.node["spec"] }
    private var containers: [DocumentNode] { spec?["containers"]?.elements ?? [] }

    func read(into pod: inout PodExpectation, namespace: String) {
        let said = pod.places.has("namespace") ? pod.reference.namespace : namespace
        pod.reference = PodReference(namespace: object.namespace?.text ?? said, name: object.name?.text ?? "")
        pod.places.set("name", object.name?.mark)
        pod.manifest = ManifestJSON(ledger: draft.ledger).value(object.node).inNamespace(pod.reference.namespace)
        readNode(into: &pod)
        readContainer(into: &pod)
        readAttachments(into: &pod)
        readRequests(into: &pod)
        if let privileged = containers.compactMap({ $0["securityContext"]?["privileged"] }).first(where: { $0.bool == true }) {
            draft.note(
                "privileged", at: privileged.mark, "the container is privileged; for ping the capability NET_RAW is enough")
        }
    }

    private func readNode(into pod: inout PodExpectation) {
        if let name = spec?["nodeName"], let text = name.text {
            pod.node = NodeName(text)
            pod.places.set("node", name.mark)
            draft.note(
                "node-name", at: name.mark,
                "nodeName goes round the scheduler: without a free VF the kubelet rejects the pod for good, and a cordon is not heeded"
            )
        } else if let name = spec?["nodeSelector"]?["kubernetes.io/hostname"], let text = name.text {
            pod.node = NodeName(text)
            pod.places.set("node", name.mark)
        }
    }

    private func readContainer(into pod: inout PodExpectation) {
        let names = containers.compactMap { $0["name"]?.text }
        guard !names.isEmpty else {
            draft.report(
                "manifest", at: spec?["containers"]?.mark ?? object.node.mark, "the pod needs 'spec.containers' with names")
            return
        }
        let annotated = object.annotation(AnnotationKeys.defaultContainer)
        let place = pod.places.has("container") ? pod.places["container"] : annotated?.mark
        if let wanted = pod.container ?? annotated?.text, let place {
            pod.container = wanted
            guard !names.contains(wanted) else { return }
            draft.report(
                "reference", at: place,
                "pod \(pod.reference.name) has no container '\(wanted)'; it has \(names.joined(separator: ", "))",
                suggestion: Spelling.suggestion(for: wanted, among: names))
        } else if names.count > 1 {
            draft.report(
                "container", at: pod.places.entry,
                "pod \(pod.reference.name) has \(names.count) containers: \(names.joined(separator: ", "))",
                suggestion: "say by 'container' which one has ip and ping")
        }
    }

    private func readAttachments(into pod: inout PodExpectation) {
        guard let annotation = object.annotation(AnnotationKeys.networks) else { return }
        pod.places.set("attach", annotation.mark)
        let elements = NetworksAnnotation(annotation, in: object.source, draft).elements
        let known = Dictionary(networks.map { ($0.reference, $0) }) { first, _ in first }
        let isKnown = elements.map { known[reference($0, pod)] != nil }
        pod.attachments = zip(elements, isKnown).enumerated().compactMap { index, pair in
            let (element, isOurs) = pair
            let near = Spelling.nearest(to: element.name, among: networks.map(\.reference.name))
            // A pod may have other networks too; one that is named nearly like ours is a slip of the pen.
            if !isOurs, near == nil, isKnown.contains(true) {
                draft.note(
                    "other-network", at: element.nameMark,
                    "network '\(element.name)' is not in the scenario: its interface is not judged")
                return nil
            }
            return attachment(element, index: index, network: known[reference(element, pod)], pod)
        }
    }

    private func reference(_ element: NetworksAnnotation.Element, _ pod: PodExpectation) -> NetworkReference {
        NetworkReference(namespace: element.namespace ?? pod.reference.namespace, name: element.name)
    }

    private func attachment(
        _ element: NetworksAnnotation.Element, index: Int, network: NetworkExpectation?, _ pod: PodExpectation
    ) -> Attachment {
        var places = Places(entry: element.mark)
        places.set("network", element.nameMark)
        places.set("interface", element.interfaceMark)
        let address = element.addresses.first.flatMap { self.address($0, network) }
        places.set("address", element.addresses.first?.mark)
        var mac: MACAddress?
        if let node = element.mac {
            mac = node.text.flatMap { MACAddress($0) }
            places.set("mac", node.mark)
            if mac == nil { draft.report("manifest", at: node.mark, "a MAC address is expected here; \(node.kind) was seen") }
        }
        let interface = element.interface ?? "net\(index + 1)"
        if !CharacterRules.isInterface(interface) {
            draft.report(
                "manifest", at: element.interfaceMark,
                "an interface's name of at most 15 letters is expected here; '\(interface)' was seen")
        }
        return Attachment(
            network: reference(element, pod), interface: InterfaceName(interface), address: address, mac: mac, places: places)
    }

    private func address(_ node: DocumentNode, _ network: NetworkExpectation?) -> IPAddress? {
        let text = node.text ?? ""
        if let prefix = IPPrefix(text) { return prefix.address }
        guard let address = IPAddress(text) else {
            draft.report("manifest", at: node.mark, "an IP address is expected here; \(node.kind) was seen")
            return nil
        }
        if network?.declaresIPs != true {
            let length = network?.subnet?.length ?? (address.isIPv4 ? 24 : 64)
            draft.note(
                "bare-ips", at: node.mark,
                "'\(address)' reaches the IPAM plugin only through CNI_ARGS, which Multus calls deprecated; the lasting way is "
                    + "\"capabilities\": {\"ips\": true} in the NAD and \"\(address)/\(length)\" here")
        }
        return address
    }

    private func readRequests(into pod: inout PodExpectation) {
        var counts: [ResourceName: Int] = [:]
        let resources = Set(networks.map(\.resource))
        for container in containers {
            let amounts = container["resources"]?["limits"] ?? container["resources"]?["requests"]
            for member in amounts?.members ?? [] where resources.contains(ResourceName(member.key)) {
                guard let count = Int(member.value.text ?? ""), count > 0 else {
                    draft.report(
                        "manifest", at: member.value.mark,
                        "a whole number of devices is expected here; \(member.value.kind) was seen")
                    continue
                }
                counts[ResourceName(member.key), default: 0] += count
                pod.places.set("resource \(member.key)", member.value.mark)
            }
        }
        pod.requests = counts.sorted { $0.key < $1.key }.map { ResourceRequest(resource: $0.key, count: $0.value) }
    }
}

extension NetworkExpectation {
    /// Whether the NAD to be created takes addresses as a runtime capability.
    var declaresIPs: Bool {
        guard let text = manifest?["spec"]?["config"]?.text else { return false }
        do throws(JSONSyntaxError) {
            let root = try JSONValue(parsing: text)
            let plugins = root["plugins"]?.elements ?? [root]
            return plugins.contains { $0["capabilities"]?["ips"]?.bool == true }
        } catch {
            // It was reported where it stands.
            return false
        }
    }
}
