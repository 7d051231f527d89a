/// Where a file lies that another file names.
enum RelativePath {
    /// - Parameters:
    ///   - path: as written; absolute paths stay as they are.
    ///   - file: the file it is written in.
    /// - Returns: the path seen from where `file` is seen from, without `./` and without `name/..`.
    static func resolve(_ path: String, from file: String) -> String {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let written = path.split(separator: "/", omittingEmptySubsequences: false)
        var parts: [Substring] = []
        for part in path.hasPrefix("/") ? Array(written) : folder + written {
            switch part {
            case ".": continue
            case "..":
                if let last = parts.last, last != "..", !last.isEmpty { parts.removeLast() } else { parts.append(part) }
            default:
                if !part.isEmpty || parts.isEmpty { parts.append(part) }
            }
        }
        return parts.joined(separator: "/")
    }
}
