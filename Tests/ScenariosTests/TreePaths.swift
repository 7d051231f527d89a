import Documents
import Facts

/// Changes to a tree of plain values, by path.
enum TreeStep: Hashable {
    case key(String)
    case index(Int)
}

extension JSONValue {
    /// The document as plain values; ambiguous scalars become text.
    init(_ node: DocumentNode) {
        switch node.content {
        case .mapping(let members): self = .object(members.map { .init($0.key, JSONValue($0.value)) })
        case .sequence(let elements): self = .array(elements.map { JSONValue($0) })
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: self = .null
            case .bool(let value): self = .bool(value)
            case .integer(let number): self = .integer(number)
            default: self = .string(scalar.text)
            }
        }
    }

    /// Every path below this value, itself left out.
    var paths: [[TreeStep]] {
        switch self {
        case .object(let members):
            members.flatMap { member in [[.key(member.key)]] + member.value.paths.map { [.key(member.key)] + $0 } }
        case .array(let elements):
            elements.enumerated().flatMap { index, element in [[.index(index)]] + element.paths.map { [.index(index)] + $0 } }
        default: []
        }
    }

    func at(_ path: [TreeStep]) -> JSONValue? {
        path.reduce(self) { value, step in
            switch step {
            case .key(let key): value?[key]
            case .index(let index): value?[index]
            }
        }
    }

    /// The tree with the value at a path changed; nil from `change` takes it out.
    func changing(_ path: [TreeStep], _ change: (JSONValue) -> JSONValue?) -> JSONValue {
        guard let step = path.first else { return change(self) ?? .null }
        let rest = Array(path.dropFirst())
        switch (step, self) {
        case (.key(let key), .object(let members)):
            return .object(
                members.compactMap { member in
                    guard member.key == key else { return member }
                    if rest.isEmpty { return change(member.value).map { .init(key, $0) } }
                    return .init(key, member.value.changing(rest, change))
                })
        case (.index(let index), .array(let elements)):
            return .array(
                elements.enumerated().compactMap { position, element in
                    guard position == index else { return element }
                    return rest.isEmpty ? change(element) : element.changing(rest, change)
                })
        default: return self
        }
    }

    /// The tree with the key at the end of a path renamed.
    func renaming(_ path: [TreeStep], to name: String) -> JSONValue {
        guard case .key(let key)? = path.last else { return self }
        func rename(_ value: JSONValue) -> JSONValue {
            .object((value.members ?? []).map { $0.key == key ? .init(name, $0.value) : $0 })
        }
        return path.count == 1 ? rename(self) : changing(Array(path.dropLast()), rename)
    }
}
