package import Facts

/// What CNI ADD of a secondary network gives back.
package struct AttachedInterface: Hashable, Sendable {
    package var interface: PodInterface
    /// Nil for networks without a device.
    package var device: PCIAddress?
}

/// How sriov-cni treats the VLAN of its configuration on a node. Anything but `asConfigured` is a fault.
package enum VLANWriting: Hashable, Sendable {
    case asConfigured
    case never
    case other(VLANID)
    /// The driver says no, and ADD fails.
    case refused
}

extension FabricState {
    /// sriov-cni's ADD: VLAN and the rest on the VF, the netdev into the pod, an address from IPAM, link up.
    ///
    /// - Parameters:
    ///   - device: the VF that the kubelet gave to the pod for this network's resource; nil when it gave none.
    ///   - now: site time; the carrier comes the site's latency later.
    /// - Throws: `CNIFailure` in the plugin's words. Nothing is left changed then.
    package mutating func attach(
        _ configuration: CNIConfiguration, request: NetworkRequest, device: PCIAddress?, to place: PodPlace, at now: Duration
    ) throws(CNIFailure) -> AttachedInterface {
        guard let node = nodes[place.node], let sandbox = node.sandbox(place.uid) else { throw CNIFailure("netns is gone") }
        guard node.cni.binaries[configuration.type] != nil else {
            throw CNIFailure("failed to find plugin \"\(configuration.type)\" in path [/opt/cni/bin]")
        }
        guard configuration.type == "sriov" else {
            throw CNIFailure("plugin \(configuration.type) is not simulated at this site")
        }
        guard let device else { throw CNIFailure("SRIOV-CNI failed to load netconf: LoadConf(): VF pci addr is required") }
        guard let (functionIndex, vf) = node.virtualFunction(at: device), case .host(let hostName) = vf.netdev else {
            throw CNIFailure(
                "SRIOV-CNI failed to load netconf: LoadConf(): the VF \(device) does not have a interface name or a dpdk driver")
        }
        if node.cni.vlanWriting == .refused, let vlan = configuration.vlan {
            throw CNIFailure(
                "SRIOV-CNI failed to configure VF \"failed to set vf \(vf.index) vlan configuration - id \(vlan?.number ?? 0), "
                    + "qos \(configuration.qos ?? 0) and proto 802.1q: invalid argument\"")
        }
        let prefixes = try lease(configuration, request: request, sandbox: sandbox, node: place.node)
        let key = "\(sandbox.containerID)-\(request.interface)"
        let undo = saved(vf, configuration, request, hostName: hostName, uid: place.uid)
        nodes[place.node]?.cni.cache[key] = undo
        var changed = vf
        apply(configuration, request, writing: node.cni.vlanWriting, to: &changed)
        changed.netdev = .pod(uid: place.uid, name: request.interface)
        changed.netdevUp = true
        changed.carrierAt = now + site.latencies.carrier
        changed.hasAnnounced = false
        nodes[place.node]?.functions[functionIndex].virtualFunctions[vf.index] = changed
        let interface = PodInterface(
            name: request.interface, index: vf.netdevIndex,
            kind: .virtualFunction(pf: node.functions[functionIndex].site.name, index: vf.index), mac: changed.mac,
            mtuBytes: 1500,
            addresses: prefixes, addresses6: [IPPrefix.linkLocal(of: changed.mac)].compactMap { $0 })
        if let position = nodes[place.node]?.sandboxes.firstIndex(where: { $0.uid == place.uid }) {
            nodes[place.node]?.sandboxes[position].interfaces.append(interface)
        }
        return AttachedInterface(interface: interface, device: device)
    }

    /// What an ADD that did not come to its end leaves behind: no cache, so that DEL does nothing, no lease, the netdev on the
    /// host, and on the VF whatever had been set.
    ///
    /// - Source: sriov-cni's CmdAdd: the error of ApplyVFConfig is another variable than the one that the undoing looks at.
    mutating func abandon(
        _ request: NetworkRequest, vf device: PCIAddress, at place: PodPlace
    ) {
        let identifier = nodes[place.node]?.sandbox(place.uid)?.containerID ?? ""
        let host = nodes[place.node]?.cni.cache.removeValue(forKey: "\(identifier)-\(request.interface)")?["hostIFName"]?.text
        nodes[place.node]?.cni.leases.removeAll { $0.containerID == identifier && $0.interface == request.interface }
        removeInterface(request.interface, at: place)
        guard let (function, now) = nodes[place.node]?.virtualFunction(at: device) else { return }
        var left = now
        left.netdev = .host(name: host ?? "")
        left.netdevUp = false
        left.carrierAt = nil
        nodes[place.node]?.functions[function].virtualFunctions[now.index] = left
    }

    /// In sriov-cni's order: vlan, mac, rate, spoofchk, trust, link_state.
    private func apply(
        _ configuration: CNIConfiguration, _ request: NetworkRequest, writing: VLANWriting, to vf: inout VirtualFunctionState
    ) {
        if let vlan = configuration.vlan {
            switch writing {
            case .asConfigured: vf.vlan = vlan
            case .never, .refused: break
            case .other(let other): vf.vlan = other
            }
            if writing != .never {
                vf.qos = configuration.qos ?? 0
                vf.vlanProtocol = configuration.vlanProtocol ?? "802.1Q"
            }
        }
        if let mac = request.mac ?? configuration.mac { vf.mac = mac }
        if let rate = configuration.minTxRate { vf.minTxRate = rate }
        if let rate = configuration.maxTxRate { vf.maxTxRate = rate }
        if let spoofCheck = configuration.spoofCheck { vf.spoofCheck = spoofCheck }
        if let trust = configuration.trust { vf.trust = trust }
        if let linkState = configuration.linkState { vf.linkState = linkState }
    }

    /// What sriov-cni writes into its cache, to be undone by DEL: the configuration, and the VF as it was.
    private func saved(
        _ vf: VirtualFunctionState, _ configuration: CNIConfiguration, _ request: NetworkRequest, hostName: String, uid: String
    ) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("cniVersion", "0.3.1"), .init("name", .string(configuration.name)), .init("type", "sriov"),
            .init("deviceID", .string(vf.address.description)), .init("vfID", .integer(vf.index)),
            .init("hostIFName", .string(hostName)), .init("contIFName", .string(request.interface)),
            .init("netns", .string("/var/run/netns/cni-\(uid)")),
        ]
        if let vlan = configuration.vlan { members.append(.init("vlan", .integer(vlan?.number ?? 0))) }
        if let mac = request.mac ?? configuration.mac { members.append(.init("mac", .string(mac.description))) }
        if let value = configuration.spoofCheck { members.append(.init("spoofchk", value ? "on" : "off")) }
        if let value = configuration.trust { members.append(.init("trust", value ? "on" : "off")) }
        if let value = configuration.linkState { members.append(.init("link_state", .string(value.rawValue))) }
        if let value = configuration.minTxRate { members.append(.init("min_tx_rate", .integer(value))) }
        if let value = configuration.maxTxRate { members.append(.init("max_tx_rate", .integer(value))) }
        let before: [JSONValue.Member] = [
            .init("hostIFName", .string(hostName)), .init("spoofchk", .bool(vf.spoofCheck)), .init("trust", .bool(vf.trust)),
            .init("effectiveMAC", .string(vf.mac.description)), .init("vlan", .integer(vf.vlan?.number ?? 0)),
            .init("vlanQoS", .integer(vf.qos)), .init("min_tx_rate", .integer(vf.minTxRate)),
            .init("max_tx_rate", .integer(vf.maxTxRate)), .init("link_state", .string(vf.linkState.rawValue)),
        ]
        return .object(members + [.init("OrigVfState", .object(before))])
    }

    /// IPAM ADD.
    ///
    /// - Returns: the addresses, none when there is no IPAM.
    private mutating func lease(
        _ configuration: CNIConfiguration, request: NetworkRequest, sandbox: PodSandbox, node: NodeName
    ) throws(CNIFailure) -> [IPPrefix] {
        guard let ipam = configuration.ipam else { return [] }
        guard ipam.type == "host-local" else { return ipam.addresses }
        guard let range = ipam.ranges.first else { throw CNIFailure("no IP ranges specified") }
        let taken = Set((nodes[node]?.cni.leases ?? []).filter { $0.network == configuration.name }.map(\.address))
        let asked = request.addresses.first.map { $0.split(separator: "/").first.map(String.init) ?? $0 }
        let address: IPAddress
        if let asked {
            guard let wanted = IPAddress(asked), range.subnet.contains(wanted) else {
                throw CNIFailure("failed to allocate all requested IPs: \(asked)")
            }
            guard wanted != range.gateway else {
                throw CNIFailure("failed to allocate for range 0: requested ip \(wanted) is subnet's gateway")
            }
            guard range.contains(wanted), !taken.contains(wanted) else {
                throw CNIFailure(
                    "failed to allocate for range 0: requested IP address \(wanted) is not available in range set \(range.description)"
                )
            }
            address = wanted
        } else {
            var candidate = range.start
            while candidate <= range.end, taken.contains(candidate) || candidate == range.gateway {
                candidate = candidate.advanced(by: 1)
            }
            guard candidate <= range.end else {
                throw CNIFailure("failed to allocate for range 0: no IP addresses available in range set: \(range.description)")
            }
            address = candidate
        }
        nodes[node]?.cni.lastReserved[configuration.name] = address
        nodes[node]?.cni.leases.append(
            CNIState.Lease(
                network: configuration.name, address: address, containerID: sandbox.containerID, interface: request.interface))
        return [IPPrefix(address, length: range.subnet.length)].compactMap { $0 }
    }
}

extension NodeState {
    /// A VF by its PCI address, with the position of its PF.
    package func virtualFunction(at address: PCIAddress) -> (function: Int, vf: VirtualFunctionState)? {
        for (position, function) in functions.enumerated() {
            if let vf = function.virtualFunctions.first(where: { $0.address == address }) { return (position, vf) }
        }
        return nil
    }
}
