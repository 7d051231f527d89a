/// A network that the SR-IOV operator writes a NAD for.
///
/// - Source: `SriovNetwork` of sriovnetwork.openshift.io/v1, its `spec`; sriov-network-operator,
///   `api/v1/sriovnetwork_types.go`; what of it goes into the NAD: `RenderNetAttDef` in `api/v1/helper.go`.
package struct OperatorNetwork: Hashable, Sendable {
    package var namespace: String
    package var name: String
    /// Where its NAD is: `networkNamespace`, else its own.
    package var networkNamespace: String
    /// Without the prefix that the operator puts before it in the NAD's annotation.
    package var resource: String
    /// 0, also where it is left out: untagged. The operator always writes the key.
    package var vlan: Int
    package var qos: Int
    /// `802.1q` or `802.1ad`; nil where left out, as in the following.
    package var vlanProtocol: String?
    package var spoofCheck: String?
    package var trust: String?
    package var linkState: String?
    package var minTxRate: Int?
    package var maxTxRate: Int?

    package init(
        namespace: String, name: String, networkNamespace: String? = nil, resource: String, vlan: Int = 0, qos: Int = 0,
        vlanProtocol: String? = nil, spoofCheck: String? = nil, trust: String? = nil, linkState: String? = nil,
        minTxRate: Int? = nil, maxTxRate: Int? = nil
    ) {
        self.namespace = namespace
        self.name = name
        self.networkNamespace = networkNamespace ?? namespace
        self.resource = resource
        self.vlan = vlan
        self.qos = qos
        self.vlanProtocol = vlanProtocol
        self.spoofCheck = spoofCheck
        self.trust = trust
        self.linkState = linkState
        self.minTxRate = minTxRate
        self.maxTxRate = maxTxRate
    }
}
