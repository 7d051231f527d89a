internal import Documents
internal import Facts

// How the values of a scenario are written. Patterns are for editors and as lax as the parsers or laxer.

extension Form<String> {
    /// Text of one line that is shown and never interpreted.
    static let line = Form.text("a line of text") { $0.isEmpty || $0.contains("\n") ? nil : $0 }

    static let prose = Form.text("a text") { $0.isEmpty ? nil : $0 }

    static let label = Form.text("a name of lower case letters, digits and '-', at most 63", pattern: labelPattern) {
        CharacterRules.isLabel($0) ? $0 : nil
    }

    /// The name of a Kubernetes object.
    static let objectName = Form.text(
        "an object's name (lower case letters, digits, '-' and '.')", pattern: #"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"#
    ) {
        CharacterRules.isSubdomain($0) ? $0 : nil
    }

    static let sshHost = Form.text("a host as ssh takes it (a name, an address or an alias)", pattern: argumentPattern) {
        CharacterRules.isArgument($0) ? $0 : nil
    }

    /// An absolute path of a folder on a node, without a slash at the end.
    static let folder = Form.text("an absolute path such as /opt/cni/bin", pattern: "^/[A-Za-z0-9_./-]*$") { text in
        guard text.hasPrefix("/"), CharacterRules.isArgument(text), !text.contains(":") else { return nil }
        return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// A path relative to the file that names it, or absolute.
    static let file = Form.text("the path of a file") { $0.isEmpty || $0.contains("\n") ? nil : $0 }

    static let hexID = Form.text("a PCI id of four hexadecimal digits such as 8086", pattern: "^(0x)?[0-9A-Fa-f]{4}$") { text in
        let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
        guard digits.utf8.count == 4, UInt16(digits, radix: 16) != nil else { return nil }
        return digits.lowercased()
    }

    static let driver = Form.text("a kernel driver's name such as ixgbevf", pattern: "^[A-Za-z0-9_-]+$") {
        CharacterRules.isName($0) && !$0.contains(".") ? $0 : nil
    }

    /// A VLAN's name on a switch. It is filled in on the device's command line.
    static let vlanName = Form.text("a switch's VLAN name (letters, digits and _ . : / -)", pattern: argumentPattern) {
        CharacterRules.isArgument($0) ? $0 : nil
    }

    static let checkID = Form.text("a check's id such as vf.vlan", pattern: #"^[a-z][a-z0-9]*(\.[a-z0-9]+)+$"#) { text in
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy(CharacterRules.isLabel) ? text : nil
    }

    /// `name`, or `namespace/name`.
    static let networkReference = Form.text("a network's name, or namespace/name", pattern: "^[a-z0-9./-]+$") { text in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy(CharacterRules.isSubdomain) ? text : nil
    }

    private static let labelPattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
    private static let argumentPattern = "^[A-Za-z0-9_.:/][A-Za-z0-9_.:/-]*$"
}

extension Form<NodeName> {
    static let nodeName = Form.text("a node's name (lower case letters, digits, '-' and '.')", pattern: "^[a-z0-9.-]+$") {
        CharacterRules.isSubdomain($0) ? NodeName($0) : nil
    }
}

extension Form<DeviceName> {
    static let deviceName = Form.text("a device's name (letters, digits, '_', '.' and '-')", pattern: "^[A-Za-z0-9_.-]+$") {
        CharacterRules.isName($0) ? DeviceName($0) : nil
    }
}

extension Form<InterfaceName> {
    /// An interface of a Linux node or pod.
    static let linuxInterface = Form.text("an interface's name of at most 15 letters", pattern: "^[A-Za-z0-9_.-]{1,15}$") {
        CharacterRules.isInterface($0) ? InterfaceName($0) : nil
    }

    /// A port or layer-3 interface of a device.
    static let deviceInterface = Form.text(
        "a port as the device writes it (letters, digits and _ . : / -)", pattern: "^[A-Za-z0-9_.:/-]+$"
    ) {
        CharacterRules.isArgument($0) ? InterfaceName($0) : nil
    }
}

extension Form<ResourceName> {
    static let resource = Form.text(
        "a resource with its prefix such as intel.com/intel_sriov_netdevice", pattern: "^[a-z0-9.-]+/[A-Za-z0-9_.-]+$"
    ) {
        CharacterRules.isResource($0) ? ResourceName($0) : nil
    }
}

extension Form<IPAddress> {
    /// Without a prefix length.
    static let address = Form(.text(pattern: "^[0-9A-Fa-f:.]+$")) { node, ledger in
        let what = "an IPv4 or IPv6 address"
        guard let text = node.text, node.scalar?.meaning != nil else {
            ledger.report("type", at: node.mark, "\(what) is expected here; \(node.kind) was seen")
            return nil
        }
        if let address = IPAddress(text) { return address }
        let bare = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).first.flatMap { IPAddress($0) }
        ledger.report(
            "value", at: node.mark, "\(what) is expected here; '\(text)' was seen",
            suggestion: bare.map { "write \($0); the length stands in the network's subnet" })
        return nil
    }
}

extension Form<IPPrefix> {
    /// A subnet: its host bits are zero.
    static let subnet = Form(.text(pattern: "^[0-9A-Fa-f:.]+/[0-9]+$")) { node, ledger in
        let what = "a subnet such as 192.168.201.0/24"
        guard let text = node.text else {
            ledger.report("type", at: node.mark, "\(what) is expected here; \(node.kind) was seen")
            return nil
        }
        guard let prefix = IPPrefix(text) else {
            let suggestion = IPAddress(text).map { "write the length too: \($0)/\($0.isIPv4 ? 24 : 64)" }
            ledger.report("value", at: node.mark, "\(what) is expected here; '\(text)' was seen", suggestion: suggestion)
            return nil
        }
        guard prefix.network == prefix else {
            ledger.report(
                "value", at: node.mark, "\(what) is expected here; '\(text)' has bits beyond its length",
                suggestion: "write \(prefix.network)")
            return nil
        }
        return prefix
    }
}

extension Form<MACAddress> {
    /// Of one station: no group address, not all zero.
    static let stationMAC = Form.text("a MAC address of one station such as 02:00:00:00:00:01", pattern: "^[0-9A-Fa-f:.-]+$") {
        text in
        guard let mac = MACAddress(text), !mac.isGroup, !mac.isZero else { return nil }
        return mac
    }
}
