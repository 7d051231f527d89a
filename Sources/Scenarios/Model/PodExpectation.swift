package import Facts

/// A pod that is to get VFs.
package struct PodExpectation: Hashable, Sendable {
    package var reference: PodReference
    /// Nil: the scheduler decides.
    package var node: NodeName?
    /// Where commands are run; nil: the pod's only container. Never derived from the pod's name.
    package var container: String?
    /// In the order of the annotation, which is the order in which Multus takes VFs.
    package var attachments: [Attachment]
    /// What the pod asks of each resource, in order of the names. Empty when an injector is to add it.
    package var requests: [ResourceRequest]
    /// True: the pod is there already; it is read, and never created, labelled or deleted.
    package var existing: Bool
    /// The pod to create, complete but for the run's labels; nil when it exists.
    package var manifest: JSONValue?
    /// What may be added to the pod where its image lacks a program; nil: nothing. Never set for a pod that exists.
    package var ephemeral: EphemeralContainer?
    /// Keys: `name`, `node`, `container`, `attach`, `existing`, `manifest`, `ephemeral`. In a manifest they point at the pod's own keys.
    package var places: Places

    /// The images the manifest asks for, each once; empty for a pod that exists.
    package var images: [String] {
        var images: [String] = []
        for list in ["initContainers", "containers"] {
            for container in manifest?["spec"]?[list]?.elements ?? [] {
                if let image = container["image"]?.text, !images.contains(image) { images.append(image) }
            }
        }
        return images
    }
}

/// The image of an ephemeral container.
package struct EphemeralContainer: Hashable, Sendable {
    /// With `sleep`, `cat`, `ip` and `ping`.
    package var image: String
    package var pullPolicy: PodTemplate.PullPolicy?
}

/// One VF in a pod.
package struct Attachment: Hashable, Sendable {
    package var network: NetworkReference
    /// `net1`, at most 15 bytes.
    package var interface: InterfaceName
    /// Asked for; nil: the IPAM plugin chooses.
    package var address: IPAddress?
    /// Asked for; nil: the VF keeps its own.
    package var mac: MACAddress?
    /// Keys: `network`, `interface`, `address`, `mac`.
    package var places: Places
}

/// `intel.com/intel_sriov_netdevice: 1`.
package struct ResourceRequest: Hashable, Sendable {
    package var resource: ResourceName
    /// 1 or more.
    package var count: Int
}
