package import Documents

/// Where an expectation was said: the entry as a whole, and each of its keys.
///
/// A finding takes the place of the key it rests on: `network.places["vlan"]`. What was derived from a manifest points into
/// the manifest.
package struct Places: Hashable, Sendable {
    /// Where the entry begins.
    package let entry: Mark
    private var keys: [String: Mark] = [:]

    package init(entry: Mark) { self.entry = entry }

    /// The places of everything written in a mapping.
    init(_ fields: Fields) {
        entry = fields.node.mark
        for member in fields.node.members ?? [] { keys[member.key] = member.value.mark }
    }

    /// Where the value of this key stands; the entry's place for a key that nobody wrote.
    package subscript(key: String) -> Mark { keys[key] ?? entry }

    /// True when somebody wrote this key, or it was derived from something written.
    package func has(_ key: String) -> Bool { keys[key] != nil }

    package mutating func set(_ key: String, _ mark: Mark?) {
        if let mark { keys[key] = mark }
    }
}
