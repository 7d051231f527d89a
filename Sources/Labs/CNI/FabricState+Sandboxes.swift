package import Facts

extension FabricState {
    /// Makes a pod's network namespace with `lo` and, by the default network, `eth0`.
    ///
    /// - Returns: eth0; nil when there is no such node.
    @discardableResult
    package mutating func openSandbox(
        of pod: PodReference, uid: String, containerID: String, containers: [String], on name: NodeName
    ) -> PodInterface? {
        guard let node = nodes[name] else { return nil }
        let first = node.site.podInterface
        let count = node.sandboxesMade
        let mac = MACAddress(bits: count == 0 ? first.mac.bits : first.mac.bits ^ UInt64(count))
        let base = MACAddress(bits: count == 0 ? first.linkLocalMAC.bits : first.linkLocalMAC.bits ^ UInt64(count))
        let index = first.index + 2 * count
        let eth0 = PodInterface(
            name: "eth0", index: index, kind: .pair(peerIndex: index + 1), mac: mac, mtuBytes: 1500,
            addresses: [IPPrefix(first.address.address.advanced(by: count), length: first.address.length)].compactMap { $0 },
            addresses6: [IPPrefix.linkLocal(of: base)].compactMap { $0 })
        let lo = PodInterface(
            name: "lo", index: 1, kind: .loopback, mac: MACAddress(bits: 0), mtuBytes: 65536,
            addresses: [IPPrefix("127.0.0.1/8")].compactMap { $0 }, addresses6: [IPPrefix("::1/128")].compactMap { $0 })
        var sandbox = PodSandbox(uid: uid, pod: pod, containerID: containerID, interfaces: [lo, eth0])
        for container in containers { sandbox.environments[container] = [] }
        nodes[name]?.sandboxesMade += 1
        nodes[name]?.sandboxes.append(sandbox)
        return eth0
    }

    /// CNI DEL of every interface, and the end of the namespace. What is not there any more is passed over.
    package mutating func closeSandbox(_ place: PodPlace) {
        guard let node = nodes[place.node], let sandbox = node.sandbox(place.uid) else { return }
        for (functionIndex, function) in node.functions.enumerated() {
            for vf in function.virtualFunctions {
                guard case .pod(place.uid, let name) = vf.netdev else { continue }
                let key = "\(sandbox.containerID)-\(name)"
                // Without its namespace DEL finds nothing to do, and what ADD has noted stays too.
                if node.cni.mishaps.contains(.namespaceKept) { continue }
                if node.cni.mishaps.contains(.namespaceLost) {
                    detach(vf.index, of: functionIndex, on: place.node, undoing: ["hostIFName": .string(name)])
                    continue
                }
                detach(vf.index, of: functionIndex, on: place.node, undoing: node.cni.cache[key])
                nodes[place.node]?.cni.cache[key] = nil
            }
        }
        nodes[place.node]?.cni.leases.removeAll { $0.containerID == sandbox.containerID }
        nodes[place.node]?.sandboxes.removeAll { $0.uid == place.uid }
    }

    /// Gives a VF's netdev back to the node and puts back what ADD had set, and only that.
    private mutating func detach(_ index: Int, of function: Int, on node: NodeName, undoing saved: JSONValue?) {
        guard var vf = nodes[node]?.functions[function].virtualFunctions[index],
            let pf = nodes[node]?.functions[function].site.name
        else { return }
        vf.netdev = .host(name: saved?["hostIFName"]?.text ?? "\(pf)v\(index)")
        vf.netdevUp = false
        vf.carrierAt = nil
        if let saved, nodes[node]?.cni.resetsOnDelete == true {
            let before = saved["OrigVfState"]
            if saved["vlan"] != nil {
                vf.vlan = before?["vlan"]?.int.flatMap { VLANID($0) }
                vf.qos = before?["vlanQoS"]?.int ?? 0
                vf.vlanProtocol = "802.1Q"
            }
            if saved["spoofchk"] != nil { vf.spoofCheck = before?["spoofchk"]?.bool ?? true }
            if saved["trust"] != nil { vf.trust = before?["trust"]?.bool ?? false }
            if saved["link_state"] != nil {
                vf.linkState = before?["link_state"]?.text.flatMap { VFLinkState(rawValue: $0) } ?? .auto
            }
            if saved["min_tx_rate"] != nil { vf.minTxRate = before?["min_tx_rate"]?.int ?? 0 }
            if saved["max_tx_rate"] != nil { vf.maxTxRate = before?["max_tx_rate"]?.int ?? 0 }
            if let mac = before?["effectiveMAC"]?.text.flatMap({ MACAddress($0) }) { vf.mac = mac }
        }
        nodes[node]?.functions[function].virtualFunctions[index] = vf
    }
}

extension IPPrefix {
    /// `fe80::…/64` with the interface identifier that RFC 4291 makes of a MAC.
    static func linkLocal(of mac: MACAddress) -> IPPrefix? {
        let octets = mac.octets
        let identifier = [octets[0] ^ 2, octets[1], octets[2], 0xff, 0xfe, octets[3], octets[4], octets[5]]
        return IPAddress(octets: [0xfe, 0x80, 0, 0, 0, 0, 0, 0] + identifier).flatMap { IPPrefix($0, length: 64) }
    }
}
