package import Facts
internal import Verdicts

/// What is expected of one attachment of one pod.
package struct PodTarget: Hashable, Sendable {
    package var pod: PodReference
    /// Nil: the pod's only container.
    package var container: String?
    /// The node that the scenario pins it to; nil: wherever the scheduler puts it.
    package var node: NodeName?
    package var network: NetworkTarget
    package var interface: InterfaceName
    /// Those of all attachments of the pod, this one's included.
    package var podInterfaces: [InterfaceName]
    /// Nil: whatever IPAM gives.
    package var address: IPAddress?
    /// All nodes of the scenario, since a pod without a pin may land on any.
    package var nodes: [NodeName: NodeTarget]
    /// Number of echo requests a try, and the share that may be lost, 0…100.
    package var pingCount: Int
    package var maxLossPercent: Double
    /// The driver of dynamic resource allocation; nil: claims are no witness.
    package var deviceDriver: String?
    package var location: String?

    package init(
        pod: PodReference, container: String? = nil, node: NodeName? = nil, network: NetworkTarget, interface: InterfaceName,
        podInterfaces: [InterfaceName]? = nil,
        address: IPAddress? = nil, nodes: [NodeName: NodeTarget], pingCount: Int = 3, maxLossPercent: Double = 0,
        deviceDriver: String? = nil, location: String? = nil
    ) {
        self.pod = pod
        self.container = container
        self.node = node
        self.network = network
        self.interface = interface
        self.podInterfaces = podInterfaces ?? [interface]
        self.address = address
        self.nodes = nodes
        self.pingCount = pingCount
        self.maxLossPercent = maxLossPercent
        self.deviceDriver = deviceDriver
        self.location = location
    }

    var subject: Subject { .pod(pod) }

    /// Itself, its node, its network, the devices on its way, and the cluster.
    var related: Set<Subject> {
        var subjects: Set<Subject> = [.pod(pod), network.subject, .cluster]
        for target in node.map({ name in nodes[name].map { [$0] } ?? [] }) ?? Array(nodes.values) {
            subjects.insert(target.subject)
            for uplink in target.uplinks { subjects.insert(.device(uplink.device)) }
        }
        if let device = network.gateway?.device { subjects.insert(.device(device)) }
        return subjects
    }

    var state: PodStateRequest { PodStateRequest(pod: pod) }
    var creation: CreationRequest { CreationRequest(object: pod.object) }
    var addresses: PodAddressesRequest { PodAddressesRequest(pod: pod, container: container, interfaces: podInterfaces) }
    var deviceLink: PodDeviceLinkRequest { PodDeviceLinkRequest(pod: pod, container: container, interface: interface) }
    var neighbours: PodNeighboursRequest { PodNeighboursRequest(pod: pod, container: container) }
    var ping: PingRequest? {
        network.gateway.map {
            PingRequest(pod: pod, container: container, interface: interface, destination: $0.address, count: pingCount)
        }
    }

    /// The ping to ask for, once its interface has carrier: before that it only costs time. Where the interface cannot be
    /// read it is asked for all the same. Nil while it is not to be sent, and where the scenario says no gateway.
    func traffic(_ facts: FactBook) -> Need? {
        guard isRunning(facts), let ping, let observation = facts.latest(addresses, at: .plumbed) else { return nil }
        if let reading = observation.answer {
            let row = reading.rows.first { $0.interface == interface }
            guard row?.lowerUp ?? !reading.canShowAbsence else { return nil }
        }
        return Need(ping, at: .plumbed)
    }

    /// True when a table of a device may be read for what the pod taught it: after its traffic, or where it sends none.
    func mayHaveTaught(_ facts: FactBook) -> Bool { network.gateway == nil || traffic(facts) != nil }

    /// Where the pod runs: as the API says it, else as it was pinned; nil while neither is known.
    func nodeTarget(_ facts: FactBook) -> NodeTarget? {
        (podState(facts)?.node ?? node).flatMap { nodes[$0] }
    }

    func podState(_ facts: FactBook) -> PodState? { facts.answer(state, at: .plumbed)?.found }

    /// True when there is a container to ask.
    func isRunning(_ facts: FactBook) -> Bool {
        guard let pod = podState(facts) else { return false }
        return pod.phase == "Running" && pod.deletionTime == nil
    }

    /// The entry of network-status for this attachment.
    func networkStatus(_ facts: FactBook) -> NetworkStatus? {
        podState(facts)?.networkStatus?.first { $0.interface == interface && $0.name == network.qualifiedName }
            ?? podState(facts)?.networkStatus?.first { $0.interface == interface && $0.isDefault != true }
    }

    /// The MAC that the pod itself shows on its interface.
    func podMAC(_ facts: FactBook) -> MACAddress? {
        facts.answer(addresses, at: .plumbed)?.rows.first { $0.interface == interface }?.mac
    }

    /// The address that the pod has, as asked for or as given.
    func effectiveAddress(_ facts: FactBook) -> IPAddress? {
        address ?? networkStatus(facts)?.ips.first { $0.isIPv4 == (network.gateway?.address.isIPv4 ?? true) }
    }

    /// True when the newest ping was answered at least once.
    func pingAnswered(_ facts: FactBook) -> Bool {
        guard let ping, let result = facts.answer(ping, at: .plumbed) else { return false }
        return result.received > 0
    }
}
