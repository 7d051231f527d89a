internal import Facts

/// Puts a JSON value into a `FieldTree`, so that the reader of a device's XML reads its JSON too.
///
/// An array under a key becomes several nodes with that name, as repeated keys of old Junos do; `{"data": "x"}` of Junos
/// becomes the text of its node and `"attributes"` its attributes; `null` becomes a node without text, and an empty list
/// under `key` a node named `key[]`.
struct JSONFields {
    private var tree: FieldTreeBuilder

    /// - Parameter length: bytes of the text that the value was read from.
    static func read(_ value: JSONValue, length: Int, firstLine: Int, outside: [UnreadLine] = []) -> FieldTree {
        var reader = JSONFields(tree: FieldTreeBuilder(bytes: [], length: length, firstLine: firstLine, outside: outside))
        reader.add(value, named: "", parent: -1)
        return FieldTree(reader.tree)
    }

    private mutating func add(_ value: JSONValue, named name: String, parent: Int32) {
        switch value {
        case .array(let elements) where elements.isEmpty:
            // An empty list has no element to be a node; this one says that it was there.
            _ = tree.append(name + "[]", parent: parent, start: 0)
        case .array(let elements):
            for element in elements { add(element, named: name, parent: parent) }
        case .object(let members):
            let node = tree.append(name, parent: parent, start: 0)
            for member in members { add(member, to: node) }
        default:
            let node = tree.append(name, parent: parent, start: 0)
            setText(of: node, to: value)
        }
    }

    private mutating func add(_ member: JSONValue.Member, to node: Int32) {
        switch (member.key, member.value) {
        case ("data", .string), ("data", .number), ("data", .bool), ("data", .null):
            setText(of: node, to: member.value)
        case ("attributes", .object(let attributes)):
            for attribute in attributes {
                add(attribute.value, named: "@" + Self.localName(attribute.key), parent: node)
            }
        default:
            add(member.value, named: Self.localName(member.key), parent: node)
        }
    }

    /// `junos:seconds` → `seconds`; module prefixes of YANG JSON (`srl_nokia-interfaces:interface`) likewise.
    private static func localName(_ key: String) -> String {
        guard let colon = key.utf8.lastIndex(of: 0x3a) else { return key }
        return String(key[key.utf8.index(after: colon)...])
    }

    private mutating func setText(of node: Int32, to value: JSONValue) {
        switch value {
        case .string(let text), .number(let text): tree.setText(of: node, to: text)
        case .bool(let flag): tree.setText(of: node, to: flag ? "true" : "false")
        default: break
        }
    }
}
