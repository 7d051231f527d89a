internal import Facts

/// What has to be done in guests that run so that they are as the fabric says now: the difference of two states, as commands.
///
/// Faults are planted in the fabric, for simulated and emulated sites alike; here they become true of kernels.
struct GuestChanges: Sendable {
    let before: FabricState
    let after: FabricState

    /// Lines for QEMU's monitor, by machine. A cable is out at both ends: the emulated one tells its other end nothing.
    var monitors: [String: [String]] {
        var lines: [String: [String]] = [:]
        for (old, new, node) in functions where old.carrier != new.carrier {
            let state = new.carrier ? "on" : "off"
            lines[node.text, default: []].append("set_link \(new.site.name) \(state)")
            guard let port = new.site.cable, let device = after.site.device(port.device),
                let index = device.ports.firstIndex(where: { $0.name == port.name })
            else { continue }
            lines[device.name.text, default: []].append("set_link p\(index) \(state)")
        }
        return lines
    }

    /// The PFs of both states, in pairs.
    private var functions: [(PhysicalFunctionState, PhysicalFunctionState, NodeName)] {
        after.site.nodes.flatMap { site -> [(PhysicalFunctionState, PhysicalFunctionState, NodeName)] in
            guard let old = before.nodes[site.name], let new = after.nodes[site.name] else { return [] }
            return zip(old.functions, new.functions).map { ($0, $1, site.name) }
        }
    }

    func node(_ name: NodeName) -> [String] {
        guard let old = before.nodes[name], let new = after.nodes[name] else { return [] }
        var lines: [String] = []
        for (old, new, node) in functions where node == name {
            let pf = new.site.name
            if !old.virtualFunctions.isEmpty, new.virtualFunctions.isEmpty {
                lines.append("echo 0 > /sys/class/net/\(pf)/device/sriov_numvfs")
            }
            if old.adminUp != new.adminUp { lines.append("ip link set dev \(pf) \(new.adminUp ? "up" : "down")") }
            if old.isUp != new.isUp { lines.append("turned \(pf) \(new.isUp ? "up" : "down")") }
            if old.virtualFunctions.isEmpty, !new.virtualFunctions.isEmpty {
                lines.append("vfs \(pf) \(new.virtualFunctions.count)")
            }
        }
        for name in old.cni.binaries.keys.sorted() where new.cni.binaries[name] == nil {
            lines.append("rm -f /opt/cni/bin/\(name)")
        }
        for (name, binary) in new.cni.binaries.sorted(by: { $0.key < $1.key }) where old.cni.binaries[name] != binary {
            lines += GuestScript.program(name, binary)
        }
        return lines + access(name.text)
    }

    func device(_ name: DeviceName) -> [String] {
        guard let old = before.switches[name], let new = after.switches[name] else { return [] }
        var lines: [String] = []
        for stranger in old.strangers where !new.strangers.contains(stranger) { lines += Self.leave(stranger) }
        lines += cables(of: name)
        for port in new.ports {
            if let former = old.port(port.name) { lines += Self.port(former, port) }
        }
        for gateway in new.gateways {
            guard let former = old.gateways.first(where: { $0.interface == gateway.interface }) else { continue }
            lines += Self.gateway(former, gateway)
        }
        for neighbour in old.neighbours where neighbour.isStatic && !new.neighbours.contains(neighbour) {
            lines.append("ip neigh del \(neighbour.address) dev \(neighbour.interface)")
        }
        for neighbour in new.neighbours where neighbour.isStatic && !old.neighbours.contains(neighbour) {
            lines.append(GuestScript.permanent(neighbour))
        }
        for stranger in new.strangers where !old.strangers.contains(stranger) {
            let gateway = new.gateways.first { $0.vlan == stranger.vlan }
            lines += Self.arrive(stranger, gateway: gateway)
        }
        return lines + access(name.text)
    }

    private static func port(_ old: PortState, _ new: PortState) -> [String] {
        var lines: [String] = []
        let name = new.name
        if old.tagged != new.tagged || old.untagged != new.untagged {
            for vlan in old.tagged + [old.untagged].compactMap({ $0 }) { lines.append("bridge vlan del dev \(name) vid \(vlan)") }
            lines += GuestScript.memberships(new)
        }
        if old.transmits != new.transmits {
            // A queue of no length drops what should go out.
            lines.append("tc qdisc \(new.transmits ? "del" : "add") dev \(name) root" + (new.transmits ? "" : " pfifo limit 0"))
        }
        if old.adminUp != new.adminUp { lines.append("ip link set dev \(name) \(new.adminUp ? "up" : "down")") }
        return lines
    }

    private static func gateway(_ old: GatewayState, _ new: GatewayState) -> [String] {
        var lines: [String] = []
        if old.address != new.address {
            // In this order: an address added beside another of its network goes when that one goes.
            lines.append("ip addr del \(old.address) dev \(new.interface)")
            lines.append("ip addr add \(new.address) brd + dev \(new.interface)")
        }
        if old.answersEcho != new.answersEcho {
            lines.append("echo \(new.answersEcho ? 0 : 1) > /proc/sys/net/ipv4/icmp_echo_ignore_all")
        }
        if old.adminUp != new.adminUp { lines.append("ip link set dev \(new.interface) \(new.adminUp ? "up" : "down")") }
        return lines
    }

    /// A cable in another port: the interface at its end takes that port's name, and one without a cable the old name.
    private func cables(of device: DeviceName) -> [String] {
        var lines: [String] = []
        for (nic, new) in after.cables.sorted(by: { $0.key.description < $1.key.description }) {
            guard let old = before.cables[nic], old != new, new.device == device, old.device == device else { continue }
            // The one without a cable, where there is one in the way.
            lines += ["[ ! -e /sys/class/net/\(new.name) ] || ip link del dev \(new.name)", "ip link set dev \(old.name) down"]
            lines += ["ip link set dev \(old.name) name \(new.name)", "ip link set dev \(new.name) up"]
            guard let port = after.switches[device]?.port(old.name) else { continue }
            lines += ["ip link add \(port.name) type veth peer name no-cable", "ip link set dev \(port.name) master br0"]
            lines += GuestScript.memberships(port) + ["ip link set dev \(port.name) up"]
        }
        return lines
    }

    private static func arrive(_ stranger: Stranger, gateway: GatewayState?) -> [String] {
        let port = stranger.port
        let space = "at-\(port)"
        let address = stranger.address?.description ?? "169.254.99.1/24"
        var lines = [
            "ip netns add \(space)", "ip link add \(port) type veth peer name eth0 netns \(space) address \(stranger.mac)",
            "ip link set dev \(port) master br0", "bridge vlan add dev \(port) vid \(stranger.vlan) pvid untagged",
            "ip link set dev \(port) up", "ip -n \(space) link set dev eth0 up", "ip -n \(space) addr add \(address) dev eth0",
        ]
        guard let gateway else { return lines }
        if stranger.address != nil {
            // Once it is answered, the gateway knows it.
            lines.append("ip netns exec \(space) arping -q -f -w 20 -I eth0 \(gateway.address.address)")
        } else {
            // So often that it is nearly always the last who was heard. busybox' setsid would take its own `ip` for the guest's.
            lines.append("ip -n \(space) neigh add 169.254.99.2 lladdr \(gateway.mac) nud permanent dev eth0")
            lines.append(
                "ip netns exec \(space) setsid /usr/bin/ping -q -i 0.004 169.254.99.2 > /dev/null 2>&1 < /dev/null &")
        }
        return lines
    }

    private static func leave(_ stranger: Stranger) -> [String] {
        [
            "for process in $(ip netns pids at-\(stranger.port)); do kill $process; done", "ip netns del at-\(stranger.port)",
            // It goes with the other end, which goes with its namespace, some time later.
            "ip link del dev \(stranger.port) 2> /dev/null || true",
        ]
    }

    private func access(_ host: String) -> [String] {
        guard before.access[host] != after.access[host] else { return [] }
        switch after.access[host] {
        case nil: return ["listen"]
        case .refused?: return ["deafen"]
        case .silent?: return ["kill -STOP $(cat /run/sshd.pid)"]
        case .changedKey?: return ["ssh-keygen -q -t ed25519 -N '' -f /run/other <<< y > /dev/null", "listen -h /run/other"]
        case .noLogin?: return ["listen -o AuthorizedKeysFile=none"]
        case .hangs?: return ["listen -o ForceCommand='sleep 86400'"]
        }
    }
}
