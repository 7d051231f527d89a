internal import Facts

/// A read-only tree of files, as one process of a node or pod sees it. Links are followed as the kernel does.
struct FileTree: Sendable {
    enum Node: Sendable {
        case directory
        case file(bytes: [UInt8], mode: Int)
        case link(String)
    }

    /// By path without links on the way; `/` is "".
    private var nodes: [String: Node] = ["": .directory]
    /// Names in each folder, in order of adding.
    private var children: [String: [String]] = [:]

    /// Adds a file; folders on the way are made. A later file of the same path replaces the earlier.
    mutating func add(_ path: String, _ text: String, mode: Int = 0o644) {
        insert(path, .file(bytes: Array(text.utf8), mode: mode))
    }

    mutating func add(_ path: String, bytes: [UInt8], mode: Int) { insert(path, .file(bytes: bytes, mode: mode)) }
    mutating func link(_ path: String, to target: String) { insert(path, .link(target)) }
    mutating func folder(_ path: String) { if nodes[path] == nil { insert(path, .directory) } }

    private mutating func insert(_ path: String, _ node: Node) {
        if nodes.updateValue(node, forKey: path) != nil { return }
        guard let slash = path.lastIndex(of: "/") else { return }
        let parent = String(path[..<slash])
        children[parent, default: []].append(String(path[path.index(after: slash)...]))
        if nodes[parent] == nil { insert(parent, .directory) }
    }

    /// Every file with its bytes as text, in order of path.
    var texts: [(path: String, text: String)] {
        nodes.keys.sorted().compactMap { path in
            guard case .file(let bytes, _)? = nodes[path] else { return nil }
            return (path, String(decoding: bytes, as: UTF8.self))
        }
    }

    /// The names in a folder, sorted; the path has no links in it.
    func names(in path: String) -> [String] { (children[path == "/" ? "" : path] ?? []).sorted() }

    /// What is at this place, links on the way followed, a link at the end not.
    func node(at path: String) -> Node? { resolve(path, followingLast: false)?.node }

    /// Where a path leads, with all links followed when asked.
    ///
    /// - Returns: the canonical path and what is there; nil when something on the way is missing or links run in a circle.
    func resolve(_ path: String, followingLast: Bool = true) -> (path: String, node: Node)? {
        var pending = Array(path.split(separator: "/").filter { $0 != "." }.reversed())
        // `/x/` names what the link x leads to.
        let follow = followingLast || path.hasSuffix("/")
        var done = ""
        var hops = 0
        while let part = pending.popLast() {
            if part == ".." {
                done = done.lastIndex(of: "/").map { String(done[..<$0]) } ?? ""
                continue
            }
            let place = done + "/" + part
            guard let next = nodes[place] else { return nil }
            switch next {
            case .link(let target) where follow || !pending.isEmpty:
                hops += 1
                guard hops < 40 else { return nil }
                pending += target.split(separator: "/").filter { $0 != "." }.reversed()
                if target.hasPrefix("/") { done = "" }
            case .file where !pending.isEmpty:
                return nil
            default:
                done = place
            }
        }
        guard let node = nodes[done] else { return nil }
        return (done.isEmpty ? "/" : done, node)
    }

    /// The paths that a pattern with `*`, `?` and `[…]` in its parts names, sorted; the pattern itself when none does.
    func glob(_ pattern: String) -> [String] {
        guard pattern.contains(where: { "*?[".contains($0) }) else { return [pattern] }
        var found = [""]
        for part in pattern.split(separator: "/") {
            found = found.flatMap { prefix -> [String] in
                guard part.contains(where: { "*?[".contains($0) }) else {
                    let path = prefix + "/" + part
                    return node(at: path) == nil ? [] : [path]
                }
                guard let folder = resolve(prefix.isEmpty ? "/" : prefix), case .directory = folder.node else { return [] }
                return names(in: folder.path).filter { !$0.hasPrefix(".") && Glob.matches(part, $0) }.map { prefix + "/" + $0 }
            }
        }
        return found.isEmpty ? [pattern] : found
    }
}

/// Shell patterns for one path component.
enum Glob {
    static func matches(_ pattern: some StringProtocol, _ text: some StringProtocol) -> Bool {
        matches(Array(pattern)[...], Array(text)[...])
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        switch first {
        case "*":
            return matches(rest, text) || !text.isEmpty && matches(pattern, text.dropFirst())
        case "?":
            return !text.isEmpty && matches(rest, text.dropFirst())
        case "[":
            guard let end = rest.firstIndex(of: "]"), let character = text.first else { return false }
            return inside(rest[..<end], character) && matches(rest[(end + 1)...], text.dropFirst())
        default:
            return text.first == first && matches(rest, text.dropFirst())
        }
    }

    private static func inside(_ set: ArraySlice<Character>, _ character: Character) -> Bool {
        var index = set.startIndex
        while index < set.endIndex {
            if index + 2 < set.endIndex, set[index + 1] == "-" {
                if (set[index]...set[index + 2]).contains(character) { return true }
                index += 3
            } else {
                if set[index] == character { return true }
                index += 1
            }
        }
        return false
    }
}
