internal import Facts
internal import Foundation

/// Outputs of true kernels, taken from an emulated site on which every worker has a pod, and the same of a simulated one.
package enum Recordings {
    /// Where a command runs: on the first worker, in its pod, or on the first switch.
    package enum Place: String, Sendable { case worker, pod, device }

    package struct Command: Sendable {
        /// `ip-link.txt`
        package let file: String
        package let place: Place
        package let words: String
        /// Whether other releases' programs print it too.
        package let isOfIPRoute2: Bool

        init(_ file: String, _ place: Place, _ words: String) {
            self.file = file
            self.place = place
            self.words = words
            isOfIPRoute2 = place != .pod && (words.hasPrefix("ip ") || words.hasPrefix("bridge "))
        }
    }

    package static let commands = [
        Command("ip-link.txt", .worker, "ip link show"), Command("ip-link-eno2.txt", .worker, "ip link show eno2"),
        Command("ip-link-eno2.json", .worker, "ip -j link show eno2"),
        Command("ip-link-eno2-details.txt", .worker, "ip -d link show eno2"),
        Command("ip-link-eno2-details.json", .worker, "ip -j -d link show eno2"),
        Command("ip-link-eno2-statistics.txt", .worker, "ip -s link show eno2"),
        Command("ip-addr.txt", .worker, "ip addr"), Command("ip-addr.json", .worker, "ip -j addr"),
        Command("ip-br-link.txt", .worker, "ip -br link"), Command("ip-br-addr.txt", .worker, "ip -br addr"),
        Command("lspci-nnk.txt", .worker, "lspci -nnk"), Command("lspci-vmmkn.txt", .worker, "lspci -Dvmmkn"),
        Command("lshw-businfo.txt", .worker, "lshw -c network -businfo"),
        Command("vf-links.txt", .worker, "ls -l /sys/class/net/eno2/device/ | grep virtfn"),
        Command("bridge-vlan.txt", .device, "bridge vlan show"), Command("bridge-vlan.json", .device, "bridge -j vlan show"),
        Command("bridge-fdb.txt", .device, "bridge fdb show"), Command("bridge-fdb.json", .device, "bridge -j fdb show"),
        Command("bridge-fdb-statistics.txt", .device, "bridge -s fdb show"),
        Command("bridge-link.txt", .device, "bridge -d link show"),
        Command("bridge-link.json", .device, "bridge -j -d link show"),
        Command("switch-ip-neigh.txt", .device, "ip neigh show"), Command("switch-ip-neigh.json", .device, "ip -j neigh show"),
        Command("switch-ip-neigh-statistics.txt", .device, "ip -s neigh show"),
        Command("switch-ip-link.txt", .device, "ip link show"), Command("switch-ip-br-addr.txt", .device, "ip -br addr"),
        Command("pod-ip-addr.txt", .pod, "ip addr"), Command("pod-arp.txt", .pod, "cat /proc/net/arp"),
        Command("pod-ping.txt", .pod, "ping -c 3 -I net1 192.168.201.1"),
    ]

    private static let network = """
        {"type": "sriov", "cniVersion": "0.3.1", "vlan": 201, "name": "sriov-201",
         "ipam": {"type": "host-local", "ranges": [[{"subnet": "192.168.201.0/24"}]]}}
        """

    /// Gives every worker of a site the pod that the site has a VF and an address for.
    ///
    /// - Returns: where the pods are, in the order of the nodes.
    /// - Throws: `CNIFailure` when a VF cannot be attached.
    package static func plumb(_ lab: Lab) async throws -> [PodPlace] {
        let plumbing: any PodPlumbing = lab.guests.map { GuestPlumbing(site: $0) } ?? lab.fabric
        var places: [PodPlace] = []
        for (number, site) in lab.site.nodes.enumerated() {
            guard let attachment = site.attachment,
                let vf = await lab.fabric.node(site.name)?.sriov?.virtualFunctions[attachment.virtualFunction]
            else { continue }
            let place = PodPlace(node: site.name, uid: "0000000\(number + 1)")
            let pod = PodReference(namespace: "default", name: "sriov-pod-201-\(number + 1)")
            let identifier = String(repeating: "\(number + 1)", count: 64)
            _ = await plumbing.openSandbox(of: pod, uid: place.uid, containerID: identifier, containers: ["c"], on: site.name)
            let request = NetworkRequest(
                namespace: "default", name: "sriov-201", interface: "net1", addresses: ["\(attachment.address)"])
            _ = try await plumbing.attach(
                CNIConfiguration(parsing: network), request: request, device: vf.address, to: place, at: lab.fabric.time.now())
            places.append(place)
        }
        return places
    }

    /// Writes what an emulated site's kernels say, each release's `ip` and `bridge` into a folder of their own.
    ///
    /// - Parameters:
    ///   - releases: Debian's, beside the one that the guests are of.
    ///   - tell: hears what was written.
    /// - Throws: `LabError` where something cannot be had or does not answer; `CNIFailure`.
    package static func write(
        _ lab: Lab, to folder: String, releases: [String], tell: @Sendable (String) -> Void
    ) async throws {
        guard let guests = lab.guests else { throw LabError("site \(lab.site.name): only true kernels can be recorded") }
        let places = try await plumb(lab)
        guard let first = places.first, let device = lab.site.switches.first?.name,
            let worker = guests.channels[first.node], let bridge = guests.channels[NodeName(device.text)]
        else { throw LabError("site \(lab.site.name): no worker with a pod, or no switch") }
        for place in places { try await awaitAnswer(from: place, guests) }
        let own = "PATH=/usr/sbin:/usr/bin"
        let release = await worker.run(". /etc/os-release 2> /dev/null; ip -V").outputText
        tell("guests: kernel \(await worker.run("uname -r").outputText.trimmed), \(release.trimmed)")
        for command in commands {
            let answer: CommandAnswer
            switch command.place {
            case .worker: answer = await worker.run("\(own); \(command.words)")
            case .device: answer = await bridge.run("\(own); \(command.words)")
            case .pod:
                let words = command.words.split(separator: " ").map(String.init)
                answer = await worker.run(words, inside: GuestPlumbing.namespace(first.uid), environment: [])
            }
            try save(answer, of: command, in: folder)
        }
        for suite in releases {
            let archive = try await GuestParts.iproute2(of: suite)
            for channel in [worker, bridge] { _ = await channel.unpack(archive, into: "/other/\(suite)") }
            tell("\(suite): \(await worker.run(other(suite, "ip -V")).outputText.trimmed)")
            for command in commands where command.isOfIPRoute2 {
                let channel = command.place == .worker ? worker : bridge
                try save(await channel.run(other(suite, command.words)), of: command, in: "\(folder)/\(suite)")
            }
        }
        for place in places { await GuestPlumbing(site: guests).closeSandbox(place) }
    }

    /// Another release's program, by its own loader and libraries.
    private static func other(_ suite: String, _ words: String) -> String {
        "/other/\(suite)/loader --library-path /other/\(suite)/lib /other/\(suite)/\(words)"
    }

    private static func save(_ answer: CommandAnswer, of command: Command, in folder: String) throws {
        guard answer.status == 0 else {
            throw LabError("\(command.words): status \(answer.status): \(answer.errorText.trimmed)")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(answer.output).write(to: URL(filePath: folder).appending(path: command.file))
    }

    /// A VF has its carrier only seconds after it was attached.
    private static func awaitAnswer(from place: PodPlace, _ guests: GuestSite) async throws {
        let end = guests.fabric.time.now() + .seconds(60)
        let words = ["ping", "-c", "1", "-W", "1", "-I", "net1", "192.168.201.1"]
        while true {
            let answer = await guests.channels[place.node]?.run(
                words, inside: GuestPlumbing.namespace(place.uid), environment: [])
            if answer?.status == 0 { return }
            guard guests.fabric.time.now() < end else {
                throw LabError("\(place.node): its pod gets no answer from 192.168.201.1: \(answer?.outputText ?? "")")
            }
        }
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
