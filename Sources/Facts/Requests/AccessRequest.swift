/// Whether the caller has one right. The API answers for whoever asks; nothing is tried.
package struct AccessRequest: FactRequest {
    package typealias Answer = AccessAnswer
    package static let kind = "access-review"
    package static let isSteady = true
    package let right: AccessRight
    package init(right: AccessRight) { self.right = right }
    package var source: FactSource { .cluster }
    package var what: String { "review of the right to \(right)" }
}
