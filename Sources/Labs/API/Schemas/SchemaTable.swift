internal import Facts

/// The built-in types as data, and how the data are read.
///
/// One type after another: `Name: field; field; …`, over several lines. A field is `name#number type` with, after the name, `!` for one
/// that is required and always written or `+` for one that is only always written; `+Type#number` embeds another type's fields.
/// A type is a word, `[type]` for a list, `{type}` for a map with string keys. Then may follow
/// - `merge=key` or `merge`: how a strategic merge patch tells elements apart, by a member or by themselves;
/// - `keys=a,b` or `keys=set`: the same for server-side apply; a list without it has one owner;
/// - `retain`: a patch names all members that an element keeps;
/// - `atomic`: a map with one owner; after a type's name: an object with one owner.
enum SchemaTable {
    struct Section: Sendable {
        /// What goes before a type's name in OpenAPI documents.
        let prefix: String
        let text: String
    }

    static let sections = [core, apps, coordination, rbac, authorization, authentication, resource, apiextensions, meta]

    /// Every built-in type by its name.
    static let builtIn: [String: Schema] = {
        var entries: [String: Entry] = [:]
        for section in sections {
            for entry in read(section) { entries[entry.name] = entry }
        }
        return entries.mapValues { entry in
            Schema(
                name: entry.name, qualifiedName: entry.prefix + entry.name, isAtomic: entry.isAtomic,
                fields: fields(of: entry, among: entries), embedded: embedded(in: entry))
        }
    }()

    /// The type of a kind; nil for a custom kind.
    static func schema(of kind: ResourceKind) -> Schema? { kind.isCustom ? nil : builtIn[kind.kind] }

    /// Each built-in kind's object with nothing set: what is always written.
    static let emptyObjects: [ResourceKind: JSONValue] = {
        var objects: [ResourceKind: JSONValue] = [:]
        for kind in ResourceKind.all {
            var reader = ObjectReader(kind: kind)
            // Nothing is given, so nothing can be of the wrong kind.
            objects[kind] = try? reader.read([:], as: schema(of: kind))
        }
        return objects
    }()

    private struct Entry {
        let name: String
        let prefix: String
        let isAtomic: Bool
        let parts: [Substring]
    }

    private static func read(_ section: Section) -> [Entry] {
        var entries: [Entry] = []
        var head: Substring = ""
        var body = ""
        func close() {
            guard !head.isEmpty else { return }
            let words = head.split(separator: " ")
            let parts = Array(body.split(separator: ";").map { $0.drop { $0 == " " } })
            entries.append(
                Entry(name: String(words[0]), prefix: section.prefix, isAtomic: words.contains("atomic"), parts: parts))
        }
        for line in section.text.split(separator: "\n") {
            if line.hasPrefix(" ") {
                body += line
            } else {
                close()
                let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                head = halves[0]
                body = String(halves.dropFirst().first ?? "")
            }
        }
        close()
        return entries
    }

    private static func fields(of entry: Entry, among entries: [String: Entry]) -> [Schema.Field] {
        entry.parts.flatMap { part -> [Schema.Field] in
            guard let (name, _) = embedding(part) else { return [field(part)] }
            return entries[name].map { fields(of: $0, among: entries) } ?? []
        }
    }

    private static func embedded(in entry: Entry) -> [Int: String] {
        Dictionary(entry.parts.compactMap(embedding).map { ($0.number, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// Name and number of an embedded type; nil for an ordinary field.
    private static func embedding(_ part: Substring) -> (name: String, number: Int)? {
        guard part.hasPrefix("+") else { return nil }
        let sides = part.dropFirst().split(separator: "#")
        return (String(sides[0]), sides.count > 1 ? Int(sides[1]) ?? 0 : 0)
    }

    private static func field(_ text: Substring) -> Schema.Field {
        let words = text.split(separator: " ")
        let sides = words[0].split(separator: "#")
        let presence: Schema.Presence = sides[0].hasSuffix("!") ? .required : sides[0].hasSuffix("+") ? .always : .optional
        let type = self.type(words[1])
        return Schema.Field(
            name: String(sides[0].filter { $0 != "!" && $0 != "+" }), number: sides.count > 1 ? Int(sides[1]) ?? 0 : 0,
            type: type, presence: presence, merge: merge(words.dropFirst(2), of: type))
    }

    private static func merge(_ words: ArraySlice<Substring>, of type: Schema.FieldType) -> Schema.Merge {
        var merge = Schema.Merge()
        // Maps are owned entry by entry unless they say otherwise.
        if case .map = type { merge.ownership = .bySelf }
        for word in words {
            let sides = word.split(separator: "=")
            switch sides[0] {
            case "merge": merge.patchKey = sides.count > 1 ? String(sides[1]) : ""
            case "keys" where sides[1] == "set": merge.ownership = .bySelf
            case "keys": merge.ownership = .byKeys(sides[1].split(separator: ",").map(String.init))
            case "retain": merge.retainsKeys = true
            default: merge.ownership = .whole
            }
        }
        return merge
    }

    private static func type(_ word: Substring) -> Schema.FieldType {
        if word.hasPrefix("[") { return .list(type(word.dropFirst().dropLast())) }
        if word.hasPrefix("{") { return .map(type(word.dropFirst().dropLast())) }
        switch word {
        case "string": return .string
        case "bool": return .bool
        case "int32": return .integer(bits: 32)
        case "int64": return .integer(bits: 64)
        case "double": return .double
        case "bytes": return .bytes
        case "time": return .time(isMicro: false)
        case "microtime": return .time(isMicro: true)
        case "quantity": return .quantity
        case "intorstring": return .integerOrString
        case "any": return .any
        default: return .named(String(word))
        }
    }
}
