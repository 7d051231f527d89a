internal import Facts

/// A set of fields of an object, as a tree: what one manager owns, or what a change touches.
///
/// - Source: `FieldsV1` in the Kubernetes documentation, "Server-Side Apply"; the recordings' `managedFields`.
struct FieldSet: Hashable, Sendable {
    /// The field at this place itself, written `.` where it has fields below it.
    var isMember = false
    /// By step: `f:name` into an object, `k:{"name":"c"}` to the element with these keys, `v:"x"` to the element that is this.
    var children: [String: FieldSet] = [:]

    var isEmpty: Bool { !isMember && children.isEmpty }

    init() {}

    /// Reads `fieldsV1`.
    init(_ value: JSONValue) {
        for member in value.members ?? [] {
            if member.key == "." {
                isMember = true
            } else {
                var child = FieldSet(member.value)
                if member.value == .object([]) { child.isMember = true }
                children[member.key] = child
            }
        }
    }

    /// As `fieldsV1`, steps sorted.
    var value: JSONValue {
        var members: [JSONValue.Member] = []
        if isMember, !children.isEmpty { members.append(.init(".", [:])) }
        for (step, child) in children.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            members.append(.init(step, child.value))
        }
        return .object(members)
    }

    mutating func insert(_ step: String, _ child: FieldSet) {
        guard !child.isEmpty else { return }
        children[step, default: FieldSet()].formUnion(child)
    }

    mutating func formUnion(_ other: FieldSet) {
        isMember = isMember || other.isMember
        for (step, child) in other.children { children[step, default: FieldSet()].formUnion(child) }
    }

    func subtracting(_ other: FieldSet) -> FieldSet {
        var rest = FieldSet()
        rest.isMember = isMember && !other.isMember
        for (step, child) in children {
            let left = other.children[step].map(child.subtracting) ?? child
            if !left.isEmpty { rest.children[step] = left }
        }
        return rest
    }

    func intersection(_ other: FieldSet) -> FieldSet {
        var common = FieldSet()
        common.isMember = isMember && other.isMember
        for (step, child) in children {
            guard let twin = other.children[step] else { continue }
            let both = child.intersection(twin)
            if !both.isEmpty { common.children[step] = both }
        }
        return common
    }

    /// Every member's path as conflicts name it: `.spec.containers[name="c"].image`.
    var paths: [String] {
        var found = isMember ? [""] : []
        for (step, child) in children.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            found += child.paths.map { Self.pathText(step) + $0 }
        }
        return found
    }

    private static func pathText(_ step: String) -> String {
        let content = step.dropFirst(2)
        switch step.prefix(2) {
        case "f:": return "." + content
        case "v:": return "[=\(content)]"
        default:
            // A step is made here or checked when it is read; one that is no JSON is shown as it stands.
            let keys = (try? JSONValue(parsing: content))?.members ?? []
            return "[" + keys.map { "\($0.key)=\($0.value.compactText)" }.joined(separator: ",") + "]"
        }
    }
}
