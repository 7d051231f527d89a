internal import Facts

/// The shell script that makes a guest what the site says it is; the guest's init runs it once.
///
/// It is made from the state, in which faults are planted already: a PF without VFs, a port without its VLAN and a gateway
/// that is down are so from the start.
enum GuestScript {
    /// What all guests begin with, and end with once their part is done.
    private static func frame(_ name: String, management: String, modules: String, _ part: [String]) -> String {
        """
        hostname \(name)
        ip link set lo up
        for module in \(modules); do modprobe $module; done
        at() { ls /sys/bus/pci/devices/$1/net | head -n 1; }
        with() { for link in /sys/class/net/*; do [ "$(cat $link/address)" != "$1" ] || basename $link; done; }
        \(part.joined(separator: "\n"))
        ip addr add 10.0.2.15/24 dev \(management)
        ip link set \(management) up
        mkdir -p /run/sshd /root/.ssh /etc/ssh
        cat $handed/hostkey/raw > /etc/ssh/ssh_host_ed25519_key
        chmod 600 /etc/ssh/ssh_host_ed25519_key
        cat $handed/authorized/raw > /root/.ssh/authorized_keys
        /usr/sbin/sshd -f /dev/null -h /etc/ssh/ssh_host_ed25519_key -o PidFile=/run/sshd.pid -o PermitRootLogin=prohibit-password \\
            -o PasswordAuthentication=no -o UseDNS=no -o StrictModes=no -o MaxStartups=100 -o MaxSessions=100 \\
            && echo "plumbline: ready"

        """
    }

    /// A worker: names for its PFs, VFs as many as the state has, and the folders of CNI and kubelet.
    static func worker(_ node: NodeState, management: String) -> String {
        var lines: [String] = []
        for function in node.functions {
            let name = function.site.name
            lines.append("ip link set $(at \(function.site.address)) name \(name)")
            guard function.site.cable != nil else { continue }
            let device = "/sys/bus/pci/devices/\(function.site.address)"
            let count = function.virtualFunctions.count
            lines += [
                "[ \(count) = 0 ] || echo \(count) > \(device)/sriov_numvfs",
                "ip link set \(name) mtu \(function.site.mtuBytes) \(function.adminUp ? "up" : "down")",
                "for index in $(seq 0 \(count - 1)); do",
                // The driver of a VF may take a moment to make its netdev.
                "    until [ -n \"$(ls \(device)/virtfn$index/net 2> /dev/null)\" ]; do sleep 0.05; done",
                "    ip link set $(ls \(device)/virtfn$index/net) name \(name)v$index",
                "done",
            ]
        }
        lines.append("mkdir -p /opt/cni/bin /etc/cni/net.d /var/lib/cni/networks /var/lib/cni/sriov/pci")
        lines.append("mkdir -p /var/lib/kubelet/device-plugins /var/lib/kubelet/plugins_registry /pod/bin")
        for (name, binary) in node.cni.binaries.sorted(by: { $0.key < $1.key }) {
            // Another machine's program is told by its header.
            var bytes = CNIProgram.bytes
            bytes[18] = UInt8(binary.machine & 0xff)
            bytes[19] = UInt8(binary.machine >> 8)
            lines.append("base64 -d > /opt/cni/bin/\(name) <<< \(Base64.text(bytes))")
            lines.append("chmod \(String(binary.mode, radix: 8)) /opt/cni/bin/\(name)")
        }
        lines.append("for applet in $(busybox --list); do ln -sf /usr/bin/busybox /pod/bin/$applet; done")
        return frame(node.site.name.text, management: management, modules: "igb igbvf veth macvlan 8021q", lines)
    }

    /// A switch: a bridge that filters VLANs, a port for every cable, a routed interface for every gateway.
    static func device(_ device: SwitchState, portMACs: [String: MACAddress], managementMAC: MACAddress) -> String {
        let bridgeMAC = device.gateways.first?.mac ?? MACAddress(bits: 0x5254_00c9_2001)
        var lines = [
            "ip link set $(with \(managementMAC)) name em0",
            "ip link add name br0 address \(bridgeMAC) type bridge vlan_filtering 1 vlan_default_pvid 0 ageing_time "
                + "\(device.site.macAging.components.seconds * 100)",
            "ip link set br0 up",
        ]
        for port in device.ports {
            guard let mac = portMACs[port.name] else { continue }
            lines.append("ip link set $(with \(mac)) name \(port.name) master br0")
            lines.append("ip link set \(port.name) \(port.adminUp ? "up" : "down")")
            for vlan in port.tagged { lines.append("bridge vlan add dev \(port.name) vid \(vlan.number)") }
            if let vlan = port.untagged { lines.append("bridge vlan add dev \(port.name) vid \(vlan.number) pvid untagged") }
        }
        for gateway in device.gateways {
            lines += [
                "bridge vlan add dev br0 vid \(gateway.vlan.number) self",
                "ip link add link br0 name \(gateway.interface) type vlan id \(gateway.vlan.number)",
                "ip addr add \(gateway.address) brd + dev \(gateway.interface)",
            ]
            if gateway.adminUp { lines.append("ip link set \(gateway.interface) up") }
        }
        for neighbour in device.neighbours where neighbour.isStatic {
            lines.append(
                "ip neigh replace \(neighbour.address) lladdr \(neighbour.mac) nud permanent dev \(neighbour.interface)")
        }
        return frame(device.site.name.text, management: "em0", modules: "virtio_pci virtio_net bridge 8021q", lines)
    }
}
