internal import Facts

/// The lines at the start of an evidence file, by name, and what is left behind them.
struct EvidenceHead {
    /// What was asked, from the first line.
    let what: String
    private let path: String
    private let title: String
    private let fields: [String: String]
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8], path: String) {
        self.path = path
        var rest = bytes[...]
        var lines: [String] = []
        while let end = rest.firstIndex(of: 0x0a) {
            let line = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            guard line.hasPrefix("# ") else { break }
            lines.append(String(line.dropFirst(2)))
        }
        self.rest = rest
        title = lines.first ?? ""
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[String(line[..<colon])] = String(line[colon...].dropFirst(2))
        }
        self.fields = fields
        // `evidence 7: worker1: VF table of eno2`: what comes after the second colon and blank.
        let parts = title.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        what = parts.count == 3 ? String(parts[2].dropFirst()) : ""
    }

    func mismatch(_ expected: String) -> ArchiveError {
        ArchiveError(path: path, "\(path): expected \(expected); this is not an evidence file as plumbline wrote it")
    }

    func has(_ name: String) -> Bool { fields[name] != nil }

    func text(_ name: String) throws(ArchiveError) -> String {
        guard let value = fields[name] else { throw mismatch("a line '# \(name): …'") }
        return value
    }

    func parsed<Value>(_ name: String, _ parse: (String) -> Value?) throws(ArchiveError) -> Value {
        let value = try text(name)
        guard let parsed = parse(value) else { throw mismatch("another value than '\(value)' in the line '# \(name): …'") }
        return parsed
    }

    func id() throws(ArchiveError) -> EvidenceID {
        let words = title.split(separator: ":").first?.split(separator: " ") ?? []
        guard words.count == 2, words[0] == "evidence", let number = Int(words[1]) else {
            throw mismatch("a first line '# evidence N: …'")
        }
        return EvidenceID(number)
    }

    mutating func takeBody(_ count: Int) throws(ArchiveError) -> [UInt8] {
        guard rest.count >= count else { throw mismatch("\(count) more bytes, \(rest.count) are there") }
        let taken = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        return taken
    }

    func expectEnd() throws(ArchiveError) {
        guard rest.isEmpty else { throw mismatch("no more bytes than the head counts, \(rest.count) are left") }
    }
}
