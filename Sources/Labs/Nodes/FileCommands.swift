internal import Facts

/// The read-only file commands of GNU coreutils over a file tree, with their error texts and exit statuses.
///
/// - Source: coreutils 9.1 and GNU grep 3.8, run on Debian 12.
struct FileCommands {
    let tree: FileTree
    /// What `ls -l` gives as the time of every file.
    var date = "Nov 23 21:44"

    /// The answer to `name arguments…`; nil when this is no file command.
    func answer(_ name: String, _ arguments: [String]) -> CommandAnswer? {
        switch name {
        case "cat": cat(arguments)
        case "head": head(arguments)
        case "readlink": readlink(arguments)
        case "test", "[": test(arguments)
        case "stat": stat(arguments)
        case "od": od(arguments)
        case "grep": grep(arguments)
        case "ls": ListCommand(tree: tree, date: date).answer(arguments)
        default: nil
        }
    }

    /// Splits `-abc` and `--long` from operands; options in `valued` take the next word, or the rest of theirs.
    static func split(_ arguments: [String], valued: Set<Character> = []) -> (options: [Character: String], operands: [String]) {
        var options: [Character: String] = [:]
        var operands: [String] = []
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            index += 1
            guard word.hasPrefix("-"), word != "-", operands.isEmpty else {
                operands.append(word)
                continue
            }
            if word == "--" { continue }
            var letters = word.dropFirst()
            while let letter = letters.popFirst() {
                guard valued.contains(letter) else {
                    options[letter] = ""
                    continue
                }
                if !letters.isEmpty {
                    options[letter] = String(letters)
                } else if index < arguments.count {
                    options[letter] = arguments[index]
                    index += 1
                }
                break
            }
        }
        return (options, operands)
    }

    private func cat(_ arguments: [String]) -> CommandAnswer {
        var answer = CommandAnswer()
        for path in FileCommands.split(arguments).operands {
            switch tree.resolve(path)?.node {
            case .file(let bytes, _)?: answer.output += bytes
            case .directory?: answer.fail("cat: \(path): Is a directory", 1)
            default: answer.fail("cat: \(path): No such file or directory", 1)
            }
        }
        return answer
    }

    private func head(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(arguments, valued: ["c", "n"])
        var answer = CommandAnswer()
        for path in operands {
            guard case .file(let bytes, _)? = tree.resolve(path)?.node else {
                answer.fail("head: cannot open '\(path)' for reading: No such file or directory", 1)
                continue
            }
            if let count = options["c"].flatMap({ Int($0) }) {
                answer.output += bytes.prefix(count)
            } else {
                let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).prefix(Int(options["n"] ?? "10") ?? 10)
                answer.output += Array(lines.joined(separator: [0x0a])) + [0x0a]
            }
        }
        return answer
    }

    private func readlink(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(arguments)
        var answer = CommandAnswer()
        for path in operands {
            if options["f"] != nil || options["e"] != nil || options["m"] != nil {
                if let found = tree.resolve(path) {
                    answer.output += Array((found.path + "\n").utf8)
                } else if options["f"] != nil, let parent = parent(of: path), let found = tree.resolve(parent.0) {
                    // -f allows the last part to be missing.
                    answer.output += Array(((found.path == "/" ? "" : found.path) + "/" + parent.1 + "\n").utf8)
                } else {
                    answer.status = 1
                }
            } else if case .link(let target)? = tree.node(at: path) {
                answer.output += Array((target + "\n").utf8)
            } else {
                answer.status = 1
            }
        }
        return answer
    }

    private func parent(of path: String) -> (String, String)? {
        let trimmed = path.hasSuffix("/") ? path.dropLast() : path[...]
        guard let slash = trimmed.lastIndex(of: "/") else { return nil }
        let parent = trimmed[..<slash]
        return (parent.isEmpty ? "/" : String(parent), String(trimmed[trimmed.index(after: slash)...]))
    }

    private func test(_ arguments: [String]) -> CommandAnswer {
        var words = arguments.filter { $0 != "]" }
        var negated = false
        if words.first == "!" {
            negated = true
            words.removeFirst()
        }
        guard words.count == 2 else { return CommandAnswer(status: words.count == 1 ? 0 : 1) }
        let found = tree.resolve(words[1])?.node
        let holds: Bool
        switch (words[0], found) {
        case ("-e", .some), ("-r", .some): holds = true
        case ("-f", .file?), ("-d", .directory?): holds = true
        case ("-x", .file(_, let mode)?): holds = mode & 0o111 != 0
        case ("-x", .directory?): holds = true
        case ("-s", .file(let bytes, _)?): holds = !bytes.isEmpty
        case ("-L", _), ("-h", _):
            if case .link? = tree.node(at: words[1]) { holds = true } else { holds = false }
        default: holds = false
        }
        return CommandAnswer(status: holds != negated ? 0 : 1)
    }

    private func stat(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(
            arguments.map { $0.hasPrefix("--format=") ? "-c" + $0.dropFirst(9) : $0 }, valued: ["c"])
        var answer = CommandAnswer()
        for path in operands {
            guard let node = options["L"] == nil ? tree.node(at: path) : tree.resolve(path)?.node else {
                answer.fail("stat: cannot statx '\(path)': No such file or directory", 1)
                continue
            }
            let line = FileStatus(path: path, node: node).formatted(options["c"] ?? "%n %s %a %F")
            answer.output += Array((line + "\n").utf8)
        }
        return answer
    }

    private func od(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(arguments, valued: ["A", "t", "j", "N"])
        guard let path = operands.first, case .file(let bytes, _)? = tree.resolve(path)?.node else {
            return CommandAnswer("", errors: "od: \(operands.first ?? ""): No such file or directory\n", status: 1)
        }
        let skipped = bytes.dropFirst(Int(options["j"] ?? "0") ?? 0)
        let shown = Array(options["N"].flatMap { Int($0) }.map { skipped.prefix($0) } ?? skipped)
        let size = options["t"] == "x2" ? 2 : 1
        let none = options["A"] == "n"
        var text = ""
        for start in stride(from: 0, to: shown.count, by: 16) {
            if !none { text += octal(start + (Int(options["j"] ?? "0") ?? 0)) }
            for index in stride(from: start, to: min(start + 16, shown.count), by: size) {
                let high = size == 2 && index + 1 < shown.count ? shown[index + 1] : 0
                text += " " + (size == 2 ? hex(high) : "") + hex(shown[index])
            }
            text += "\n"
        }
        if !none { text += octal(shown.count) + "\n" }
        return CommandAnswer(text)
    }

    private func octal(_ value: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    private func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    /// `grep` with plain patterns, of which `.` and the empty one match any line that has a character.
    private func grep(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(arguments, valued: ["e"])
        let pattern = options["e"] ?? operands.first ?? ""
        let paths = options["e"] == nil ? Array(operands.dropFirst()) : operands
        var answer = CommandAnswer()
        var matched = false
        for path in paths {
            guard case .file(let bytes, _)? = tree.resolve(path)?.node else {
                let reason = tree.resolve(path) == nil ? "No such file or directory" : "Is a directory"
                if options["s"] == nil { answer.errors += Array("grep: \(path): \(reason)\n".utf8) }
                answer.status = 2
                continue
            }
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            where pattern == "." || line.contains(pattern) {
                matched = true
                let prefix = options["H"] != nil || paths.count > 1 && options["h"] == nil ? path + ":" : ""
                answer.output += Array((prefix + line + "\n").utf8)
            }
        }
        if answer.status == 0, !matched { answer.status = 1 }
        return answer
    }
}

extension CommandAnswer {
    /// Adds a line to stderr and sets the exit status.
    mutating func fail(_ message: String, _ status: Int) {
        errors += Array((message + "\n").utf8)
        self.status = status
    }
}
