import Glibc

/// Which dialect this process fuzzes.
enum FuzzedDialect {
    static let listsNames = getenv("FUZZ_LIST") != nil
    static func end() -> Never { exit(0) }
    static let name: String? = getenv("FUZZ_DIALECT").map { String(cString: $0) }
}
