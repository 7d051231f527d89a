internal import Facts

/// The shell script that makes a guest what the site says it is; the guest's init runs it once.
///
/// It is made from the site as it should be; faults are planted when it is up (`GuestChanges`).
enum GuestScript {
    /// What all guests begin with, and end with once their part is done.
    private static func frame(_ name: String, management: String, modules: String, _ part: [String]) -> String {
        """
        hostname \(name)
        ip link set lo up
        for module in \(modules); do modprobe $module; done
        at() { ls /sys/bus/pci/devices/$1/net | head -n 1; }
        with() { for link in /sys/class/net/*; do [ "$(cat $link/address)" != "$1" ] || basename $link; done; }
        cat > /run/lib << 'END'
        \(library)
        END
        . /run/lib
        \(part.joined(separator: "\n"))
        ip addr add 10.0.2.15/24 dev \(management)
        ip link set \(management) up
        mkdir -p /run/sshd /root/.ssh /etc/ssh
        cat $handed/hostkey/raw > /etc/ssh/ssh_host_ed25519_key
        chmod 600 /etc/ssh/ssh_host_ed25519_key
        cat $handed/authorized/raw > /root/.ssh/authorized_keys
        listen && echo "plumbline: ready"

        """
    }

    /// What a guest knows to do, at its start and when something changes.
    private static let library = """
        # vfs PF COUNT: as many VFs, each named after its PF. The driver of a VF may take a moment to make its netdev.
        vfs() {
            local device=/sys/class/net/$1/device index
            echo $2 > $device/sriov_numvfs
            for index in $(seq 0 $(($2 - 1))); do
                until [ -n "$(ls $device/virtfn$index/net 2> /dev/null)" ]; do sleep 0.05; done
                ip link set $(ls $device/virtfn$index/net) name $1v$index
            done
        }
        # restore PF COUNT: the VFs as they were made. Zeros take a MAC back that the PF was told, and with it the filter that lets the
        # VF's own in, so its driver asks for that again.
        restore() {
            local device=/sys/class/net/$1/device index name
            [ "$(cat $device/sriov_numvfs)" = $2 ] || vfs $1 $2
            for index in $(seq 0 $(($2 - 1))); do
                until name=$(ls $device/virtfn$index/net 2> /dev/null) && [ -n "$name" ]; do sleep 0.05; done
                ip link set dev $name down
                [ $name = $1v$index ] || { ip link set dev $name name $1v$index && name=$1v$index; }
                ip link set dev $1 vf $index vlan 0
                if [ -e /run/told.$1.$index ]; then
                    ip link set dev $1 vf $index mac 00:00:00:00:00:00
                    ip link set dev $name address $(cat /sys/class/net/$name/address)
                    rm /run/told.$1.$index
                fi
                ip link set dev $1 vf $index spoofchk on
            done
        }
        # turned LINK up|down: waits until it is so.
        turned() {
            local count
            for count in $(seq 600); do
                [ "$(cat /sys/class/net/$1/operstate)" != $2 ] || return 0
                sleep 0.05
            done
            echo "$1 is $(cat /sys/class/net/$1/operstate), expected $2" >&2
            return 1
        }
        deafen() {
            [ ! -e /run/sshd.pid ] || { kill -CONT $(cat /run/sshd.pid); kill $(cat /run/sshd.pid); } 2> /dev/null
            while [ -e /run/sshd.pid ]; do sleep 0.05; done
        }
        # listen [OPTION]...: a server with these options, in the place of the one there is. Connections stay.
        listen() {
            deafen
            [ "$1" = -h ] || set -- -h /etc/ssh/ssh_host_ed25519_key "$@"
            /usr/sbin/sshd -f /dev/null "$@" -o PidFile=/run/sshd.pid -o PermitRootLogin=prohibit-password \
                -o PasswordAuthentication=no -o UseDNS=no -o StrictModes=no -o MaxStartups=100 -o MaxSessions=100
        }
        """

    /// A program of CNI in its place.
    static func program(_ name: String, _ binary: CNIBinary) -> [String] {
        // Another machine's program is told by its header.
        var bytes = CNIProgram.bytes
        bytes[18] = UInt8(binary.machine & 0xff)
        bytes[19] = UInt8(binary.machine >> 8)
        return [
            "base64 -d > /opt/cni/bin/\(name) <<< \(Base64.text(bytes))",
            "chmod \(String(binary.mode, radix: 8)) /opt/cni/bin/\(name)",
        ]
    }

    /// The VLANs of a port.
    static func memberships(_ port: PortState) -> [String] {
        port.tagged.map { "bridge vlan add dev \(port.name) vid \($0)" }
            + (port.untagged.map { ["bridge vlan add dev \(port.name) vid \($0) pvid untagged"] } ?? [])
    }

    static func permanent(_ neighbour: SwitchNeighbour) -> String {
        "ip neigh replace \(neighbour.address) lladdr \(neighbour.mac) nud permanent dev \(neighbour.interface)"
    }

    /// A worker: names for its PFs, VFs as many as the state has, and the folders of CNI and kubelet.
    static func worker(_ node: NodeState, management: String) -> String {
        var lines: [String] = []
        for function in node.functions {
            let name = function.site.name
            lines.append("ip link set $(at \(function.site.address)) name \(name)")
            guard function.site.cable != nil else { continue }
            let count = function.virtualFunctions.count
            if count > 0 { lines.append("vfs \(name) \(count)") }
            lines.append("ip link set \(name) mtu \(function.site.mtuBytes) \(function.adminUp ? "up" : "down")")
        }
        lines.append("mkdir -p /opt/cni/bin /etc/cni/net.d /var/lib/cni/networks /var/lib/cni/sriov/pci")
        lines.append("mkdir -p /var/lib/kubelet/device-plugins /var/lib/kubelet/plugins_registry /pod/bin")
        for (name, binary) in node.cni.binaries.sorted(by: { $0.key < $1.key }) {
            lines += program(name, binary)
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
            lines += memberships(port)
        }
        for gateway in device.gateways {
            lines += [
                "bridge vlan add dev br0 vid \(gateway.vlan.number) self",
                "ip link add link br0 name \(gateway.interface) type vlan id \(gateway.vlan.number)",
                "ip addr add \(gateway.address) brd + dev \(gateway.interface)",
            ]
            if gateway.adminUp { lines.append("ip link set \(gateway.interface) up") }
        }
        for neighbour in device.neighbours where neighbour.isStatic { lines.append(permanent(neighbour)) }
        return frame(device.site.name.text, management: "em0", modules: "virtio_pci virtio_net bridge veth 8021q", lines)
    }
}
