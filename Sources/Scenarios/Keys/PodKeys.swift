internal import Documents
internal import Facts

/// The keys of one entry of `spec.pods`.
enum PodKeys {
    static let name = Key(
        "name", Form.objectName, "The pod's name. With 'manifest': which pod of the file, where it holds several.")
    static let namespace = Key("namespace", Form.label, "The pod's namespace; else the scenario's.")
    static let existing = Key(
        "existing", .boolean, default: "false",
        "True: the pod is there already; it is read, and never created, changed or deleted.")
    static let manifest = Key("manifest", Form.file, "A file with the pod; what is expected is derived from it.")
    static let node = Key("node", Form.nodeName, "The node it runs on; left out, the scheduler decides.")
    static let container = Key("container", Form.label, "Where commands are run; needed where the pod has several containers.")
    static let ephemeral = Key(
        "ephemeral", EphemeralKeys.form,
        "Allows the run to add an ephemeral container to the pod where its own image lacks ip or ping; left out, nothing is added."
    )
    static let attach = Key("attach", .list(of: AttachmentKeys.form), "The VFs it gets, in the order of net1, net2, …")

    static let shape = Shape(
        "pod", "a pod",
        [
            name.description, namespace.description, existing.description, manifest.description, node.description,
            container.description, ephemeral.description, attach.description,
        ] + PodTemplateKeys.all)

    /// What a pod says itself; not to be typed a second time beside a manifest.
    static let derived = Set([node.name, attach.name] + PodTemplateKeys.all.map(\.name))
}

/// The keys of `spec.podDefaults`, and of pods that are described in the scenario's own words.
enum PodTemplateKeys {
    static let image = Key("image", Form.line, default: PodTemplate().image, "An image with ip and ping in it.")
    static let imagePullPolicy = Key(
        "imagePullPolicy", Form<PodTemplate.PullPolicy>.choice("a pull policy"),
        "When the image is pulled; else as the cluster does.")
    static let imagePullSecrets = Key("imagePullSecrets", .list(of: Form.objectName), "Names of Secrets to pull the image with.")
    static let command = Key(
        "command", .list(of: Form.prose), default: "[\(PodTemplate().command.joined(separator: ", "))]",
        "What keeps the container running.")
    static let tolerations = Key("tolerations", .list(of: TolerationKeys.form), "Taints that the pod puts up with.")
    static let nodeSelector = Key("nodeSelector", .textMap, "Labels of the nodes that the scheduler may choose.")
    static let privileged = Key(
        "privileged", .boolean, default: "false",
        "True: the container may do anything; else it gets NET_RAW, for ping, and no more.")

    static let all = [
        image.description, imagePullPolicy.description, imagePullSecrets.description, command.description,
        tolerations.description,
        nodeSelector.description, privileged.description,
    ]
    static let shape = Shape("podDefaults", "the pod defaults", all + [PodKeys.ephemeral.description])

    static func template(_ fields: Fields) -> PodTemplate {
        var template = PodTemplate()
        template.image = fields[image] ?? template.image
        template.pullPolicy = fields[imagePullPolicy]
        template.pullSecrets = fields[imagePullSecrets] ?? []
        template.command = fields[command] ?? template.command
        template.tolerations = fields[tolerations] ?? []
        template.nodeSelector = fields[nodeSelector] ?? [:]
        template.isPrivileged = fields[privileged] ?? false
        return template
    }
}

/// The keys of `ephemeral`.
enum EphemeralKeys {
    static let image = Key("image", Form.line, required: true, "An image with sleep, cat, ip and ping in it.")
    static let imagePullPolicy = Key(
        "imagePullPolicy", Form<PodTemplate.PullPolicy>.choice("a pull policy"),
        "When the image is pulled; else as the cluster does.")

    static let shape = Shape("ephemeral", "an ephemeral container", [image.description, imagePullPolicy.description])
    static let form = Form<EphemeralContainer>.record(shape) { fields in
        EphemeralContainer(image: fields[image] ?? "", pullPolicy: fields[imagePullPolicy])
    }
}

/// The keys of one toleration, as a pod's.
enum TolerationKeys {
    static let key = Key("key", Form.line, "The taint's key; left out, every taint.")
    static let operation = Key(
        "operator", Form<PodTemplate.Toleration.Operator>.choice("'Equal' or 'Exists'"), default: "Equal",
        "How 'value' is compared.")
    static let value = Key("value", Form.line, "The taint's value.")
    static let effect = Key(
        "effect", Form<PodTemplate.Toleration.Effect>.choice("a taint's effect"), "The taint's effect; left out, every effect.")

    static let shape = Shape(
        "toleration", "a toleration", [key.description, operation.description, value.description, effect.description])
    static let form = Form<PodTemplate.Toleration>.record(shape) { fields in
        .init(key: fields[key], operation: fields[operation], value: fields[value], effect: fields[effect])
    }
}

/// The keys of one entry of a pod's `attach`.
enum AttachmentKeys {
    /// An attachment before its network is looked up.
    struct Entry: Sendable {
        let network: String?
        let interface: InterfaceName?
        let address: IPAddress?
        let mac: MACAddress?
        let places: Places
    }

    static let network = Key("network", Form.networkReference, required: true, "The network, by its name under spec.networks.")
    static let interface = Key("interface", Form.linuxInterface, "Its name in the pod; else net1, net2, … by position.")
    static let address = Key("address", Form.address, "Asked for; left out, the IPAM plugin chooses.")
    static let mac = Key("mac", Form.stationMAC, "Asked for; left out, the VF keeps its own.")

    static let shape = Shape(
        "attachment", "an attachment", [network.description, interface.description, address.description, mac.description])
    static let form = Form<Entry>.record(shape) { fields in
        Entry(
            network: fields[network], interface: fields[interface], address: fields[address], mac: fields[mac],
            places: Places(fields))
    }
}
