internal import Documents

/// Reads an inventory in INI form: `[group]`, `[group:vars]`, `[group:children]`, and hosts with `key=value` behind them.
struct AnsibleINIReader {
    private enum Section {
        case hosts(String)
        case variables(String)
        case children(String)
    }

    private let source: SourceText
    private var section = Section.hosts("ungrouped")

    static func read(file: String, text: String, into draft: inout AnsibleDraft) {
        var reader = AnsibleINIReader(source: SourceText(file: file, text: text))
        for number in stride(from: 1, through: reader.source.lineCount, by: 1) {
            guard let line = reader.source.line(number) else { continue }
            reader.read(line, number, &draft)
        }
    }

    private init(source: SourceText) { self.source = source }

    private mutating func read(_ line: String, _ number: Int, _ draft: inout AnsibleDraft) {
        let start = line.prefix { $0 == " " || $0 == "\t" }.count
        let body = line.dropFirst(start)
        guard let first = body.first, first != "#", first != ";" else { return }
        let mark = source.mark(line: number, column: start + 1)
        // `[2001:db8::1]:22` and `[01:03]` begin a host's name; a section is closed at the end of its line.
        if first == "[", let header = Self.header(body) {
            guard let section = Self.section(header) else {
                draft.problems.append(
                    problem(mark, "section", "the section [\(header)] is neither a group nor ':vars' or ':children' of one"))
                return
            }
            enter(section, &draft)
            return
        }
        switch section {
        case .hosts(let group):
            guard let words = AnsibleWords(body, comments: true).words else {
                draft.problems.append(problem(mark, "quotes", "a quote is not closed"))
                return
            }
            readHost(words, group, mark, &draft)
        case .variables(let group):
            guard let equals = body.firstIndex(of: "=") else {
                draft.problems.append(problem(mark, "variable", "expected 'name=value' in [\(group):vars], saw '\(body)'"))
                return
            }
            let value = Self.unquoted(body[body.index(after: equals)...])
            draft.groups[group, default: .init()].variables[Self.trimmed(body[..<equals])] = AnsibleValue(
                value, mark: mark, source: source)
        case .children(let group):
            let child = Self.trimmed(body.prefix { $0 != "#" })
            draft.groups[group, default: .init()].children[child] = mark
        }
    }

    private mutating func enter(_ section: Section, _ draft: inout AnsibleDraft) {
        self.section = section
        switch section {
        case .hosts(let group), .children(let group): draft.groups[group, default: .init()].isDefined = true
        case .variables(let group): draft.groups[group, default: .init()].isDefined = true
        }
    }

    private func problem(_ mark: Mark, _ code: String, _ sentence: String, _ suggestion: String? = nil) -> Problem {
        Problem(code: "inventory-\(code)", mark: mark, sentence: sentence, suggestion: suggestion).showing(source)
    }

    private func readHost(_ words: [String], _ group: String, _ mark: Mark, _ draft: inout AnsibleDraft) {
        let (pattern, port) = Self.port(words[0])
        guard let names = AnsibleWords.names(pattern) else {
            draft.problems.append(
                problem(mark, "range", "the range in '\(words[0])' cannot be read", "write it as node[01:10]"))
            return
        }
        var variables: [String: AnsibleValue] = [:]
        for word in words.dropFirst() {
            guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
                draft.problems.append(
                    problem(mark, "variable", "expected 'name=value' behind the host \(words[0]), saw '\(word)'"))
                return
            }
            variables[String(word[..<equals])] = AnsibleValue(
                String(word[word.index(after: equals)...]), mark: mark, source: source)
        }
        for name in names {
            draft.groups[group, default: .init()].hosts.insert(name)
            draft.hosts[name, default: [:]].merge(variables) { _, last in last }
            if let port { draft.ports[name] = port }
        }
    }

    /// `name:22` and `[2001:db8::1]:22`; a bare IPv6 address has no port.
    private static func port(_ word: String) -> (name: String, port: Int?) {
        if word.hasPrefix("["), let close = word.firstIndex(of: "]"), word[..<close].count(where: { $0 == ":" }) > 2 {
            let rest = word[word.index(after: close)...]
            return (String(word[..<close].dropFirst()), rest.hasPrefix(":") ? Int(rest.dropFirst()) : nil)
        }
        // A colon of a range stands within brackets.
        guard let colon = word.lastIndex(of: ":"), !word[colon...].contains("]"),
            !word[..<colon].contains(":") || word[..<colon].contains("["), let port = Int(word[word.index(after: colon)...])
        else { return (word, nil) }
        return (String(word[..<colon]), port)
    }

    private static func header(_ body: Substring) -> Substring? {
        guard let close = body.firstIndex(of: "]") else { return nil }
        let rest = body[body.index(after: close)...].drop { $0 == " " || $0 == "\t" }
        guard rest.isEmpty || rest.hasPrefix("#") || rest.hasPrefix(";") else { return nil }
        return body[body.index(after: body.startIndex)..<close]
    }

    private static func section(_ header: Substring) -> Section? {
        let parts = header.split(separator: ":", omittingEmptySubsequences: false).map { trimmed($0) }
        guard let name = parts.first, !name.isEmpty else { return nil }
        switch (parts.count, parts.last) {
        case (1, _): return .hosts(name)
        case (2, "vars"): return .variables(name)
        case (2, "children"): return .children(name)
        default: return nil
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }

    private static func unquoted(_ text: Substring) -> String {
        let value = trimmed(text)
        guard value.count >= 2, let first = value.first, first == "'" || first == "\"", value.last == first else { return value }
        return String(value.dropFirst().dropLast())
    }
}
