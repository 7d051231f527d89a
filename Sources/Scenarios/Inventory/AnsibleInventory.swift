package import Documents

/// What an Ansible inventory says about how its hosts are reached over SSH; everything else in it is passed over.
///
/// - Source: Ansible's manual, "How to build your inventory", for the INI and YAML forms, the groups and the order in which
///   variables win: groups of the file from `all` down to the innermost, then `group_vars`, then the host's own, then `host_vars`.
package struct AnsibleInventory: Hashable, Sendable {
    /// By name, as the inventory writes it.
    package let hosts: [String: AnsibleHost]

    /// A file beside the inventory that sets variables of one group or host.
    package struct VariableFile: Hashable, Sendable {
        package enum Subject: Hashable, Sendable {
            case group(String)
            case host(String)
        }
        package let subject: Subject
        package let file: String
        package let text: String

        package init(_ subject: Subject, file: String, text: String) {
            self.subject = subject
            self.file = file
            self.text = text
        }
    }

    /// - Parameters:
    ///   - file: for the places in problems; its ending, or else its first line, tells YAML from INI.
    ///   - variables: gives the files of `group_vars` and `host_vars` that belong to these groups and hosts, in the order of their
    ///     names.
    /// - Throws: all that is wrong with the inventory, and all connection variables that are not plain values.
    package init(
        file: String, text: String,
        variables: (_ groups: [String], _ hosts: [String]) throws(ProblemList) -> [VariableFile] = { _, _ in [] }
    ) throws(ProblemList) {
        var draft = AnsibleDraft(root: SourceText(file: file, text: text).mark(line: 1, column: 1))
        if Self.isYAML(file: file, text: text) {
            AnsibleYAMLReader.read(file: file, text: text, into: &draft)
        } else {
            AnsibleINIReader.read(file: file, text: text, into: &draft)
        }
        draft.checkChildren()
        guard draft.problems.isEmpty else { throw ProblemList(draft.problems) }
        for variable in try variables(draft.groups.keys.sorted(), draft.hosts.keys.sorted()) {
            AnsibleYAMLReader.read(variable, into: &draft)
        }
        var hosts: [String: AnsibleHost] = [:]
        for name in draft.hosts.keys.sorted() {
            hosts[name] = AnsibleHost(draft.variables(of: name), port: draft.ports[name], problems: &draft.problems)
        }
        guard draft.problems.isEmpty else { throw ProblemList(Array(Set(draft.problems))) }
        self.hosts = hosts
    }

    private static func isYAML(file: String, text: String) -> Bool {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        for ending in [".yml", ".yaml", ".json"] where name.hasSuffix(ending) { return true }
        if name.hasSuffix(".ini") { return false }
        let first = text.split(whereSeparator: \.isNewline).first { line in
            let start = line.first { $0 != " " }
            return start != nil && start != "#" && start != ";"
        }
        guard let first else { return false }
        return first.hasPrefix("---") || first.hasPrefix("{") || first.hasSuffix(":")
    }
}
