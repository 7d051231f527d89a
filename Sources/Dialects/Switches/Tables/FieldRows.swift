internal import Facts

/// Collects the rows of a table that came as XML or JSON, and the places that could not be read.
struct FieldRows<Record: Sendable> {
    let tree: FieldTree
    /// `xml` or `json`, with the layout.
    let form: String
    private(set) var rows: [Record] = []
    private var doubtful: [Int] = []
    /// Fields whose MAC went into a row, or is known to be none of a row's.
    private var consumed: Set<Int> = []

    init(tree: FieldTree, form: String) {
        self.tree = tree
        self.form = form
    }

    mutating func append(_ row: Record) { rows.append(row) }

    /// The element's row could not be made.
    mutating func doubt(_ field: Field) { doubtful.append(field.start) }

    /// The address in this field is accounted for.
    mutating func consume(_ field: Field?) { if let field { consumed.insert(field.index) } }

    /// Every leaf (and every name, in broken JSON) that holds an address or a piece of one but was not taken into a row,
    /// outside the fields named, is what is left of a row that was lost: it is reported.
    mutating func reportStrayMACs(except names: Set<String>) {
        let ignored = Set(names.compactMap { tree.number(of: $0) })
        for (index, node) in tree.nodes.enumerated() where node.textEnd - node.textStart >= 8 {
            guard !ignored.contains(node.name), !consumed.contains(index) else { continue }
            // Names and numbers, which most fields are, are told without making a text of them.
            let bytes = tree.bytes[Int(node.textStart)..<Int(node.textEnd)].lazy.filter { $0 > 0x20 }
            guard node.hasEntities || MACWord.occurs(in: bytes) else { continue }
            if isPieceOfAddress(Field(tree: tree, index: index).joinedText) { doubtful.append(Int(node.start)) }
        }
        if tree.names.contains(where: isPieceOfAddress) { doubtful.append(0) }
    }

    private func isPieceOfAddress(_ text: String) -> Bool {
        MACWord.occurs(in: Substring(text)) && IPAddress(text) == nil && IPPrefix(text) == nil && !text.contains("::")
    }

    /// - Parameter isTable: the container of the table was there, so that no rows means none.
    func reading(isTable: Bool, expecting: TableExpectation) throws(DialectError) -> Reading<Record> {
        if rows.isEmpty, !isTable, let platform = ForeignPayload.platform(of: tree), platform != expecting.platform,
            !PlatformFamily.share(platform, expecting.platform)
        {
            throw .wrongPlatform(expected: expecting.title, looksLike: "\(platform.title) output")
        }
        if rows.isEmpty, !isTable {
            if let error = FieldComplaint.find(in: tree) { throw error }
            throw .notThisTable(expected: expecting.title, line: tree.firstLine, text: beginning)
        }
        let unread = (tree.outside + tree.unread(at: doubtful + tree.damage)).sorted { $0.number < $1.number }
        return Reading(rows: rows, unread: unread, statedEmpty: rows.isEmpty && unread.isEmpty, form: form)
    }
}

extension FieldRows {
    /// The first line of XML; of JSON, whose line may be the whole document, its first keys.
    private var beginning: String {
        if tree.bytes.first == 0x3c { return tree.unread(at: [tree.roots.first?.start ?? 0]).first?.text ?? "" }
        let keys = tree.roots.first?.children.map(\.name).prefix(5).map { "\"\($0)\": …" } ?? []
        return "{\(keys.joined(separator: ", "))}"
    }
}

/// The error texts inside XML or JSON answers.
enum FieldComplaint {
    private static let names: Set<String> = ["error-message", "message", "output", "errors", "error", "clierror", "msg"]

    static func find(in tree: FieldTree) -> DialectError? {
        for field in tree.descendants(named: names) {
            for leaf in [field] + Array(field.children) {
                let text = leaf.text
                if text.isEmpty { continue }
                for line in text.split(separator: "\n") {
                    if let error = DeviceComplaint.classify(line) { return error }
                }
                if ["error-message", "errors", "error", "clierror"].contains(field.name) { return .deviceError(text) }
            }
        }
        return nil
    }
}
