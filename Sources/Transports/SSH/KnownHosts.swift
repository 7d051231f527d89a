/// The lines of known_hosts files that can be asked for one host's key.
///
/// - Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT; the order of judging is that of ssh(1): a revoked key is refused before
///   anything else is looked at.
struct KnownHosts: Sendable {
    struct Line: Sendable {
        enum Mark: Sendable { case none, revoked, authority }
        enum Names: Sendable {
            /// `host`, `[host]:port`, `*.lab`, `!not-this`, separated by commas.
            case patterns([Substring])
            /// `|1|salt|hash`: HMAC-SHA1 of the name.
            case hashed(salt: [UInt8], hash: [UInt8])
        }

        let file: String
        let number: Int
        let mark: Mark
        let names: Names
        let keyType: Substring
        /// Base64 as it stands in the file.
        let key: Substring
    }

    enum Verdict: Equatable {
        case known
        /// No line names the host with this type of key; `otherTypes` are types that lines for it have.
        case unknown(otherTypes: [String])
        case changed(file: String, line: Int)
        case revoked(file: String, line: Int)
        case authorityOnly(file: String, line: Int)
    }

    private var plain: [Substring: [Line]] = [:]
    /// Lines whose names must be tried one by one: hashes, wildcards, negations.
    private var others: [Line] = []

    init() {}

    /// Adds the lines of one file. Comments, blank lines and lines that are no key line are passed over, as ssh does.
    mutating func add(_ text: String, file: String) {
        var number = 0
        for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            guard let line = Self.read(raw, file: file, number: number) else { continue }
            if line.mark == .none, case .patterns(let patterns) = line.names, patterns.allSatisfy(Self.isLiteral) {
                for pattern in patterns { plain[Substring(pattern.lowercased()), default: []].append(line) }
            } else {
                others.append(line)
            }
        }
    }

    private static func read(_ raw: Substring, file: String, number: Int) -> Line? {
        var fields = raw.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
        guard let first = fields.first, !first.hasPrefix("#") else { return nil }
        var mark = Line.Mark.none
        if first.hasPrefix("@") {
            switch first {
            case "@revoked": mark = .revoked
            case "@cert-authority": mark = .authority
            default: return nil
            }
            fields = fields.dropFirst()
        }
        guard fields.count >= 3 else { return nil }
        let fieldsArray = Array(fields.prefix(3))
        guard let names = readNames(fieldsArray[0]) else { return nil }
        return Line(file: file, number: number, mark: mark, names: names, keyType: fieldsArray[1], key: fieldsArray[2])
    }

    private static func readNames(_ field: Substring) -> Line.Names? {
        guard field.hasPrefix("|") else { return .patterns(field.split(separator: ",")) }
        let parts = field.split(separator: "|")
        guard parts.count == 3, parts[0] == "1", let salt = SSHBase64.decode(parts[1]), let hash = SSHBase64.decode(parts[2])
        else { return nil }
        return .hashed(salt: salt, hash: hash)
    }

    private static func isLiteral(_ pattern: Substring) -> Bool {
        pattern.first != "!" && !pattern.contains { $0 == "*" || $0 == "?" }
    }

    /// Lines that name one of `names`, in no order that matters.
    func lines(for names: [String]) -> [Line] {
        let keys = names.map { $0.lowercased() }
        let literal = keys.flatMap { plain[Substring($0)] ?? [] }
        return literal + others.filter { line in keys.contains { Self.matches(line.names, $0) } }
    }

    private static func matches(_ names: Line.Names, _ host: String) -> Bool {
        switch names {
        case .hashed(let salt, let hash):
            return SSHDigest.hmacSHA1(key: salt, text: Array(host.utf8)) == hash
        case .patterns(let patterns):
            var isNamed = false
            for pattern in patterns {
                let isNegation = pattern.first == "!"
                let glob = isNegation ? pattern.dropFirst() : pattern
                guard SSHGlob.matches(Array(host.utf8), Array(glob.lowercased().utf8)) else { continue }
                if isNegation { return false }
                isNamed = true
            }
            return isNamed
        }
    }

    /// Types of key that plain lines for `names` have: what to ask the server for first, so that a known host does not show a
    /// key of another type and look unknown.
    func knownTypes(for names: [String]) -> [String] {
        var types: [String] = []
        for line in lines(for: names) where line.mark == .none && !types.contains(String(line.keyType)) {
            types.append(String(line.keyType))
        }
        return types
    }

    /// Judges the key that a server has shown.
    func judge(key: [UInt8], type: String, names: [String]) -> Verdict {
        let shown = SSHBase64.encode(key)
        let lines = lines(for: names)
        let isShown = { (line: Line) in line.key.prefix { $0 != "=" } == shown.prefix { $0 != "=" } }
        if let line = lines.first(where: { $0.mark == .revoked && isShown($0) }) {
            return .revoked(file: line.file, line: line.number)
        }
        if lines.contains(where: { $0.mark == .none && isShown($0) }) { return .known }
        if let line = lines.first(where: { $0.mark == .none && $0.keyType == type }) {
            return .changed(file: line.file, line: line.number)
        }
        let others = knownTypes(for: names)
        if others.isEmpty, let line = lines.first(where: { $0.mark == .authority }) {
            return .authorityOnly(file: line.file, line: line.number)
        }
        return .unknown(otherTypes: others)
    }
}
