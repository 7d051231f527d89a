internal import Facts

/// What kubelet's device manager, Multus and sriov-cni do to a node, done in the guest that is the node.
///
/// What has to be remembered (who has which VF, which address is leased, how a VF was before) is kept in the fabric, as for
/// simulated nodes; what is true of links and addresses is the guest's.
struct GuestPlumbing: PodPlumbing {
    let site: GuestSite
    private var fabric: Fabric { site.fabric }
    private var channels: [NodeName: GuestChannel] { site.channels }

    init(site: GuestSite) { self.site = site }

    func openSandbox(
        of pod: PodReference, uid: String, containerID: String, containers: [String], on name: NodeName
    ) async -> PodInterface? {
        let eth0 = await fabric.openSandbox(of: pod, uid: uid, containerID: containerID, containers: containers, on: name)
        guard let eth0, let channel = channels[name] else { return eth0 }
        let namespace = Self.namespace(uid)
        let peer = "veth\(uid.prefix(8))"
        let answer = await channel.run(
            """
            set -e
            ip netns add \(namespace)
            ip -n \(namespace) link set lo up
            ip link add \(peer) type veth peer name eth0 netns \(namespace) address \(eth0.mac)
            ip link set \(peer) up
            ip -n \(namespace) addr add \(eth0.addresses.first?.description ?? "169.254.0.1/32") brd + dev eth0
            ip -n \(namespace) link set eth0 up
            """)
        return answer.status == 0 ? eth0 : nil
    }

    func attach(
        _ configuration: CNIConfiguration, request: NetworkRequest, device: PCIAddress?, to place: PodPlace, at now: Duration
    ) async throws(CNIFailure) -> AttachedInterface {
        var attached = try await fabric.note(configuration, request: request, device: device, to: place, at: now)
        guard let channel = channels[place.node], let address = attached.device, let node = await fabric.node(place.node),
            let (position, vf) = node.virtualFunction(at: address),
            let saved = node.cni.cache["\(node.sandbox(place.uid)?.containerID ?? "")-\(request.interface)"]
        else { return attached }
        let pf = node.functions[position].site.name
        let namespace = Self.namespace(place.uid)
        let name = request.interface
        let host = saved["hostIFName"]?.text ?? "\(pf)v\(vf.index)"
        var lines = ["set -e"]
        lines += Self.settings(configuration, request, of: vf).map { "ip link set dev \(pf) vf \(vf.index) \($0)" }
        if (request.mac ?? configuration.mac) != nil { lines.append("touch /run/told.\(pf).\(vf.index)") }
        lines += [
            "ip link set dev \(host) down", "ip link set dev \(host) name temp_\(vf.index)",
            "ip link set dev temp_\(vf.index) netns \(namespace)",
            "ip -n \(namespace) link set dev temp_\(vf.index) name \(name)",
        ]
        lines += attached.interface.addresses.map { "ip -n \(namespace) addr add \($0) brd + dev \(name)" }
        // One that goes down right after is never up: for a moment it would have a carrier, send, and be learned.
        if !node.cni.mishaps.contains(.interfaceDown) { lines.append("ip -n \(namespace) link set dev \(name) up") }
        lines.append("ip netns exec \(namespace) cat /sys/class/net/\(name)/ifindex /sys/class/net/\(name)/address")
        let answer = await channel.run(lines.joined(separator: "\n"))
        let words = answer.outputText.split(whereSeparator: \.isWhitespace)
        guard answer.status == 0, words.count == 2, let index = Int(words[0]), let mac = MACAddress(words[1]) else {
            let why = answer.errorText.split(separator: "\n").last.map(String.init) ?? "status \(answer.status)"
            await fabric.change { $0.abandon(request, vf: address, at: place) }
            throw CNIFailure("SRIOV-CNI failed to configure VF \"\(why)\"")
        }
        attached.interface.index = index
        attached.interface.mac = mac
        let done = attached
        await fabric.change { state in
            state.nodes[place.node]?.functions[position].virtualFunctions[vf.index].mac = mac
            state.changeInterface(name, at: place) { $0 = done.interface }
        }
        await site.writeFiles(place.node)
        try await befall(attached, pf: pf, vf: vf.index, at: place, now: now)
        return attached
    }

    /// What befalls the VF now, in the fabric and in the guests.
    private func befall(_ attached: AttachedInterface, pf: String, vf: Int, at place: PodPlace, now: Duration)
        async throws(CNIFailure)
    {
        let mishaps = await fabric.node(place.node)?.cni.mishaps ?? []
        let interface = attached.interface
        let inside = "ip -n \(Self.namespace(place.uid))"
        var lines: [String] = []
        if mishaps.contains(.macChanged) {
            lines.append("\(inside) link set dev \(interface.name) address \(interface.mac.other)")
        }
        if mishaps.contains(.adminMACSet) {
            lines += ["ip link set dev \(pf) vf \(vf) mac \(interface.mac.other)", "touch /run/told.\(pf).\(vf)"]
        }
        if mishaps.contains(.addressReplaced) {
            lines.append("\(inside) -4 addr flush dev \(interface.name)")
            lines += interface.addresses.map { "\(inside) addr add \($0.inNextSubnet) brd + dev \(interface.name)" }
        }
        if !lines.isEmpty, let channel = channels[place.node] {
            let answer = await channel.run((["set -e"] + lines).joined(separator: "\n"))
            guard answer.status == 0 else { throw CNIFailure("the site's fault cannot be planted: \(answer.errorText)") }
        }
        do { try await site.change { $0.befall(attached, at: place, now: now) } } catch {
            throw CNIFailure("the site's fault cannot be planted: \(error)")
        }
    }

    func closeSandbox(_ place: PodPlace) async {
        guard let channel = channels[place.node], let node = await fabric.node(place.node), let sandbox = node.sandbox(place.uid)
        else { return await fabric.closeSandbox(place) }
        let namespace = Self.namespace(place.uid)
        var lines: [String] = []
        // Whoever holds a namespace keeps it, and the VF in it; one that goes gives the VF back by itself.
        let keeps = node.cni.mishaps.contains(.namespaceKept)
        let isLost = node.cni.mishaps.contains(.namespaceLost)
        for function in node.functions where !keeps && !isLost {
            for vf in function.virtualFunctions {
                guard case .pod(place.uid, let name) = vf.netdev, let saved = node.cni.cache["\(sandbox.containerID)-\(name)"]
                else { continue }
                let host = saved["hostIFName"]?.text ?? "\(function.site.name)v\(vf.index)"
                lines += [
                    "ip -n \(namespace) link set dev \(name) down", "ip -n \(namespace) link set dev \(name) name \(host)",
                    "ip -n \(namespace) link set dev \(host) netns 1",
                ]
                guard node.cni.resetsOnDelete else { continue }
                lines += Self.restored(saved).map { "ip link set dev \(function.site.name) vf \(vf.index) \($0)" }
            }
        }
        // What is gone already is passed over, as CNI DEL does.
        if !keeps { lines.append("ip netns del \(namespace)") }
        _ = await channel.run(lines.joined(separator: "\n"))
        await fabric.closeSandbox(place)
        await site.writeFiles(place.node)
    }

    /// Every pod's namespace has the name that sriov-cni's cache says.
    static func namespace(_ uid: String) -> String { "cni-\(uid)" }

    /// What follows `ip link set dev PF vf N`, in sriov-cni's order: vlan, mac, rate, spoofchk, trust, link state.
    private static func settings(_ configuration: CNIConfiguration, _ request: NetworkRequest, of vf: VirtualFunctionState)
        -> [String]
    {
        var settings: [String] = []
        // The fabric has applied the fault that the site may have there.
        if configuration.vlan != nil {
            var text = "vlan \(vf.vlan?.number ?? 0)"
            if vf.qos > 0 { text += " qos \(vf.qos)" }
            if vf.vlanProtocol != "802.1Q" { text += " proto \(vf.vlanProtocol)" }
            settings.append(text)
        }
        if let mac = request.mac ?? configuration.mac { settings.append("mac \(mac)") }
        if configuration.minTxRate != nil || configuration.maxTxRate != nil {
            settings.append("max_tx_rate \(vf.maxTxRate) min_tx_rate \(vf.minTxRate)")
        }
        if let value = configuration.spoofCheck { settings.append("spoofchk \(value ? "on" : "off")") }
        if let value = configuration.trust { settings.append("trust \(value ? "on" : "off")") }
        if let value = configuration.linkState { settings.append("state \(value.rawValue)") }
        return settings
    }

    /// What DEL puts back: only what the configuration had set.
    private static func restored(_ saved: JSONValue) -> [String] {
        let before = saved["OrigVfState"]
        var settings: [String] = []
        if saved["vlan"] != nil {
            let qos = before?["vlanQoS"]?.int ?? 0
            settings.append("vlan \(before?["vlan"]?.int ?? 0)" + (qos > 0 ? " qos \(qos)" : ""))
        }
        if saved["spoofchk"] != nil { settings.append("spoofchk \(before?["spoofchk"]?.bool == false ? "off" : "on")") }
        if saved["trust"] != nil { settings.append("trust \(before?["trust"]?.bool == true ? "on" : "off")") }
        if saved["mac"] != nil { settings.append("mac 00:00:00:00:00:00") }
        if saved["min_tx_rate"] != nil || saved["max_tx_rate"] != nil {
            settings.append(
                "max_tx_rate \(before?["max_tx_rate"]?.int ?? 0) min_tx_rate \(before?["min_tx_rate"]?.int ?? 0)")
        }
        if saved["link_state"] != nil { settings.append("state \(before?["link_state"]?.text ?? "auto")") }
        return settings
    }
}
