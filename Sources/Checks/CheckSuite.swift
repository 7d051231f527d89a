internal import Facts
package import Scenarios
internal import Verdicts

/// The checks of one scenario, one for each subject, in the order of the chain.
package struct CheckSuite: Sendable {
    package let checks: [any Check]
    package let nodes: [NodeTarget]
    package let networks: [NetworkTarget]
    package let attachments: [PodTarget]

    package init(_ scenario: Scenario) {
        let networks = scenario.networks.map { NetworkTarget($0, scenario: scenario) }
        let nodes = scenario.nodes.map { NodeTarget($0, scenario: scenario) }
        let byName = Dictionary(nodes.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
        let attachments = scenario.pods.flatMap { pod in
            pod.attachments.compactMap { attachment in
                networks.first { $0.qualifiedName == attachment.network.description }.map {
                    PodTarget(
                        pod, attachment, network: $0, nodes: byName, ping: scenario.ping,
                        deviceDriver: scenario.dynamicResources?.driver)
                }
            }
        }
        self.nodes = nodes
        self.networks = networks
        self.attachments = attachments
        checks = Self.inOrder(
            Self.build(nodes: nodes, networks: networks, attachments: attachments, scenario)
                + Self.witnesses(nodes: nodes, networks: networks, attachments: attachments, scenario))
    }

    /// What the SR-IOV operator and dynamic resource allocation say, where a cluster has them.
    private static func witnesses(
        nodes: [NodeTarget], networks: [NetworkTarget], attachments: [PodTarget], _ scenario: Scenario
    ) -> [any Check] {
        var checks: [any Check] = []
        for node in nodes {
            if let request = node.operatorState { checks.append(OperatorStateCheck(target: node, request: request)) }
            if let request = node.operatorPolicies { checks.append(OperatorPolicyCheck(target: node, request: request)) }
        }
        if let namespace = scenario.operatorNamespace {
            // A NAD that the run makes is nobody else's.
            checks += zip(scenario.networks, networks).filter(\.0.existing).map {
                OperatorNetworkCheck(target: $1, operatorNamespace: namespace)
            }
        }
        for target in attachments {
            if let driver = target.deviceDriver { checks.append(DeviceClaimCheck(target: target, driver: driver)) }
        }
        return checks
    }

    private static func build(
        nodes: [NodeTarget], networks: [NetworkTarget], attachments: [PodTarget], _ scenario: Scenario
    ) -> [any Check] {
        let plugin = scenario.devicePlugin
        let hasPlugin = scenario.dynamicResources?.replacesDevicePlugin != true
        var checks: [any Check] = []
        for node in nodes {
            checks += [
                IOMMUCheck(target: node), PFPresentCheck(target: node), VFCountCheck(target: node), VFDriverCheck(target: node),
                CNIBinaryCheck(target: node),
            ]
            if hasPlugin {
                checks += [DevicePluginPodCheck(namespace: plugin.namespace, target: node), AllocatableCheck(target: node)]
            }
            if node.uplinks.contains(where: \.speaksLLDP) { checks.append(SwitchLLDPCheck(target: node)) }
        }
        if hasPlugin, !nodes.isEmpty {
            checks.append(
                DevicePluginConfigCheck(
                    namespace: plugin.namespace, name: plugin.configMap, nodes: nodes,
                    location: "\(plugin.places["configMap"])"))
        }
        checks += networks.map { network in
            let users = attachments.filter { $0.network == network }.compactMap(\.node)
            // Only a device plugin's resources are listed as allocatable.
            return NADCheck(
                target: network, nodes: hasPlugin ? nodes.filter { users.isEmpty || users.contains($0.node) } : [])
        }
        checks += networks.filter { network in
            network.gateway?.device != nil && network.gateway?.interface != nil && attachments.contains { $0.network == network }
        }.map { GatewayInterfaceCheck(target: $0) }
        for target in attachments {
            checks += [
                PodDeployCheck(target: target), NetworkStatusCheck(target: target), PodInterfaceCheck(target: target),
                PodVFCheck(target: target, all: attachments), VFVLANCheck(target: target), VFMACCheck(target: target),
                TeardownCheck(target: target),
            ]
            let possible = target.node.map { name in nodes.filter { $0.node == name } } ?? nodes
            if possible.contains(where: { !$0.uplinks.isEmpty }) {
                checks += [SwitchVLANCheck(target: target), SwitchMACCheck(target: target)]
            }
            if target.network.gateway != nil { checks.append(GatewayPingCheck(target: target)) }
            if target.network.gateway?.device != nil { checks.append(SwitchARPCheck(target: target)) }
        }
        return checks
    }

    private static func inOrder(_ checks: [any Check]) -> [any Check] {
        // A pod with two attachments is deployed once: one finding for each check and subject.
        var seen: Set<Finding.Key> = []
        return checks.filter { seen.insert($0.key).inserted }.enumerated().sorted {
            (CheckCatalogue.position(type(of: $0.element).id), $0.offset) < (
                CheckCatalogue.position(type(of: $1.element).id), $1.offset
            )
        }.map(\.element)
    }
}

extension NetworkTarget {
    init(_ network: NetworkExpectation, scenario: Scenario) {
        var names: [DeviceName: String] = [:]
        for device in scenario.devices { names[device.name] = network.switchVLAN(on: device) }
        self.init(
            namespace: network.reference.namespace, name: network.reference.name, resource: network.resource,
            vlan: network.vlanID,
            vlanStated: network.vlan != .unstated, qos: network.qos, vlanProtocol: network.vlanProtocol?.rawValue,
            spoofCheck: network.spoofCheck, trust: network.trust, linkState: network.linkState?.rawValue,
            minTxRate: network.minTxRate,
            maxTxRate: network.maxTxRate, setsMAC: network.mac != nil, prefixLength: network.subnet?.length,
            gateway: network.gateway.map { Gateway(address: $0.address, device: $0.device, interface: $0.interface) },
            switchVLANNames: names, location: "\(network.places[network.vlanID == nil ? "name" : "vlan"])")
    }
}

extension NodeTarget {
    init(_ node: NodeExpectation, scenario: Scenario) {
        let networks = scenario.networks(on: node.name).isEmpty ? scenario.networks : scenario.networks(on: node.name)
        let versions = networks.compactMap { $0.manifest?["spec"]?["config"]?.text }.compactMap { config -> String? in
            // The scenario's own manifests were validated when they were read; one that is not JSON asks for no version.
            guard case .success(let value) = Result(catching: { try JSONValue(parsing: config) }) else { return nil }
            return value["cniVersion"]?.text
        }
        self.init(
            node: node.name, pf: node.pf, vfCount: node.vfCount, vendor: node.vf.vendor, device: node.vf.device,
            driver: node.vf.driver, resources: Set(networks.map(\.resource)).sorted(), cniBinary: node.cniBinDir + "/sriov",
            cniFolder: node.cniConfDir, cniVersion: versions.max(),
            uplinks: node.uplinks.map { port in
                let device = scenario.devices.first { $0.name == port.device }
                return UplinkPort(
                    device: port.device, interface: port.interface, platform: device?.platform, speaksLLDP: device?.lldp ?? false)
            },
            operatorNamespace: scenario.operatorNamespace, location: "\(node.places["pf"])")
    }
}

extension PodTarget {
    init(
        _ pod: PodExpectation, _ attachment: Attachment, network: NetworkTarget, nodes: [NodeName: NodeTarget],
        ping: PingExpectation, deviceDriver: String?
    ) {
        var network = network
        network.setsMAC = network.setsMAC || attachment.mac != nil
        self.init(
            pod: pod.reference, container: pod.container, node: pod.node, network: network, interface: attachment.interface,
            podInterfaces: pod.attachments.map(\.interface), address: attachment.address, nodes: nodes, pingCount: ping.count,
            maxLossPercent: Double(ping.maxLossPercent), deviceDriver: deviceDriver,
            location: "\(attachment.places.entry)")
    }
}
