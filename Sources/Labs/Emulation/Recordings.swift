internal import Facts
internal import Foundation

/// Outputs of true kernels, taken from an emulated site on which every worker has a pod that its gateway answers.
package struct Recordings: Sendable {
    private let lab: Lab
    private let guests: GuestSite
    private let worker: GuestChannel
    private let device: GuestChannel

    /// - Throws: `LabError` at a site that has no true kernels, or no worker or switch.
    package init(_ lab: Lab) throws(LabError) {
        guard let guests = lab.guests else { throw LabError("site \(lab.site.name): only true kernels can be recorded") }
        guard let node = lab.site.nodes.first(where: { $0.attachment != nil }), let device = lab.site.switches.first,
            let worker = guests.channels[node.name], let channel = guests.channels[NodeName(device.name.text)]
        else { throw LabError("site \(lab.site.name): no worker with a pod, or no switch") }
        (self.lab, self.guests, self.worker, self.device) = (lab, guests, worker, channel)
    }

    private static let network = """
        {"type": "sriov", "cniVersion": "0.3.1", "vlan": 201, "name": "sriov-201",
         "ipam": {"type": "host-local", "ranges": [[{"subnet": "192.168.201.0/24"}]]}}
        """

    /// Writes what the kernels say, by the guests' own programs into the folder, by each release's `ip` and `bridge` into one
    /// below it, and a README that says what is from where.
    ///
    /// - Parameter releases: Debian's, beside the one that the guests are of.
    /// - Throws: `LabError` where something cannot be had or does not answer; `CNIFailure`.
    package func write(to folder: String, releases: [String]) async throws {
        let places = try await plumb()
        guard let first = places.first else { throw LabError("site \(lab.site.name): no pod has a VF") }
        for place in places { try await awaitAnswer(from: place) }
        var origins = ["| `.` | \(try await said("ip -V")), the guests' own |"]
        for command in RecordedCommand.all {
            let answer: CommandAnswer
            if command.place == .pod {
                let words = command.words.split(separator: " ").map(String.init)
                answer = await worker.run(words, inside: GuestPlumbing.namespace(first.uid), environment: [])
            } else {
                answer = await channel(command).run(command.words)
            }
            try save(answer, of: command, in: folder)
        }
        for suite in releases {
            let archive = try await GuestParts.iproute2(of: suite)
            for channel in [worker, device] { _ = await channel.unpack(archive, into: "/other/\(suite)") }
            origins.append("| `\(suite)` | \(try await said(Self.other(suite, "ip -V"))), of Debian \(suite) |")
            for command in RecordedCommand.all where command.isOfIPRoute2 {
                try save(
                    await channel(command).run(Self.other(suite, command.words)), of: command, in: "\(folder)/\(suite)")
            }
        }
        let kernel = try await said("uname -r")
        try Data(Self.account(kernel: kernel, origins: origins).utf8).write(to: URL(filePath: folder + "/README.md"))
        for place in places { await GuestPlumbing(site: guests).closeSandbox(place) }
    }

    private func channel(_ command: RecordedCommand) -> GuestChannel { command.place == .device ? device : worker }

    private func said(_ words: String) async throws(LabError) -> String {
        let answer = await worker.run(words)
        guard answer.status == 0 else { throw LabError("\(words): status \(answer.status): \(answer.errorText.trimmed)") }
        return answer.outputText.trimmed
    }

    /// Gives every worker the pod that the site has a VF and an address for.
    private func plumb() async throws -> [PodPlace] {
        let plumbing = GuestPlumbing(site: guests)
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
                CNIConfiguration(parsing: Self.network), request: request, device: vf.address, to: place,
                at: lab.fabric.time.now())
            places.append(place)
        }
        return places
    }

    /// A VF has its carrier only seconds after it was attached.
    private func awaitAnswer(from place: PodPlace) async throws {
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

    /// Another release's program, by its own loader and libraries.
    private static func other(_ suite: String, _ words: String) -> String {
        "/other/\(suite)/loader --library-path /other/\(suite)/lib /other/\(suite)/\(words)"
    }

    private func save(_ answer: CommandAnswer, of command: RecordedCommand, in folder: String) throws {
        guard answer.status == 0 else {
            throw LabError("\(command): status \(answer.status): \(answer.errorText.trimmed)")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(answer.output).write(to: URL(filePath: folder).appending(path: command.file))
    }

    private static func account(kernel: String, origins: [String]) -> String {
        let rows = RecordedCommand.all.map { "| `\($0.file)` | \($0.place.rawValue) | `\($0.words)` |" }
        return """
            # Outputs of the emulated site

            Byte-exact, written by `make recordings` and not by hand: what Linux \(kernel) says on the site of `sites/igb.yaml`, an
            Intel 82576 with 7 VFs (PF driver igb, VF driver igbvf) emulated by QEMU in every worker and a Linux bridge with VLAN
            filtering as the switch, with one pod a worker on a VF. The programs of other releases ran on the same kernels at
            the same time.

            | folder | `ip` and `bridge` |
            |---|---|
            \(origins.joined(separator: "\n"))

            `worker` is worker1 (eno2, VF 1 in the pod), `pod` that pod, `device` the switch.

            | file | on | command |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            """
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
