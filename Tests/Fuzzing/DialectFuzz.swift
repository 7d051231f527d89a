import Dialects

/// One table of `parse --as`, named by the environment's FUZZ_DIALECT, fed with whatever libFuzzer makes of the recordings.
///
/// It is built by `make fuzz` outside of SwiftPM, which does not link libFuzzer. A crash, a hang (`-timeout`) or a growing
/// memory (`-rss_limit_mb`) is a finding; so is a reading that contradicts itself.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard let entry = fuzzedEntry else { return 0 }
    do {
        let table = try entry.parse(text)
        // Emptiness is stated or not; it is never stated beside rows or unread lines.
        precondition(!table.statedEmpty || table.rows.isEmpty && table.unread.isEmpty, "stated empty beside rows")
        precondition(table.rows.count <= 4094 * 4096, "more rows than any text can state")
    } catch {
        precondition(!error.description.isEmpty, "an error without a sentence")
    }
    return 0
}

/// With FUZZ_LIST set the program prints the names of all dialects and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>>>
) -> CInt {
    guard FuzzedDialect.listsNames else { return 0 }
    for entry in DialectCatalogue.all { print(entry.name) }
    FuzzedDialect.end()
}

private let fuzzedEntry = FuzzedDialect.name.flatMap { DialectCatalogue.entry(named: $0) }
