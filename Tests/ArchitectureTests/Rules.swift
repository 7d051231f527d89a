/// One thing that is not as the design has it.
struct Breach: Hashable, CustomStringConvertible {
    let file: String
    /// 1-based; nil where the whole file is meant.
    let line: Int?
    let sentence: String

    var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(sentence)" }
}

/// What a source may hold, by the room it stands in. Each rule is a function of a file's text, so that the rules are tested
/// with sources that break them.
enum Rules {
    /// A file may have this many lines before somebody must say why, and this many at all.
    static let longFile = 300
    static let longestFile = 400

    static func breaches(room: Room, file: String, text: String) -> [Breach] {
        let code = SourceCode(text)
        return imports(room: room, file: file, code: code) + forbiddenWords(room: room, file: file, code: code)
            + size(file: file, text: text) + name(file: file)
    }

    /// Who may import whom, and that each import says how far it reaches.
    private static func imports(room: Room, file: String, code: SourceCode) -> [Breach] {
        var breaches: [Breach] = []
        for (offset, line) in code.lines.enumerated() {
            guard let statement = ImportStatement(line) else { continue }
            func breach(_ sentence: String) { breaches.append(Breach(file: file, line: offset + 1, sentence: sentence)) }
            if !statement.saysAccess { breach("'import \(statement.module)' says no access level (package, internal)") }
            if room.mayImport.contains(statement.module) { continue }
            if Room.systemModules.contains(statement.module), room.kind != .pure { continue }
            let allowed = room.mayImport.isEmpty ? "no room" : room.mayImport.sorted().joined(separator: ", ")
            let wall = room.kind == .pure ? " and, being pure, nothing of the system" : ""
            breach(
                "\(room.name) imports \(statement.module), but may import \(allowed)\(wall) (Tests/ArchitectureTests/Room.swift)")
        }
        return breaches
    }

    private static let everywhere: [(word: String, reason: String)] = [
        ("public", "nothing is public: package between rooms"), ("open class", "nothing is open"),
        ("try!", "an error is handled or thrown on, never a crash"), ("as!", "a cast is checked"),
        ("fatalError", "what goes wrong becomes an error with a sentence"),
        ("preconditionFailure", "what goes wrong becomes an error with a sentence"),
        ("Mutex", "the thread sanitizer misreads it: an actor or a lock"),
        ("Task.detached", "a task that nobody awaits"),
    ]

    private static let inPureRooms: [(word: String, reason: String)] = [
        ("await", "waits"), ("async", "waits"), ("actor", "has state that is waited for"), ("Task {", "starts a task"),
        ("Task.sleep", "waits"), ("Date(", "reads a clock"), ("Date.now", "reads a clock"), ("ContinuousClock", "reads a clock"),
        ("SuspendingClock", "reads a clock"), (".now", "reads a clock"), ("print(", "writes"), ("debugPrint(", "writes"),
        ("dump(", "writes"), ("readLine(", "reads"), ("FileManager", "touches files"), ("FileHandle", "touches files"),
        ("ProcessInfo", "reads the environment"), ("CommandLine", "reads the command line"), ("getenv(", "reads the environment"),
        ("DispatchQueue", "runs elsewhere"), ("Thread", "runs elsewhere"), (".random(", "is not the same twice"),
        (".randomElement(", "is not the same twice"), (".shuffled(", "is not the same twice"),
        ("SystemRandomNumberGenerator", "is not the same twice"), ("nonisolated(unsafe)", "shares state"),
    ]

    private static func forbiddenWords(room: Room, file: String, code: SourceCode) -> [Breach] {
        guard room.kind != .door else { return [] }
        var breaches: [Breach] = []
        for (word, reason) in everywhere {
            breaches += code.lines(holding: word).map { Breach(file: file, line: $0, sentence: "'\(word)': \(reason)") }
        }
        guard room.kind == .pure else { return breaches }
        for (word, reason) in inPureRooms {
            breaches += code.lines(holding: word).map {
                Breach(file: file, line: $0, sentence: "'\(word)' \(reason), and \(room.name) is a pure room")
            }
        }
        return breaches
    }

    static func lineCount(_ text: String) -> Int { text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 }

    private static func size(file: String, text: String) -> [Breach] {
        let count = lineCount(text)
        guard count > longestFile else { return [] }
        return [Breach(file: file, line: nil, sentence: "\(count) lines, and \(longestFile) are the most: split it")]
    }

    private static let homeless: Set<String> = [
        "Utils", "Utilities", "Helpers", "Helper", "Common", "Manager", "Extensions", "Misc",
    ]

    private static func name(file: String) -> [Breach] {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let stem = String(name.prefix { $0 != "." && $0 != "+" })
        guard homeless.contains(where: { stem == $0 || stem.hasSuffix($0) }) else { return [] }
        return [Breach(file: file, line: nil, sentence: "'\(stem)' says nothing of what is in it")]
    }
}

/// An `import` line taken apart.
struct ImportStatement {
    let module: String
    let saysAccess: Bool

    /// - Returns: nil for a line that is no import.
    init?(_ line: String) {
        var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        while let first = words.first, first.hasPrefix("@") { words.removeFirst() }
        var saysAccess = false
        if let first = words.first, ["package", "internal", "private", "fileprivate", "public"].contains(first) {
            saysAccess = true
            words.removeFirst()
        }
        guard words.count >= 2, words[0] == "import" else { return nil }
        let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor"]
        let path = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
        module = path.split(separator: ".").first.map(String.init) ?? path
        self.saysAccess = saysAccess
    }
}
