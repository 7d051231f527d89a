internal import Foundation

/// Base64 as the API uses it.
enum Base64 {
    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The other alphabet, without padding, as tokens have it.
    static func urlText(_ bytes: [UInt8]) -> String {
        String(text(bytes).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" })
    }

    /// Either alphabet, padded or not; nil for what is none.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let plain = text.filter { $0 != "=" }.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = Array(repeating: Character("="), count: (4 - plain.count % 4) % 4)
        return Data(base64Encoded: String(plain + padding)).map(Array.init)
    }
}
