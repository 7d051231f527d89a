/// A mapping that is read by the keys of its shape.
package struct Fields {
    // Not Sendable, and not to be kept: it holds the ledger of one reading.
    package let node: DocumentNode
    package let shape: Shape
    package let ledger: Ledger

    /// Reports unknown and missing keys at once. Nil when the node is no mapping, which is reported too.
    package init?(_ node: DocumentNode, _ shape: Shape, _ ledger: Ledger) {
        guard let members = node.members else {
            let keys = shape.keys.prefix(3).map { "\($0.name): …" }.joined(separator: ", ")
            ledger.report(
                "type", at: node.mark,
                "a mapping is expected here for \(shape.article), such as {\(keys)}; \(node.kind) was seen")
            return nil
        }
        self.node = node
        self.shape = shape
        self.ledger = ledger
        for member in members where !shape.keys.contains(where: { $0.name == member.key }) {
            ledger.reportUnknown(member, in: shape)
        }
        for key in shape.keys where key.isRequired && node.member(key.name) == nil {
            ledger.report("missing-key", at: node.mark, "\(shape.article) needs '\(key.name)': \(key.summary)")
        }
    }

    /// The value under this key; nil when it is not there or does not fit, which is reported.
    package subscript<Value>(key: Key<Value>) -> Value? {
        ledger.noteRead(shape, key.name)
        guard let member = node.member(key.name) else { return nil }
        guard !member.value.isNull else {
            ledger.report("missing-value", at: member.keyMark, "'\(key.name)' is written without a value: \(key.summary)")
            return nil
        }
        return key.form.read(member.value, ledger)
    }

    /// Where the value of this key stands; nil when nobody wrote it.
    package func mark<Value>(_ key: Key<Value>) -> Mark? { node[key.name]?.mark }

    package func has<Value>(_ key: Key<Value>) -> Bool { node.member(key.name) != nil }

    /// Where the key itself stands; the mapping's place when nobody wrote it.
    package func keyMark<Value>(_ key: Key<Value>) -> Mark { node.member(key.name)?.keyMark ?? node.mark }
}
