package import Verdicts

/// Every check there is, in the order of the chain, which is the order of reports.
package enum CheckCatalogue {
    package static let all: [any Check.Type] = [
        RightsCheck.self, IOMMUCheck.self, PFPresentCheck.self, VFCountCheck.self, VFDriverCheck.self, OperatorStateCheck.self,
        OperatorPolicyCheck.self,
        CNIBinaryCheck.self, DevicePluginConfigCheck.self, DevicePluginPodCheck.self, AllocatableCheck.self, SwitchLLDPCheck.self,
        NADCheck.self, OperatorNetworkCheck.self, PodDeployCheck.self, NetworkStatusCheck.self, PodInterfaceCheck.self,
        PodVFCheck.self, DeviceClaimCheck.self, VFVLANCheck.self,
        VFMACCheck.self, SwitchVLANCheck.self, SwitchMACCheck.self, GatewayInterfaceCheck.self,
        SwitchARPCheck.self, GatewayPingCheck.self, TeardownCheck.self,
    ]

    package static let ids: [CheckID] = all.map { $0.id }

    /// Position in the chain; past the end for an id that does not exist.
    package static func position(_ id: CheckID) -> Int { ids.firstIndex(of: id) ?? ids.count }
}
