internal import Facts

/// The scenario that a site was made for: one pod on each node that has an attachment, in the words of `scenarios/`.
package enum SiteScenario {
    /// YAML text; nil when the site has no node with VFs, or no gateway.
    package static func text(for site: Site) -> String? {
        let workers = site.nodes.enumerated().compactMap { number, node -> Worker? in
            guard let attachment = node.attachment, let nic = node.nics.first(where: { !$0.virtualFunctions.isEmpty }) else {
                return nil
            }
            return Worker(number: number + 1, node: node, attachment: attachment, nic: nic)
        }
        guard let first = workers.first, let model = first.nic.model.virtualFunction,
            let (device, vlan, gateway) = gateway(of: site)
        else { return nil }
        let devices = site.switches.map { "  - {name: \($0.name), platform: \($0.platform)}\n" }.joined()
        return """
            apiVersion: plumbline.dev/v1alpha1
            kind: Scenario
            metadata:
              name: \(site.name.replacing(":", with: "-"))
            spec:
              description: The pods of site \(site.name) get a VF each, reach the gateway, and the switch learns them.
              timeouts: {scenario: 10m, podReady: 2m, cleanup: 1m}
              devices:
            \(devices)\
              nodeDefaults:
                pf: \(first.nic.name)
                vfs: \(first.nic.virtualFunctions.count)
                vf: {vendor: "\(first.nic.model.vendor)", device: "\(model.device)", driver: \(model.driver)}
              nodes:
            \(workers.map(\.nodeLine).joined())\
              networks:
              - name: sriov-\(vlan.tag)
                resource: \(site.cluster.resource)
                vlan: \(vlan.tag)
                subnet: \(gateway.address.network)
            \(name(of: vlan, in: site))\
                gateway: {address: \(gateway.address.address), device: \(device), interface: \(gateway.interface)}
              podDefaults: {image: "busybox:1.28", imagePullPolicy: IfNotPresent, command: [sleep, "3600"]}
              pods:
            \(workers.map { $0.podLine(vlan.tag) }.joined())\
              ping: {count: 3, maxLossPercent: 0}
              eventually: {timeout: 30s, every: 2s}
              cleanup: always

            """
    }

    /// A Linux bridge has no names for VLANs; where the switches have different ones, the number has to do.
    private static func name(of vlan: SiteVLAN, in site: Site) -> String {
        let same = site.switches.flatMap(\.vlans).allSatisfy { $0.tag != vlan.tag || $0.name == vlan.name }
        let isLinux = site.switches.contains { [.linux, .cumulus, .sonic].contains($0.platform) }
        return isLinux || !same ? "" : "    switchVLAN: \(vlan.name)\n"
    }

    /// What a run on this site has to find, one line a pod: node, VF, MAC, address, port as the switch's MAC table has it.
    package static func identityRows(for site: Site) -> [String] {
        site.nodes.compactMap { node in
            guard let attachment = node.attachment, let nic = node.nics.first(where: { !$0.virtualFunctions.isEmpty }),
                nic.virtualFunctions.indices.contains(attachment.virtualFunction), let cable = nic.cable
            else { return nil }
            let mac = nic.virtualFunctions[attachment.virtualFunction].mac
            let device = site.device(cable.device)
            let port = device?.ports.first { $0.members.contains(cable.name) }?.name ?? cable.name
            let shown =
                switch device?.platform {
                case .junos: port + ".0"
                case .ios: IOSTables.short(port)
                case .srlinux: port + "." + (device?.vlans.first?.tag.description ?? "0")
                default: port
                }
            return "\(node.name) \(attachment.virtualFunction) \(mac) \(attachment.address) \(shown)"
        }
    }

    private struct Worker {
        let number: Int
        let node: SiteNode
        let attachment: SiteAttachment
        let nic: SiteNIC

        var nodeLine: String {
            let uplink = nic.cable.map { ", uplink: {device: \($0.device), port: \($0.name)}" } ?? ""
            return "  - {name: \(node.name)\(uplink)}\n"
        }

        func podLine(_ tag: VLANID) -> String {
            "  - {name: sriov-pod-\(tag)-\(number), node: \(node.name), "
                + "attach: [{network: sriov-\(tag), interface: net1, address: \(attachment.address)}]}\n"
        }
    }

    private static func gateway(of site: Site) -> (DeviceName, SiteVLAN, SiteGateway)? {
        for device in site.switches {
            for vlan in device.vlans {
                if let gateway = vlan.gateway { return (device.name, vlan, gateway) }
            }
        }
        return nil
    }
}
