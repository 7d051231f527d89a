internal import Documents

/// The value of a variable and where it is set.
struct AnsibleValue: Hashable {
    let text: String
    let mark: Mark
    /// A template or a vault's secret.
    let isComputed: Bool
    let source: SourceText

    init(_ text: String, mark: Mark, source: SourceText, isSecret: Bool = false) {
        self.text = isSecret ? "a vault's secret" : text
        self.mark = mark
        self.source = source
        isComputed = isSecret || text.contains("{{") || text.contains("{%")
    }

    func problem(_ code: String, _ sentence: String, suggestion: String? = nil) -> Problem {
        Problem(code: "inventory-\(code)", mark: mark, sentence: sentence, suggestion: suggestion).showing(source)
    }
}

/// An inventory as it is read, before variables are handed down from groups to hosts.
struct AnsibleDraft {
    struct Group {
        var hosts: Set<String> = []
        /// Where each child is named.
        var children: [String: Mark] = [:]
        var variables: [String: AnsibleValue] = [:]
        /// From `group_vars`, which go before those of the inventory itself.
        var fileVariables: [String: AnsibleValue] = [:]
        /// Whether it has a section or key of its own, rather than being named as a child only.
        var isDefined = false
    }

    let root: Mark
    var groups: [String: Group] = ["all": Group(isDefined: true), "ungrouped": Group(isDefined: true)]
    var hosts: [String: [String: AnsibleValue]] = [:]
    var hostFileVariables: [String: [String: AnsibleValue]] = [:]
    /// From `name:port`.
    var ports: [String: Int] = [:]
    var problems: [Problem] = []

    init(root: Mark) { self.root = root }

    /// Children that are no group, and groups within themselves.
    mutating func checkChildren() {
        for (name, group) in groups.sorted(by: { $0.key < $1.key }) {
            for (child, mark) in group.children.sorted(by: { $0.key < $1.key }) {
                if groups[child]?.isDefined != true {
                    problems.append(
                        Problem(
                            code: "inventory-group", mark: mark,
                            sentence: "'\(child)', a child of \(name), is no group of this inventory",
                            suggestion: Spelling.suggestion(for: child, among: groups.filter(\.value.isDefined).keys.sorted())))
                } else if descendants(of: child).contains(name) {
                    problems.append(
                        Problem(
                            code: "inventory-loop", mark: mark, sentence: "the group \(name) is within itself, through \(child)"))
                }
            }
        }
    }

    private func descendants(of name: String) -> Set<String> {
        var seen: Set<String> = [name]
        var rest = [name]
        while let next = rest.popLast() {
            for child in groups[next]?.children.keys ?? [:].keys where seen.insert(child).inserted { rest.append(child) }
        }
        return seen
    }

    /// What holds for a host, the last word of each variable.
    func variables(of host: String) -> [String: AnsibleValue] {
        let depths = depths(of: host)
        // Deeper groups win; of two equally deep ones, the one that comes later in the alphabet.
        let chain = depths.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.compactMap { groups[$0.key] }
        var result: [String: AnsibleValue] = [:]
        for layer in chain.map(\.variables) + chain.map(\.fileVariables) + [hosts[host] ?? [:], hostFileVariables[host] ?? [:]] {
            result.merge(layer) { _, last in last }
        }
        return result
    }

    /// The groups that a host is in, with the longest way down to each from `all`.
    private func depths(of host: String) -> [String: Int] {
        var depths = ["all": 0]
        func note(_ name: String) -> Int {
            if let known = depths[name] { return known }
            let parents = groups.filter { $0.value.children[name] != nil }.keys
            let depth = (parents.map { note($0) }.max() ?? 0) + 1
            depths[name] = depth
            return depth
        }
        for (name, group) in groups where group.hosts.contains(host) { _ = note(name) }
        return depths
    }
}
