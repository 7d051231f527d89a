/// busybox's file programs, where their words differ from GNU's.
///
/// - Source: busybox 1.35 run on Debian 12.
struct BusyboxFiles {
    let tree: FileTree

    func cat(_ arguments: [String]) -> CommandAnswer {
        var answer = CommandAnswer()
        for path in FileCommands.split(arguments).operands {
            switch tree.resolve(path)?.node {
            case .file(let bytes, _)?: answer.output += bytes
            case .directory?: answer.fail("cat: read error: Is a directory", 1)
            default: answer.fail("cat: can't open '\(path)': No such file or directory", 1)
            }
        }
        return answer
    }

    func readlink(_ arguments: [String]) -> CommandAnswer {
        let (options, operands) = FileCommands.split(arguments)
        guard let path = operands.first else { return CommandAnswer(status: 1) }
        if options["f"] != nil {
            guard let found = tree.resolve(path) else { return CommandAnswer(status: 1) }
            return CommandAnswer(found.path + "\n")
        }
        guard case .link(let target)? = tree.node(at: path) else { return CommandAnswer(status: 1) }
        return CommandAnswer(target + "\n")
    }

    func list(_ arguments: [String]) -> CommandAnswer {
        var answer = ListCommand(tree: tree, date: "Nov 23 21:44").answer(arguments.isEmpty ? ["/"] : arguments)
        guard answer.status != 0 else { return answer }
        let lines = answer.errorText.split(separator: "\n").map { line in
            let path = line.split(separator: "'").dropFirst().first ?? ""
            return "ls: \(path): No such file or directory\n"
        }
        answer.errors = Array(lines.joined().utf8)
        answer.status = 1
        return answer
    }
}
