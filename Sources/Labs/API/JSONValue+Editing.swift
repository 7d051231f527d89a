internal import Facts

extension JSONValue {
    /// The value under these keys, one object inside the other; nil when a step is missing.
    func value(at path: String...) -> JSONValue? { value(at: path[...]) }

    func value(at path: ArraySlice<String>) -> JSONValue? {
        guard let key = path.first else { return self }
        return self[key]?.value(at: path.dropFirst())
    }

    /// The text under these keys; nil when there is none or it is no string.
    func text(at path: String...) -> String? { value(at: path[...])?.text }

    /// Puts a value under these keys, making objects on the way; the place in the order of members is kept, new ones come last.
    mutating func set(_ path: String..., to value: JSONValue) { set(path[...], to: value) }

    mutating func set(_ path: ArraySlice<String>, to value: JSONValue) {
        guard let key = path.first else {
            self = value
            return
        }
        var members = self.members ?? []
        // Taken out before it is changed, so that the change is made in place and not on a copy.
        if let index = members.firstIndex(where: { $0.key == key }) {
            var inner = members[index].value
            members[index].value = .null
            inner.set(path.dropFirst(), to: value)
            members[index].value = inner
        } else {
            var inner = JSONValue.object([])
            inner.set(path.dropFirst(), to: value)
            members.append(Member(key, inner))
        }
        self = .object(members)
    }

    /// Takes the member under these keys away; nothing happens when it is not there.
    mutating func remove(_ path: String...) { remove(path[...]) }

    mutating func remove(_ path: ArraySlice<String>) {
        guard let key = path.first, var members, let index = members.firstIndex(where: { $0.key == key }) else { return }
        if path.count == 1 {
            members.remove(at: index)
        } else {
            var inner = members[index].value
            inner.remove(path.dropFirst())
            members[index].value = inner
        }
        self = .object(members)
    }

    /// The same object with only the members that pass, in their order; anything else as it is.
    func filteringMembers(_ isKept: (Member) -> Bool) -> JSONValue {
        guard let members else { return self }
        return .object(members.filter(isKept))
    }

    /// An object's string members as a dictionary (labels, annotations, `data`); empty when this is no object.
    var textMembers: [String: String] {
        var dictionary: [String: String] = [:]
        for member in members ?? [] { dictionary[member.key] = member.value.text }
        return dictionary
    }
}
