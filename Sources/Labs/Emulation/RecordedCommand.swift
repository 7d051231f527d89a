/// A command whose answer is kept as a recording.
package struct RecordedCommand: Sendable, CustomStringConvertible {
    /// Where a command runs: on the first worker, in its pod, or on the first switch.
    package enum Place: String, Sendable { case worker, pod, device }

    /// `ip-link.txt`
    package let file: String
    package let place: Place
    package let words: String
    package var description: String { "\(words) (\(place.rawValue))" }

    /// Whether other releases' programs print it too.
    package var isOfIPRoute2: Bool { place != .pod && (words.hasPrefix("ip ") || words.hasPrefix("bridge ")) }

    private init(_ file: String, _ place: Place, _ words: String) {
        self.file = file
        self.place = place
        self.words = words
    }

    package static let all = [
        RecordedCommand("ip-link.txt", .worker, "ip link show"),
        RecordedCommand("ip-link.json", .worker, "ip -j link show"),
        RecordedCommand("ip-link-eno2.txt", .worker, "ip link show dev eno2"),
        RecordedCommand("ip-link-eno2.json", .worker, "ip -j link show dev eno2"),
        RecordedCommand("ip-link-eno2-details.txt", .worker, "ip -d link show dev eno2"),
        RecordedCommand("ip-link-eno2-details.json", .worker, "ip -j -d link show dev eno2"),
        RecordedCommand("ip-link-eno2-statistics.txt", .worker, "ip -s link show dev eno2"),
        RecordedCommand("ip-addr.txt", .worker, "ip addr"),
        RecordedCommand("ip-addr.json", .worker, "ip -j addr"),
        RecordedCommand("ip-br-link.txt", .worker, "ip -br link"),
        RecordedCommand("ip-br-addr.txt", .worker, "ip -br addr"),
        RecordedCommand("lspci-vmmkn.txt", .worker, "lspci -Dvmmkn"),
        RecordedCommand("lspci-nnk.txt", .worker, "lspci -nnk"),
        RecordedCommand("lshw-businfo.txt", .worker, "lshw -c network -businfo -quiet"),
        RecordedCommand("switch-bridge-vlan.txt", .device, "bridge vlan show"),
        RecordedCommand("switch-bridge-vlan.json", .device, "bridge -j vlan show"),
        RecordedCommand("switch-bridge-fdb.txt", .device, "bridge fdb show"),
        RecordedCommand("switch-bridge-fdb.json", .device, "bridge -j fdb show"),
        RecordedCommand("switch-bridge-fdb-statistics.txt", .device, "bridge -s fdb show"),
        RecordedCommand("switch-bridge-link.txt", .device, "bridge link show"),
        RecordedCommand("switch-bridge-link-details.txt", .device, "bridge -d link show"),
        RecordedCommand("switch-bridge-link-details.json", .device, "bridge -j -d link show"),
        RecordedCommand("switch-ip-neigh.txt", .device, "ip neigh show"),
        RecordedCommand("switch-ip-neigh.json", .device, "ip -j neigh show"),
        RecordedCommand("switch-ip-neigh-statistics.txt", .device, "ip -s neigh show"),
        RecordedCommand("switch-ip-addr.txt", .device, "ip addr show"),
        RecordedCommand("switch-ip-addr.json", .device, "ip -j addr show"),
        RecordedCommand("pod-ip-addr.txt", .pod, "ip addr"),
        RecordedCommand("pod-arp.txt", .pod, "cat /proc/net/arp"),
        RecordedCommand("pod-ping.txt", .pod, "ping -c 3 -I net1 192.168.201.1"),
    ]
}
