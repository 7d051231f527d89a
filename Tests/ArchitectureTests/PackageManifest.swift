import Foundation

/// What Package.swift says of the targets, read from its text: name and dependencies.
struct PackageManifest {
    /// Dependencies by target, packages by the name of their product.
    let dependencies: [String: Set<String>]

    /// Targets that stand under Tests or Benchmarks are no rooms and left out.
    ///
    /// - Parameter text: the manifest; targets are made by `room(…)`, `.target(…)`, `.executableTarget(…)` and
    ///   `.systemLibrary(…)`, and lists of products are constants of their own.
    init(_ text: String) {
        let products = Self.constants(text)
        var dependencies: [String: Set<String>] = [:]
        for call in ["room(", ".target(", ".executableTarget(", ".systemLibrary("] {
            for arguments in Self.arguments(of: call, in: text) {
                let strings = Self.strings(arguments)
                guard let name = strings.first, !arguments.contains("path: \"Tests/"),
                    !arguments.contains("path: \"Benchmarks/")
                else { continue }
                let list = Self.list(arguments)
                var names = Set(Self.strings(list))
                for (constant, products) in products where Self.words(list).contains(constant) { names.formUnion(products) }
                dependencies[name] = names
            }
        }
        self.dependencies = dependencies
    }

    /// `let yams = Target.Dependency.product(name: "Yams", …)` and lists of such: the products by the constant's name.
    private static func constants(_ text: String) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        var current: String?
        for line in text.split(separator: "\n") {
            if line.hasPrefix("let ") {
                current = line.dropFirst(4).split(whereSeparator: { " :".contains($0) }).first.map(String.init)
            }
            if line.hasPrefix("func ") || line.hasPrefix("let package") { current = nil }
            guard let current, let start = line.range(of: ".product(name: \"") else { continue }
            found[current, default: []].insert(String(line[start.upperBound...].prefix { $0 != "\"" }))
        }
        return found
    }

    /// The text between the parentheses of each call.
    private static func arguments(of call: String, in text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let range = rest.range(of: call) {
            var depth = 1
            var end = range.upperBound
            while end < rest.endIndex, depth > 0 {
                if rest[end] == "(" { depth += 1 }
                if rest[end] == ")" { depth -= 1 }
                end = rest.index(after: end)
            }
            // The declaration of `room` itself, and the call in it.
            let isDeclaration =
                rest[..<range.lowerBound].hasSuffix("func ") || rest[range.upperBound..<end].hasPrefix("name: name")
            if !isDeclaration { found.append(String(rest[range.upperBound..<end])) }
            rest = rest[range.upperBound...]
        }
        return found
    }

    /// The list of dependencies among the arguments: from the first `[` on, up to the label of the settings after it.
    private static func list(_ arguments: String) -> String {
        let labels = ["swiftSettings:", "linkerSettings:", "cSettings:", "path:", "resources:", "providers:"]
        let end = labels.compactMap { arguments.range(of: $0)?.lowerBound }.min() ?? arguments.endIndex
        let list = arguments[..<end]
        return list.firstIndex(of: "[").map { String(list[$0...]) } ?? ""
    }

    private static func strings(_ text: String) -> [String] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
    }

    private static func words(_ text: String) -> Set<String> {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        let code = parts.indices.filter { $0 % 2 == 0 }.map { String(parts[$0]) }.joined(separator: " ")
        return Set(code.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init))
    }
}
