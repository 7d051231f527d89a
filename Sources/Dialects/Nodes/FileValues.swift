internal import Facts

/// The lines of `grep -Hs '' FILES`: `PATH:VALUE`, one line a file.
struct FileValues {
    private var values: [String: String] = [:]

    /// - Throws: `DialectError` when a line is no such pair.
    init(_ output: CommandOutput) throws(DialectError) {
        for line in output.lines {
            let text = line.trimmed
            // The value may hold colons (a MAC), a sysfs path before its last part too (a PCI address).
            guard text.hasPrefix("/"), let slash = Self.lastPathSlash(text),
                let colon = text[slash...].firstIndex(of: ":")
            else {
                throw ErrorText.classify(text)
                    ?? .notThisTable(expected: "lines of `grep -Hs`", line: line.number, text: String(text))
            }
            values[String(text[..<colon])] = String(text[text.index(after: colon)...].trimmedBlanks)
        }
    }

    /// No attribute read here holds a slash in its value.
    private static func lastPathSlash(_ text: Substring) -> Substring.Index? { text.lastIndex(of: "/") }

    var isEmpty: Bool { values.isEmpty }

    /// Nil where the file is not there or cannot be read.
    subscript(path: String) -> String? { values[path] }
}

/// The lines of `ls -ld PATHS`: mode, links, owner, group, size, date, path, and the target of a link.
struct FileListing {
    struct Entry {
        let mode: String
        let sizeBytes: Int?
        let path: String
        let target: String?
    }

    private(set) var all: [Entry] = []

    /// - Throws: `DialectError` when a line is no entry with an absolute path.
    init(_ output: CommandOutput) throws(DialectError) {
        for line in output.lines {
            guard let entry = Self.entry(line.text) else {
                // Errors that came on the same stream are read by `CommandOutput.saysMissing`.
                if ErrorText.classify(line.trimmed) != nil { continue }
                throw .notThisTable(expected: "lines of `ls -ld`", line: line.number, text: String(line.text))
            }
            all.append(entry)
        }
    }

    /// A line of `ls -l`; nil when it is none, or a link without its target.
    private static func entry(_ line: Substring) -> Entry? {
        let words = line.words
        guard words.count >= 6, let mode = words.first, mode.utf8.count >= 10, let first = mode.utf8.first,
            [0x2d, 0x64, 0x6c, 0x63, 0x62, 0x70, 0x73].contains(first), let start = words.firstIndex(where: { $0.hasPrefix("/") })
        else { return nil }
        let rest = line[words[start].startIndex...].trimmedBlanks
        // Device files print `major, minor` for the size.
        let size = words[4].decimal
        guard first == 0x6c else { return Entry(mode: String(mode), sizeBytes: size, path: String(rest), target: nil) }
        let parts = words[start...]
        guard let arrow = parts.firstIndex(of: "->"), arrow > start, arrow + 1 < words.endIndex else { return nil }
        let path = line[words[start].startIndex..<words[arrow - 1].endIndex]
        let target = line[words[arrow + 1].startIndex...].trimmedBlanks
        return Entry(mode: String(mode), sizeBytes: size, path: String(path), target: String(target))
    }

    func contains(_ path: String) -> Bool { all.contains { $0.path == path } }

    /// The last part of the target of the link at this path: a driver's name, a PCI address. Nil where there is no link.
    func linkName(_ path: String) -> String? {
        all.first { $0.path == path }?.target.map { String(Self.lastPart($0)) }
    }

    /// The names directly below a folder, sorted.
    func names(in folder: String) -> [String] {
        all.compactMap { entry -> String? in
            guard entry.path.hasPrefix(folder + "/") else { return nil }
            let rest = entry.path.dropFirst(folder.utf8.count + 1)
            return rest.isEmpty || rest.contains("/") ? nil : String(rest)
        }.sorted()
    }

    static func lastPart(_ path: String) -> Substring {
        path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    }
}
