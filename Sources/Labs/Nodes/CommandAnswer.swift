/// What a command printed and how it ended.
package struct CommandAnswer: Hashable, Sendable, CustomStringConvertible {
    package var output: [UInt8]
    package var errors: [UInt8]
    /// 0…255.
    package var status: Int

    package init(output: [UInt8] = [], errors: [UInt8] = [], status: Int = 0) {
        self.output = output
        self.errors = errors
        self.status = status
    }

    package init(_ output: String, errors: String = "", status: Int = 0) {
        self.init(output: Array(output.utf8), errors: Array(errors.utf8), status: status)
    }

    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// As a terminal would show it, with the exit status last.
    package var description: String { outputText + errorText + "[rc=\(status)]" }
}
