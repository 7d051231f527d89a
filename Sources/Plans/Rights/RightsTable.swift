internal import Checks
internal import Facts
internal import Scenarios
internal import Verdicts

/// Every request that a plan sends to the API, with its purpose: the one list that `rbac` prints, `cluster.rights` asks
/// about and `plan` shows. An end-to-end test holds it to what a server is asked.
struct RightsTable {
    let scenario: Scenario
    let objects: [PlannedObject]
    let checks: Set<CheckID>

    /// Each right once, by namespace and resource.
    var rights: [NeededRight] {
        var merged: [AccessRight: NeededRight] = [:]
        for needed in baseline + pods + creation {
            guard let other = merged[needed.right] else {
                merged[needed.right] = needed
                continue
            }
            let names = other.names.isEmpty || needed.names.isEmpty ? [] : Set(other.names + needed.names).sorted()
            let purpose = other.purpose == needed.purpose ? other.purpose : "\(other.purpose); \(needed.purpose)"
            merged[needed.right] = NeededRight(
                needed.right, names: names, for: purpose, guardsCreation: other.guardsCreation || needed.guardsCreation)
        }
        return merged.values.sorted { $0.right < $1.right }
    }

    /// True when one of these checks is planned.
    private func has(_ ids: CheckID...) -> Bool { ids.contains(where: checks.contains) }

    private func checks(_ ids: CheckID...) -> String { ids.filter(checks.contains).map(\.text).joined(separator: ", ") }

    /// What an object is asked for that a run makes, sees and removes.
    private static let wholeLife: [AccessRight.Verb] = [.get, .list, .watch, .create, .delete]

    // MARK: Reads

    private var baseline: [NeededRight] {
        var rights: [NeededRight] = []
        if !scenario.nodes.isEmpty, !checks.isEmpty {
            rights.append(
                NeededRight(
                    AccessRight(.get, "nodes"), names: scenario.nodes.map(\.name.text).sorted(),
                    for: (has("node.allocatable") ? "node.allocatable; " : "") + "addresses of nodes that ssh does not know"))
        }
        let plugin = scenario.devicePlugin
        if has("dp.config") {
            rights.append(
                NeededRight(
                    AccessRight(.get, "configmaps", namespace: plugin.namespace), names: [plugin.configMap], for: "dp.config"))
        }
        if has("dp.daemonset") {
            rights.append(NeededRight(AccessRight(.list, "pods", namespace: plugin.namespace), for: "dp.daemonset"))
        }
        if let namespace = scenario.operatorNamespace, has("node.operator", "pod.vf", "vf.vlan", "vf.mac", "teardown.clean") {
            rights.append(
                NeededRight(
                    AccessRight(
                        .get, "sriovnetworknodestates", group: "sriovnetwork.openshift.io", namespace: namespace),
                    names: scenario.nodes.map(\.name.text).sorted(), for: "what the SR-IOV operator says of the nodes"))
        }
        rights += witnesses
        if has("nad.valid") {
            for (namespace, networks) in Dictionary(grouping: scenario.networks, by: \.reference.namespace) {
                rights.append(
                    NeededRight(
                        nad(.get, namespace), names: Set(networks.map(\.reference.name)).sorted(), for: "nad.valid"))
            }
        }
        return rights
    }

    /// The SR-IOV operator's policies and networks, and what dynamic resource allocation keeps.
    private var witnesses: [NeededRight] {
        var rights: [NeededRight] = []
        if let namespace = scenario.operatorNamespace {
            if has("node.policy") {
                rights.append(
                    NeededRight(
                        AccessRight(
                            .list, "sriovnetworknodepolicies", group: "sriovnetwork.openshift.io", namespace: namespace),
                        for: "node.policy"))
            }
            let networks = scenario.networks.filter(\.existing).map(\.reference)
            if has("nad.operator") {
                // A network is in the operator's namespace or, for applications, in that of its NAD.
                for place in Set(networks.map(\.namespace) + [namespace]) {
                    rights.append(
                        NeededRight(
                            AccessRight(.get, "sriovnetworks", group: "sriovnetwork.openshift.io", namespace: place),
                            names: Set(networks.filter { place == namespace || $0.namespace == place }.map(\.name)).sorted(),
                            for: "nad.operator"))
                }
            }
        }
        if has("pod.claim") {
            rights.append(NeededRight(AccessRight(.list, "resourceslices", group: "resource.k8s.io"), for: "pod.claim"))
            for namespace in Set(scenario.pods.map(\.reference.namespace)) {
                rights.append(
                    NeededRight(
                        AccessRight(.get, "resourceclaims", group: "resource.k8s.io", namespace: namespace), for: "pod.claim"))
            }
        }
        return rights
    }

    private var pods: [NeededRight] {
        guard
            has(
                "pod.deploy", "pod.netstatus", "pod.net1", "pod.vf", "vf.vlan", "vf.mac", "switch.mac", "switch.arp", "gw.ping",
                "pod.claim")
        else { return [] }
        var rights: [NeededRight] = []
        for (namespace, pods) in Dictionary(grouping: scenario.pods, by: \.reference.namespace) {
            let names = Set(pods.map(\.reference.name)).sorted()
            rights.append(NeededRight(AccessRight(.get, "pods", namespace: namespace), names: names, for: "the pods' state"))
            if has("pod.deploy") {
                rights.append(
                    NeededRight(AccessRight(.list, "events", namespace: namespace), for: "why a pod does not become Ready"))
            }
            let helped = Set(pods.filter { $0.ephemeral != nil && !$0.existing }.map(\.reference.name)).sorted()
            if !helped.isEmpty {
                rights.append(
                    NeededRight(
                        AccessRight(.patch, "pods/ephemeralcontainers", namespace: namespace), names: helped,
                        for: "a container with the programs that a pod's image lacks"))
            }
            guard has("pod.net1", "pod.vf", "vf.vlan", "vf.mac", "switch.mac", "switch.arp", "gw.ping") else { continue }
            // Servers before 1.35 ask for one of the two, by the request's method; newer ones for both.
            for verb in [AccessRight.Verb.get, .create] {
                rights.append(
                    NeededRight(
                        AccessRight(verb, "pods/exec", namespace: namespace), names: names, for: "commands in the pods"))
            }
        }
        return rights
    }

    // MARK: Writing, and seeing what was written

    private var creation: [NeededRight] {
        guard !objects.isEmpty else { return [] }
        var rights: [NeededRight] = []
        for (namespace, objects) in Dictionary(grouping: objects, by: \.reference.namespace) {
            rights += made("Namespace", of: objects) { AccessRight($0, "namespaces") }
            rights += made("NetworkAttachmentDefinition", of: objects) { nad($0, namespace) }
            rights += made("Pod", of: objects) { AccessRight($0, "pods", namespace: namespace) }
            guard objects.contains(where: { $0.reference.kind == "Pod" }) else { continue }
            for verb in [AccessRight.Verb.list, .watch] {
                rights += [
                    NeededRight(
                        AccessRight(verb, "pods", namespace: namespace), for: "the wait for pods", guardsCreation: true),
                    NeededRight(
                        AccessRight(verb, "events", namespace: namespace), for: "why a pod does not become Ready"),
                ]
            }
        }
        let name = "plumbline-\(scenario.name)"
        for verb in Self.wholeLife {
            rights.append(
                NeededRight(
                    AccessRight(verb, "leases", group: "coordination.k8s.io", namespace: scenario.namespace),
                    names: verb == .create ? [] : [name], for: "the Lease that keeps two runs of the scenario apart"))
        }
        return rights
    }

    /// RBAC cannot tell apart by name what is not there yet, so that only creation is for any name.
    private func made(
        _ kind: String, of objects: [PlannedObject], _ right: (AccessRight.Verb) -> AccessRight
    ) -> [NeededRight] {
        let names = Set(objects.map(\.reference).filter { $0.kind == kind }.map(\.name)).sorted()
        guard !names.isEmpty else { return [] }
        return Self.wholeLife.map { verb in
            let purpose =
                switch verb {
                case .create: "creation"
                case .delete: "clean-up"
                case .get, .list, .watch, .patch: "seeing the end of what was created"
                }
            return NeededRight(right(verb), names: verb == .create ? [] : names, for: purpose, guardsCreation: true)
        }
    }

    private func nad(_ verb: AccessRight.Verb, _ namespace: String?) -> AccessRight {
        AccessRight(verb, "network-attachment-definitions", group: "k8s.cni.cncf.io", namespace: namespace)
    }
}
