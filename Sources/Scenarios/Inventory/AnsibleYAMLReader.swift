internal import Documents

/// Reads an inventory in YAML form, groups of `hosts`, `children` and `vars`, and the files of `group_vars` and `host_vars`.
enum AnsibleYAMLReader {
    static func read(file: String, text: String, into draft: inout AnsibleDraft) {
        let document = DocumentFile(file: file, text: text)
        draft.problems += document.problems
        guard let root = document.documents.first, !root.isNull else { return }
        guard let members = root.members else {
            draft.problems.append(problem("form", root.mark, "expected groups, saw \(root.kind)", document.source))
            return
        }
        if let plugin = root.member("plugin") {
            draft.problems.append(
                problem(
                    "plugin", plugin.keyMark, "this configures an inventory plugin of Ansible, which is not run here",
                    document.source, suggestion: "give what `ansible-inventory --list --yaml` prints for it"))
            return
        }
        for group in members { read(group, document.source, into: &draft) }
    }

    private static func read(_ group: DocumentMember, _ source: SourceText, into draft: inout AnsibleDraft) {
        let name = group.key
        draft.groups[name, default: .init()].isDefined = true
        guard !group.value.isNull else { return }
        guard let parts = group.value.members else {
            draft.problems.append(
                problem("form", group.value.mark, "expected 'hosts', 'children' or 'vars' in the group \(name)", source))
            return
        }
        for part in parts {
            guard part.value.isNull || part.value.members != nil else {
                draft.problems.append(
                    problem("form", part.value.mark, "expected a mapping under '\(part.key)' of the group \(name)", source))
                continue
            }
            let members = part.value.members ?? []
            switch part.key {
            case "hosts":
                for host in members { readHost(host, name, source, into: &draft) }
            case "children":
                for child in members {
                    draft.groups[name, default: .init()].children[child.key] = child.keyMark
                    read(child, source, into: &draft)
                }
            case "vars": draft.groups[name, default: .init()].variables.merge(variables(members, source)) { _, last in last }
            default:
                draft.problems.append(
                    problem(
                        "key", part.keyMark, "expected 'hosts', 'children' or 'vars' in the group \(name), saw '\(part.key)'",
                        source,
                        suggestion: Spelling.suggestion(for: part.key, among: ["hosts", "children", "vars"])))
            }
        }
    }

    private static func readHost(_ host: DocumentMember, _ group: String, _ source: SourceText, into draft: inout AnsibleDraft) {
        guard let names = AnsibleWords.names(host.key) else {
            draft.problems.append(problem("range", host.keyMark, "the range in '\(host.key)' cannot be read", source))
            return
        }
        let variables = variables(host.value.members ?? [], source)
        for name in names {
            draft.groups[group, default: .init()].hosts.insert(name)
            draft.hosts[name, default: [:]].merge(variables) { _, last in last }
        }
    }

    /// A file of `group_vars` or `host_vars`. What else is in it, and wrong with it, is Ansible's affair.
    static func read(_ file: AnsibleInventory.VariableFile, into draft: inout AnsibleDraft) {
        let document = DocumentFile(file: file.file, text: file.text)
        let variables = variables(document.documents.first?.members ?? [], document.source)
        switch file.subject {
        case .group(let name): draft.groups[name, default: .init()].fileVariables.merge(variables) { _, last in last }
        case .host(let name): draft.hostFileVariables[name, default: [:]].merge(variables) { _, last in last }
        }
    }

    /// Only those of the connection are kept: others may hold secrets.
    private static func variables(_ members: [DocumentMember], _ source: SourceText) -> [String: AnsibleValue] {
        var result: [String: AnsibleValue] = [:]
        for member in members where member.key.hasPrefix("ansible_") {
            guard let scalar = member.value.scalar else { continue }
            result[member.key] = AnsibleValue(
                scalar.text, mark: member.value.mark, source: source, isSecret: scalar.tag?.contains("vault") == true)
        }
        return result
    }

    private static func problem(
        _ code: String, _ mark: Mark, _ sentence: String, _ source: SourceText, suggestion: String? = nil
    ) -> Problem {
        Problem(code: "inventory-\(code)", mark: mark, sentence: sentence, suggestion: suggestion).showing(source)
    }
}
