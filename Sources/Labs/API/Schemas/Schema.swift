/// What an object of one type may hold: its fields in the order in which a true server writes them.
///
/// Built-in types come from `SchemaTable`, custom ones from their CustomResourceDefinition.
final class Schema: Sendable {
    /// `Container`; empty for a nested type of a custom kind.
    let name: String
    /// The name in OpenAPI documents: `io.k8s.api.core.v1.Container`.
    let qualifiedName: String
    /// For server-side apply the whole object has one owner.
    let isAtomic: Bool
    let fields: [Field]
    /// Types whose fields are among this one's, by the number under which protobuf nests them.
    let embedded: [Int: String]
    private let positions: [String: Int]

    struct Field: Sendable {
        let name: String
        /// In protobuf; 0: never sent in it.
        let number: Int
        let type: FieldType
        let presence: Presence
        let merge: Merge
    }

    enum Presence: Sendable {
        /// Written when it is set.
        case optional
        /// Written always, with its empty value when it is not set.
        case always
        /// The same, and a client has to give it.
        case required
    }

    /// How two lists, or two maps, become one.
    struct Merge: Sendable {
        /// For a strategic merge patch: the member that tells elements apart; empty: the elements themselves; nil: replaced whole.
        var patchKey: String?
        /// A patch of an element names all members that the element keeps.
        var retainsKeys = false
        /// For server-side apply.
        var ownership = Ownership.whole
    }

    enum Ownership: Hashable, Sendable {
        /// The list or map has one owner.
        case whole
        /// Each element has, told apart by these members.
        case byKeys([String])
        /// Each element has, told apart by itself.
        case bySelf
    }

    indirect enum FieldType: Sendable {
        case string
        case bool
        case integer(bits: Int)
        case double
        /// Base64 in JSON.
        case bytes
        /// RFC 3339, whole seconds or microseconds.
        case time(isMicro: Bool)
        /// `250m`, `8`, `200Mi`
        case quantity
        case integerOrString
        /// Anything, passed through as it is.
        case any
        /// A built-in type, by name.
        case named(String)
        /// A nested type of a custom kind.
        case nested(Schema)
        case list(FieldType)
        case map(FieldType)
    }

    init(name: String, qualifiedName: String, isAtomic: Bool, fields: [Field], embedded: [Int: String] = [:]) {
        self.name = name
        self.qualifiedName = qualifiedName
        self.isAtomic = isAtomic
        self.fields = fields
        self.embedded = embedded
        // The same field may come with an embedded type: the first wins.
        positions = Dictionary(fields.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    func field(_ name: String) -> Field? { positions[name].map { fields[$0] } }

    func position(_ name: String) -> Int? { positions[name] }
}

extension Schema.FieldType {
    /// The type of the members, where this is an object with a known one.
    var schema: Schema? {
        switch self {
        case .named(let name): SchemaTable.builtIn[name]
        case .nested(let schema): schema
        default: nil
        }
    }
}
