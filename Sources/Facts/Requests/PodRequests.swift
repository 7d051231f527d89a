// Questions to a pod, asked by exec in one of its containers.

/// The pod's interfaces with their addresses.
package struct PodAddressesRequest: FactRequest {
    package typealias Answer = Reading<InterfaceAddresses>
    package static let kind = "pod-addresses"
    package let pod: PodReference
    /// Nil: the pod's only container.
    package let container: String?
    /// Those that are expected, in order: where the image cannot list all of them, the state of these is read.
    package let interfaces: [InterfaceName]
    package init(pod: PodReference, container: String?, interfaces: [InterfaceName]) {
        self.pod = pod
        self.container = container
        self.interfaces = interfaces
    }
    package var source: FactSource { .pod(pod) }
    package var what: String { "interfaces and addresses" }
}

/// The PCI function behind a pod's interface; absent when the link is not there (no netdev, or no PCI device behind it).
package struct PodDeviceLinkRequest: FactRequest {
    package typealias Answer = Lookup<PCIAddress>
    package static let kind = "pod-device-link"
    package static let isSteady = true
    package let pod: PodReference
    package let container: String?
    package let interface: InterfaceName
    package init(pod: PodReference, container: String?, interface: InterfaceName) {
        self.pod = pod
        self.container = container
        self.interface = interface
    }
    package var source: FactSource { .pod(pod) }
    package var what: String { "PCI function of \(interface)" }
}

/// The PCI addresses that the device plugin put into the container's environment; absent when the variable is not set.
package struct PodEnvironmentRequest: FactRequest {
    package typealias Answer = Lookup<[PCIAddress]>
    package static let kind = "pod-environment"
    package static let isSteady = true
    package let pod: PodReference
    package let container: String?
    package let resource: ResourceName
    package init(pod: PodReference, container: String?, resource: ResourceName) {
        self.pod = pod
        self.container = container
        self.resource = resource
    }
    package var source: FactSource { .pod(pod) }
    package var what: String { "environment variable \(resource.environmentVariable)" }
}

/// The pod's ARP table.
package struct PodNeighboursRequest: FactRequest {
    package typealias Answer = Reading<NeighbourEntry>
    package static let kind = "pod-neighbours"
    package static let followsTraffic = true
    package let pod: PodReference
    package let container: String?
    package init(pod: PodReference, container: String?) {
        self.pod = pod
        self.container = container
    }
    package var source: FactSource { .pod(pod) }
    package var what: String { "ARP table" }
}

/// Traffic: a ping out of one interface of the pod.
package struct PingRequest: FactRequest {
    package typealias Answer = PingResult
    package static let kind = "ping"
    package let pod: PodReference
    package let container: String?
    package let interface: InterfaceName
    package let destination: IPAddress
    /// Number of echo requests, 1 or more.
    package let count: Int
    package init(pod: PodReference, container: String?, interface: InterfaceName, destination: IPAddress, count: Int) {
        self.pod = pod
        self.container = container
        self.interface = interface
        self.destination = destination
        self.count = count
    }
    package var source: FactSource { .pod(pod) }
    package var what: String { "ping of \(destination) out of \(interface)" }
}
