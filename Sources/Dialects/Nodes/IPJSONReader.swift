internal import Facts

/// Reads `ip -j link` and `ip -j addr` into the same blocks as the text.
///
/// - Source: iproute2 since 4.14; `mac` of a VF became `address` in 5.3; filtered-out links are empty objects up to 4.18.
enum IPJSONReader {
    static func read(_ found: JSONDocuments) -> IPOutput {
        var output = IPOutput(isJSON: true)
        output.unread = found.stray
        var sawEmpty = false
        for document in found.documents {
            let elements = document.value.listed
            if elements.isEmpty { sawEmpty = true }
            for element in elements {
                if element.members?.isEmpty == true {
                    sawEmpty = true
                } else if let block = block(element, line: document.line, output: &output) {
                    output.blocks.append(block)
                } else {
                    output.unread.append(unread(element, document.line))
                }
            }
        }
        output.statedEmpty = sawEmpty && output.blocks.isEmpty
        return output
    }

    private static func unread(_ value: JSONValue, _ line: Int) -> UnreadLine {
        UnreadLine(number: line, text: String(value.compactText.prefix(200)))
    }

    private static func block(_ value: JSONValue, line: Int, output: inout IPOutput) -> IPBlock? {
        // `bridge -j` names interfaces too.
        guard let name = value["ifname"]?.text,
            ["operstate", "link_type", "qdisc", "addr_info"].contains(where: { value[$0] != nil })
        else {
            return nil
        }
        var header = IPHeader(name: InterfaceName(name))
        header.index = value["ifindex"]?.int
        header.mtuBytes = value["mtu"]?.int
        header.operState = value["operstate"]?.text
        header.flags = value["flags"]?.elements?.compactMap(\.text) ?? []
        header.hasMode = value["linkmode"] != nil
        header.hasGroup = value["group"] != nil
        var block = IPBlock(header: header)
        block.linkType = value["link_type"]?.text
        block.mac = value["address"]?.text.flatMap { MACAddress(linux: $0) }
        block.altNames = value["altnames"]?.elements?.compactMap(\.text) ?? []
        for entry in value["vfinfo_list"]?.elements ?? [] {
            if let vf = virtualFunction(entry, pf: header.name, linkType: block.linkType) {
                block.vfs.append(vf)
            } else {
                output.unread.append(unread(entry, line))
            }
        }
        if let addresses = value["addr_info"]?.elements {
            output.showsAddresses = true
            for entry in addresses where entry.members?.isEmpty == false {
                if let prefix = prefix(entry) {
                    block.addresses.append(prefix)
                } else {
                    output.unread.append(unread(entry, line))
                }
            }
        }
        return block
    }

    private static func prefix(_ value: JSONValue) -> IPPrefix? {
        guard let address = value["local"]?.text.flatMap({ IPAddress($0) }), let length = value["prefixlen"]?.int else {
            return nil
        }
        return IPPrefix(address, length: length)
    }

    private static func virtualFunction(_ value: JSONValue, pf: InterfaceName, linkType: String?) -> VirtualFunction? {
        guard let index = value["vf"]?.int, let address = (value["address"] ?? value["mac"])?.text else { return nil }
        var vf = VirtualFunction(pf: pf, index: index)
        let isInfiniBand = (value["link_type"]?.text ?? linkType) == "infiniband"
        if !isInfiniBand {
            guard let mac = MACAddress(linux: address) else { return nil }
            vf.mac = mac
        }
        // Where the kernel gives no list, the VLAN stands beside the address.
        let vlan = value["vlan_list"]?[0] ?? value
        if let number = vlan["vlan"]?.int {
            guard (0...4095).contains(number) else { return nil }
            vf.vlan = VLANID(number)
        }
        vf.qos = vlan["qos"]?.int
        vf.vlanProtocol = vlan["protocol"]?.text
        vf.maxTxRate = value["rate"]?["max_tx"]?.int ?? value["tx_rate"]?.int
        vf.minTxRate = value["rate"]?["min_tx"]?.int
        vf.spoofCheck = value["spoofchk"]?.looseBool
        vf.trust = value["trust"]?.looseBool
        vf.queryRSS = value["query_rss_en"]?.looseBool
        vf.linkState = value["link_state"]?.text
        vf.nodeGUID = value["node guid"]?.text ?? value["node_guid"]?.text
        vf.portGUID = value["port guid"]?.text ?? value["port_guid"]?.text
        return vf
    }
}
