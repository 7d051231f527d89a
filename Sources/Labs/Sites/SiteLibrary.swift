internal import Documents
internal import Foundation

/// The sites that can be brought up by name: files in `fixtures/sites`, and drawn ones.
package enum SiteLibrary {
    /// Names, in the order of the alphabet; empty when there is no such folder.
    package static var names: [String] {
        guard let folder, let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// A site by its name, by the path of its file, or drawn by number (`drawn:17`).
    ///
    /// - Throws: `LabError` that says what is wrong with it, or what there is.
    package static func site(_ name: String) throws(LabError) -> Site {
        if name.hasPrefix("drawn:") {
            guard let seed = UInt64(name.dropFirst(6)) else { throw LabError("'\(name)': a number is expected after 'drawn:'") }
            return try SiteDrawing(from: site("seed"), seed: seed).site
        }
        let isPath = name.contains("/") || name.hasSuffix(".yaml")
        let path = isPath ? name : "\(folder ?? "fixtures/sites")/\(name).yaml"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw LabError(
                "no site '\(name)' (\(path) cannot be read); there are: \((names + ["drawn:NUMBER"]).joined(separator: ", "))")
        }
        let title = path.split(separator: "/").last.map { String($0.dropLast($0.hasSuffix(".yaml") ? 5 : 0)) } ?? name
        do throws(ProblemList) {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            return try Site(reading: text, file: path, name: title) { name in
                let path = folder.isEmpty || name.hasPrefix("/") ? name : folder + "/" + name
                return (try? String(contentsOfFile: path, encoding: .utf8)).map { (path, $0) }
            }
        } catch {
            throw LabError("\(error)")
        }
    }

    /// `fixtures/sites` below the working folder, or in the source tree that the running program was built from.
    private static var folder: String? {
        var roots = [FileManager.default.currentDirectoryPath]
        var program = Bundle.main.executablePath ?? ""
        while let slash = program.lastIndex(of: "/") {
            program = String(program[..<slash])
            if program.hasSuffix("/.build") { roots.append(String(program.dropLast(7))) }
        }
        return roots.map { $0 + "/fixtures/sites" }.first { FileManager.default.fileExists(atPath: $0) }
    }
}
