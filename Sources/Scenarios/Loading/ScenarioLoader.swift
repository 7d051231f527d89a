internal import Documents
internal import Facts

/// From files to a resolved scenario: merge, read by the shapes, derive from manifests, look over by the rules.
final class ScenarioLoader {
    let ledger: Ledger
    let draft: Draft
    private let options: ScenarioOptions
    private let files: ScenarioFiles

    init(options: ScenarioOptions, reading: @escaping (String) throws(UnreadableFile) -> String) {
        ledger = Ledger(root: ScenarioKeys.shape, refusal: SecretRule.refusal)
        draft = Draft(ledger: ledger, options: options)
        self.options = options
        files = ScenarioFiles(ledger: ledger, reading: reading)
    }

    /// Nil when there is nothing that could be read as a scenario; the ledger says why.
    func load(file: String, text: String) -> Scenario? {
        let chain = ExtendsChain(files: files, ledger: ledger)
        guard let merged = chain.merged(files.add(file, text: text)) else { return nil }
        guard let fields = Fields(withDefaults(merged), ScenarioKeys.shape, ledger) else { return nil }
        _ = (fields[ScenarioKeys.apiVersion], fields[ScenarioKeys.kind], fields[ScenarioKeys.extends])
        guard let metadata = fields[ScenarioKeys.metadata], let spec = fields[ScenarioKeys.spec] else { return nil }
        let scenario = read(fields, metadata, spec)
        for rule in ScenarioRules.all { rule.check(scenario, draft) }
        return scenario
    }

    /// Every node with what `nodeDefaults` says, every pod described here with what `podDefaults` says.
    private func withDefaults(_ root: DocumentNode) -> DocumentNode {
        guard var spec = root["spec"] else { return root }
        if let defaults = spec[SpecKeys.nodeDefaults.name], let nodes = spec[SpecKeys.nodes.name], let elements = nodes.elements {
            let merged = elements.map { Overlay.merged(defaults, under: $0, as: .record(NodeKeys.shape)) }
            spec = spec.replacing(SpecKeys.nodes.name, with: DocumentNode(.sequence(merged), mark: nodes.mark))
        }
        if let defaults = spec[SpecKeys.podDefaults.name], let pods = spec[SpecKeys.pods.name], let elements = pods.elements {
            let merged = elements.map { pod in
                guard pod[PodKeys.existing.name]?.bool != true else { return pod }
                // A manifest says itself what it runs; what may be added to it is said here.
                let isOurs = pod[PodKeys.manifest.name] == nil
                let fitting = isOurs ? defaults : defaults.keeping([PodKeys.ephemeral.name])
                return Overlay.merged(fitting, under: pod, as: .record(PodKeys.shape))
            }
            spec = spec.replacing(SpecKeys.pods.name, with: DocumentNode(.sequence(merged), mark: pods.mark))
        }
        return root.replacing("spec", with: spec)
    }

    private func read(_ fields: Fields, _ metadata: Fields, _ spec: Fields) -> Scenario {
        // The defaults are read by themselves too, so that a mistake in them is told even where nothing uses them.
        if let defaults = spec[SpecKeys.nodeDefaults] { _ = NodeKeys.expectation(defaults) }
        if let defaults = spec[SpecKeys.podDefaults] {
            _ = PodTemplateKeys.template(defaults)
            _ = defaults[PodKeys.ephemeral]
        }
        let namespace = options.namespace ?? spec[SpecKeys.namespace] ?? options.fallbackNamespace
        let networkReader = NetworkReader(draft: draft, files: files, namespace: namespace)
        let networks = (spec[SpecKeys.networks] ?? []).map(networkReader.network)
        let podReader = PodReader(draft: draft, files: files, namespace: namespace, networks: networks)
        let pods = (spec[SpecKeys.pods] ?? []).map(podReader.pod)
        var places = Places(spec)
        places.set("name", metadata.mark(MetadataKeys.name))
        let unplaced = Places(entry: spec.node.mark)
        return Scenario(
            name: metadata[MetadataKeys.name] ?? "", description: spec[SpecKeys.description],
            labels: metadata[MetadataKeys.labels] ?? [:], places: places, files: files.paths,
            timeouts: spec[SpecKeys.timeouts] ?? Timeouts(places: unplaced), namespace: namespace,
            createNamespace: spec[SpecKeys.createNamespace],
            devicePlugin: spec[SpecKeys.devicePlugin]
                ?? DevicePluginExpectation(namespace: "kube-system", configMap: "sriovdp-config", places: unplaced),
            operatorNamespace: spec[SpecKeys.sriovOperator], dynamicResources: spec[SpecKeys.dynamicResources],
            nodes: spec[SpecKeys.nodes] ?? [],
            devices: spec[SpecKeys.devices] ?? [], networks: networks, pods: pods,
            ping: spec[SpecKeys.ping] ?? PingExpectation(places: unplaced), eventually: spec[SpecKeys.eventually] ?? Eventually(),
            checks: spec[SpecKeys.checks] ?? [], cleanup: spec[SpecKeys.cleanup] ?? .always)
    }
}
