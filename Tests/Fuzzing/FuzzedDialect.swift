import Glibc

/// Which dialect this process fuzzes.
enum FuzzedDialect {
    static let name: String? = getenv("FUZZ_DIALECT").map { String(cString: $0) }
}
