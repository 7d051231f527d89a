internal import Documents

/// How one host of an inventory is reached. Nil means that the inventory does not say, so that the ssh configuration does.
package struct AnsibleHost: Hashable, Sendable {
    /// Name or address, `ansible_host`.
    package var address: String?
    package var port: Int?
    package var user: String?
    /// Path of a private key, `~` not expanded.
    package var privateKeyFile: String?
    /// Hops as for `ssh -J`, first one first.
    package var proxyJump: [String]?
    package var proxyCommand: String?

    package init(
        address: String? = nil, port: Int? = nil, user: String? = nil, privateKeyFile: String? = nil,
        proxyJump: [String]? = nil, proxyCommand: String? = nil
    ) {
        self.address = address
        self.port = port
        self.user = user
        self.privateKeyFile = privateKeyFile
        self.proxyJump = proxyJump
        self.proxyCommand = proxyCommand
    }

    /// - Parameter port: from `name:port` of an INI file, which a variable goes before.
    init(_ variables: [String: AnsibleValue], port: Int?, problems: inout [Problem]) {
        self.init(port: port)
        /// The first of these names that is set; the second is how Ansible called it before 2.0.
        func value(_ names: String...) -> AnsibleValue? {
            guard let name = names.first(where: { variables[$0] != nil }), let value = variables[name] else { return nil }
            guard !value.isComputed else {
                problems.append(
                    value.problem(
                        "computed", "'\(name)' is computed by Ansible (\(value.text)), which is not done here",
                        suggestion: "write the value, or give what `ansible-inventory --list --yaml` prints"))
                return nil
            }
            return value.text.isEmpty ? nil : value
        }
        address = value("ansible_host", "ansible_ssh_host")?.text
        user = value("ansible_user", "ansible_ssh_user")?.text
        privateKeyFile = value("ansible_ssh_private_key_file", "ansible_private_key_file")?.text
        if let value = value("ansible_port", "ansible_ssh_port") {
            if let number = Int(value.text), (1...65_535).contains(number) {
                self.port = number
            } else {
                problems.append(value.problem("port", "the port '\(value.text)' is no number from 1 to 65535"))
            }
        }
        for arguments in [value("ansible_ssh_common_args"), value("ansible_ssh_extra_args")] {
            if let arguments { take(arguments, &problems) }
        }
    }

    /// Takes the way to the host out of arguments for ssh. Others are for ssh's own use, and `StrictHostKeyChecking` is not obeyed.
    private mutating func take(_ arguments: AnsibleValue, _ problems: inout [Problem]) {
        guard let words = AnsibleWords(arguments.text).words else {
            problems.append(arguments.problem("quotes", "a quote is not closed in '\(arguments.text)'"))
            return
        }
        var rest = words[...]
        while let word = rest.popFirst() {
            // `-Jhop` and `-J hop`, `-oKey=value` and `-o Key=value`.
            func argument(_ flag: String) -> String? {
                guard word.hasPrefix(flag) else { return nil }
                return word.count > flag.count ? String(word.dropFirst(flag.count)) : rest.popFirst()
            }
            if let hops = argument("-J") {
                proxyJump = Self.hops(hops)
            } else if let option = argument("-o") {
                take(option: option)
            } else if word.hasPrefix("-F") {
                problems.append(
                    arguments.problem(
                        "ssh-config", "an ssh configuration is named by -F in '\(arguments.text)'",
                        suggestion: "give it as --ssh-config"))
            }
        }
    }

    private mutating func take(option: String) {
        guard let mark = option.firstIndex(where: { $0 == "=" || $0 == " " }) else { return }
        let value = String(option[option.index(after: mark)...].drop { $0 == " " })
        switch option[..<mark].lowercased() {
        case "proxyjump": proxyJump = Self.hops(value)
        case "proxycommand": proxyCommand = value
        case "port": if port == nil { port = Int(value) }
        case "user": if user == nil { user = value }
        case "identityfile": if privateKeyFile == nil { privateKeyFile = value }
        default: break
        }
    }

    private static func hops(_ text: String) -> [String] {
        text == "none" ? [] : text.split(separator: ",").map { String($0) }
    }
}
