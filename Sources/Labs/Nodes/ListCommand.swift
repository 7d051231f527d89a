/// What `stat` and `ls -l` tell of one file.
struct FileStatus {
    let path: String
    let node: FileTree.Node

    var mode: Int {
        switch node {
        case .directory: 0o755
        case .link: 0o777
        case .file(_, let mode): mode
        }
    }

    var sizeBytes: Int {
        switch node {
        case .directory: 4096
        case .link(let target): path.hasPrefix("/sys") ? 0 : target.utf8.count
        // sysfs gives every attribute one page.
        case .file(let bytes, _): path.hasPrefix("/sys") ? 4096 : bytes.count
        }
    }

    var permissions: String {
        let kind =
            switch node {
            case .directory: "d"
            case .link: "l"
            case .file: "-"
            }
        let letters = Array("rwxrwxrwx")
        return kind + String((0..<9).map { mode >> (8 - $0) & 1 == 1 ? letters[$0] : "-" })
    }

    private var kind: String {
        switch node {
        case .directory: "directory"
        case .link: "symbolic link"
        case .file(let bytes, _): bytes.isEmpty ? "regular empty file" : "regular file"
        }
    }

    /// The directives of `stat -c` that a script may want: name, size, modes, kind, owner.
    func formatted(_ format: String) -> String {
        var text = ""
        var iterator = format.makeIterator()
        while let character = iterator.next() {
            guard character == "%", let directive = iterator.next() else {
                text.append(character)
                continue
            }
            switch directive {
            case "n": text += path
            case "s": text += String(sizeBytes)
            case "a": text += String(mode, radix: 8)
            case "A": text += permissions
            case "F": text += kind
            case "u", "g": text += "0"
            case "U", "G": text += "root"
            default: text += String(directive)
            }
        }
        return text
    }
}

/// `ls` of GNU coreutils, one name a line as into a pipe, or with `-l`.
struct ListCommand {
    let tree: FileTree
    let date: String

    func answer(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(arguments.filter { !$0.hasPrefix("--") })
        var answer = CommandAnswer()
        var files: [FileStatus] = []
        var folders: [(path: String, place: String)] = []
        for path in (operands.isEmpty ? ["/root"] : operands).sorted() {
            let long = options["l"] != nil && options["L"] == nil
            // Without -l a link to a folder on the command line is listed as the folder.
            guard let found = tree.resolve(path, followingLast: !long) else {
                answer.fail("ls: cannot access '\(path)': No such file or directory", 2)
                continue
            }
            if case .directory = found.node, options["d"] == nil {
                folders.append((path, found.path))
            } else {
                files.append(FileStatus(path: path, node: found.node))
            }
        }
        var parts: [String] = files.isEmpty ? [] : [listing(files, options, names: files.map(\.path))]
        let titled = folders.count + files.count > 1 || answer.status != 0
        for folder in folders {
            let names =
                (options["a"] == nil ? [] : [".", ".."])
                + tree.names(in: folder.place).filter { options["a"] != nil || options["A"] != nil || !$0.hasPrefix(".") }
            let members = names.map { name in
                FileStatus(path: folder.place + "/" + name, node: tree.node(at: folder.place + "/" + name) ?? .directory)
            }
            let total = options["l"] == nil ? "" : "total 0\n"
            parts.append((titled ? folder.path + ":\n" : "") + total + listing(members, options, names: names))
        }
        answer.output = Array(parts.joined(separator: "\n").utf8)
        return answer
    }

    private func listing(_ files: [FileStatus], _ options: [Character: String], names: [String]) -> String {
        guard options["l"] != nil else { return names.map { $0 + "\n" }.joined() }
        let width = files.map { String($0.sizeBytes).count }.max() ?? 1
        return zip(files, names).map { file, name in
            let size = String(file.sizeBytes)
            let padded = String(repeating: " ", count: width - size.count) + size
            var line = "\(file.permissions) \(file.links) root root \(padded) \(date) \(name)"
            if case .link(let target) = file.node { line += " -> " + target }
            return line + "\n"
        }.joined()
    }
}

extension FileStatus {
    fileprivate var links: Int {
        if case .directory = node { return 2 }
        return 1
    }
}
