internal import Facts

/// What `lshw` prints without `-businfo`: a tree of nodes with `key: value` below, or the same as JSON. The rows are those of
/// `-businfo`, with `MAC` and `Driver` beside.
///
/// - Source: lshw `print.cc`, `hw.cc` (`hwNode::asJSON`: one object after the other up to B.02.18, an array later);
///   `fixtures/nodes/virtio/lshw.txt`, `lshw.json`.
enum LSHWTree {
    /// `*-network:0 DISABLED`
    static func isNode(_ line: Substring) -> Bool { line.hasPrefix("*-") && line.utf8.count > 2 }

    static func readText(_ lines: TextLines, into draft: inout TableDraft<PCIDevice>) {
        var node: TextLine?
        /// Below a node whose line was cut: what is said there is no other's.
        var isLost = false
        var said: [(key: Substring, value: Substring)] = []
        // A whole tree begins with the computer's name and what is said of it, which is no device.
        let isWhole =
            lines.first { !$0.isBlank && !SessionNoise.matches($0.text) && !$0.trimmed.hasPrefix("WARNING:") }
            .map { $0.indent == 0 && $0.words.count == 1 } == true
        func close() {
            guard let start = node else { return }
            let value = { (key: String) in said.first { $0.key == key }?.value }
            let name = start.trimmed.dropFirst(2).prefix { $0 != ":" && $0 != " " }
            if let description = value("product") ?? value("description") {
                draft.rows.append(
                    device(
                        bus: value("bus info"), name: value("logical name"), class: name == "network" ? name : nil,
                        description: description, mac: value("serial"), driver: driver(value("configuration"))))
            } else if value("bus info") != nil || value("logical name") != nil {
                draft.leaveUnread(start)
            }
            said = []
        }
        for line in lines where !line.isBlank {
            let text = line.trimmed
            if isNode(text) {
                close()
                node = line
                isLost = false
            } else if text.hasPrefix("*") || text.hasPrefix("-") {
                close()
                node = nil
                isLost = true
                draft.leaveUnread(line)
            } else if node != nil, line.indent > 0, let colon = text.firstRange(of: ": ") ?? text.firstRange(of: ":"),
                keys.contains(text[..<colon.lowerBound])
            {
                said.append((text[..<colon.lowerBound], text[colon.upperBound...]))
            } else if node == nil, isWhole, !isLost, line.indent > 0, let colon = text.firstIndex(of: ":"),
                keys.contains(text[..<colon])
            {
                continue
            } else if !SessionNoise.matches(text), !text.hasPrefix("WARNING:"), !(node == nil && line.indent == 0) {
                draft.leaveUnread(line)
            }
        }
        close()
    }

    private static let keys: Set<Substring> = [
        "description", "product", "vendor", "physical id", "bus info", "logical name", "version", "serial", "size", "capacity",
        "width", "clock", "capabilities", "configuration", "resources", "slot", "date",
    ]

    static func readJSON(_ lines: TextLines, into draft: inout TableDraft<PCIDevice>) throws(DialectError) {
        let found = try JSONDocuments(lines)
        draft.unread = found.stray.filter { $0.text != "," && !$0.text.hasPrefix("WARNING:") }
        for document in found.documents {
            let nodes = document.value.listed
            draft.statedEmpty = draft.statedEmpty || nodes.isEmpty
            for node in nodes { take(node, at: document.line, into: &draft, depth: 0) }
        }
    }

    private static func take(_ node: JSONValue, at line: Int, into draft: inout TableDraft<PCIDevice>, depth: Int) {
        guard let name = node["class"]?.text, let id = node["id"]?.text, depth < 64 else {
            draft.unread.append(UnreadLine(number: line, text: String(node.compactText.prefix(200))))
            return
        }
        let description = node["product"]?.text ?? node["description"]?.text ?? id
        draft.rows.append(
            device(
                bus: node["businfo"]?.text.map { Substring($0) },
                name: node["logicalname"]?.listed.first?.text.map { Substring($0) }, class: Substring(name),
                description: Substring(description), mac: node["serial"]?.text.map { Substring($0) },
                driver: node["configuration"]?["driver"]?.text.map { Substring($0) }))
        for child in node["children"]?.listed ?? [] { take(child, at: line, into: &draft, depth: depth + 1) }
    }

    private static func device(
        bus: Substring?, name: Substring?, class: Substring?, description: Substring, mac: Substring?, driver: Substring?
    ) -> PCIDevice {
        let values: [(String, Substring?)] = [
            ("Bus info", bus), ("Device", name), ("Class", `class`), ("Description", description),
            ("MAC", mac.flatMap { MACAddress(linux: $0) == nil ? nil : $0 }), ("Driver", driver),
        ]
        return PCIDevice(fields: values.compactMap { key, value in value.map { .init(key, String($0.trimmedBlanks)) } })
    }

    /// `autonegotiation=off broadcast=yes driver=virtio_net`
    private static func driver(_ configuration: Substring?) -> Substring? {
        configuration?.words.first { $0.hasPrefix("driver=") }?.dropFirst(7)
    }
}
