/// A word that may stand on a device's command line: letters, digits and `_ . : / -`, at least one, no `-` first.
///
/// Quoting protects a shell, not a switch, so anything else is refused before it is sent.
package struct DeviceArgument: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Throws: `CommandRefusal` naming the first character that is not allowed.
    package init(_ word: some StringProtocol, for purpose: String) throws(CommandRefusal) {
        let text = String(word)
        guard let first = text.utf8.first else { throw CommandRefusal(word: text, purpose: purpose, reason: "it is empty") }
        guard first != 0x2d else {
            throw CommandRefusal(word: text, purpose: purpose, reason: "it begins with '-' and would be read as an option")
        }
        if let bad = text.unicodeScalars.first(where: { !$0.isASCII || !Self.isAllowed(UInt8($0.value)) }) {
            throw CommandRefusal(
                word: text, purpose: purpose,
                reason: "'\(bad.escaped(asASCII: true))' is none of A-Z a-z 0-9 _ . : / -")
        }
        self.text = text
    }

    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2e, 0x3a, 0x2f, 0x2d: true
        default: false
        }
    }

    package var description: String { text }
}

/// A command that is not made because a part of it could mean more than it should.
package struct CommandRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let word: String
    /// What the word was to be: `VLAN name`, `interface`.
    package let purpose: String
    package let reason: String

    package var description: String { "the \(purpose) '\(word)' is not sent: \(reason)" }
}
