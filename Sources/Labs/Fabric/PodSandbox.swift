package import Facts

/// A pod's network namespace and its process environment.
package struct PodSandbox: Sendable {
    package let uid: String
    package let pod: PodReference
    /// 64 hexadecimal digits, as containerd makes them.
    package let containerID: String
    package var interfaces: [PodInterface]
    /// What `/proc/net/arp` shows, in order of first use.
    package var neighbours: [PodNeighbour] = []
    /// Whether its containers run.
    package var isRunning = false
    /// What each container is allowed, by name; one that is not here may do everything.
    package var rights: [String: ContainerRights] = [:]
    /// Environment of each container, by container name.
    package var environments: [String: [(key: String, value: String)]] = [:]

    package init(uid: String, pod: PodReference, containerID: String, interfaces: [PodInterface]) {
        self.uid = uid
        self.pod = pod
        self.containerID = containerID
        self.interfaces = interfaces
    }

    package func interface(_ name: String) -> PodInterface? { interfaces.first { $0.name == name } }
}

package struct PodInterface: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case loopback
        /// One end of a pair whose other end has this index on the node.
        case pair(peerIndex: Int)
        /// A VF of this PF on the pod's node.
        case virtualFunction(pf: String, index: Int)
    }
    package var name: String
    package var index: Int
    package var kind: Kind
    package var mac: MACAddress
    package var mtuBytes: Int
    /// IPv4 addresses.
    package var addresses: [IPPrefix]
    /// IPv6 addresses.
    package var addresses6: [IPPrefix]
}

package struct PodNeighbour: Hashable, Sendable {
    package var address: IPAddress
    /// Nil while nobody answered.
    package var mac: MACAddress?
    package var interface: String
}
