internal import Facts

/// All faults that can be planted.
package enum FaultCatalogue {
    /// In the order of the layers, from the node's platform to the gateway; last, the ways in. A fault that is in no list cannot be planted.
    package static let all: [Fault] =
        VFFaults.all + DevicePluginFaults.all + CNIFaults.all + VLANFaults.all + SwitchFaults.all + GatewayFaults.all
        + ImageFaults.all + OperatorFaults.all + AccessFaults.all

    /// Plants `NAME` or `NAME@PLACE` in a site's state.
    ///
    /// - Throws: `LabError` that names the faults or places there are.
    package static func plant(_ text: String, in state: inout FabricState) throws(LabError) {
        let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
        guard let name = parts.first, let fault = all.first(where: { $0.name == name }) else {
            throw LabError("no fault '\(parts.first ?? "")'; there are: \(all.map(\.name).joined(separator: ", "))")
        }
        let places = places(of: fault, in: state.site)
        guard parts.count == 2 else {
            // Without a place: the whole cluster, or the only place there is.
            guard let place = places.contains(.cluster) ? .cluster : places.count == 1 ? places.first : nil else {
                throw LabError("\(name) needs a place: \(names(places).map { "\(name)@\($0)" }.joined(separator: ", "))")
            }
            return try fault.plant(place, &state)
        }
        guard let place = places.first(where: { $0.description == parts[1] }) else {
            throw LabError("\(name) cannot be at '\(parts[1])'; it can be at \(names(places).joined(separator: ", "))")
        }
        try fault.plant(place, &state)
    }

    /// Every place that a fault can have in a site.
    package static func places(of fault: Fault, in site: Site) -> [FaultPlace] {
        fault.places.flatMap { FaultPlace.all($0, in: site) }
    }

    private static func names(_ places: [FaultPlace]) -> [String] { places.map(\.description) }
}

extension FabricState {
    /// The nodes that a place stands for: itself, or all that have VFs.
    func nodes(at place: FaultPlace) -> [NodeName] {
        switch place {
        case .node(let name): [name]
        default: site.nodes.filter { $0.attachment != nil }.map(\.name)
        }
    }
}
