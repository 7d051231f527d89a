internal import Facts
internal import Foundation

extension Timestamp {
    /// The machine's clock, for creation times and ages.
    static var now: Timestamp { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000_000)) }
}
