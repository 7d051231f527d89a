/// Why a site cannot come up or be used, as one sentence.
package struct LabError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
