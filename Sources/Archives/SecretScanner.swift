/// One walk over an answer, from its start, that copies everything but secrets.
struct SecretScanner {
    private let bytes: [UInt8]
    private let secrets: [[UInt8]]
    private var index = 0
    /// The name of an environment entry said that its value is a secret: `"name": "DB_PASSWORD", "value": …`.
    private var nextValueIsSecret = false
    private(set) var output: [UInt8] = []
    private(set) var count = 0

    init(_ bytes: [UInt8], secrets: [[UInt8]]) {
        self.bytes = bytes
        self.secrets = secrets
        output.reserveCapacity(bytes.count)
    }

    mutating func run() {
        while index < bytes.count {
            if skipKnownSecret() || skipPrivateKey() { continue }
            guard Self.isWord(bytes[index]) else {
                output.append(bytes[index])
                index += 1
                continue
            }
            readWord()
        }
    }

    private mutating func replace(upTo end: Int) {
        output += Array(Redactor.mark.utf8)
        index = end
        count += 1
    }

    private mutating func copy(upTo end: Int) {
        output += bytes[index..<end]
        index = end
    }

    private mutating func skipKnownSecret() -> Bool {
        guard let secret = secrets.first(where: { bytes[index...].starts(with: $0) }) else { return false }
        replace(upTo: index + secret.count)
        return true
    }

    /// A PEM block of any kind of private key; one that is cut off takes everything after it along.
    private mutating func skipPrivateKey() -> Bool {
        let dashes = Array("-----".utf8)
        guard bytes[index] == 0x2d, bytes[index...].starts(with: Array("-----BEGIN ".utf8)),
            let label = find(dashes, from: index + 11), label - index < 64,
            bytes[index..<label].suffix(11).elementsEqual("PRIVATE KEY".utf8)
        else { return false }
        guard let end = find(Array("-----END ".utf8), from: label), let close = find(dashes, from: end + 9) else {
            replace(upTo: bytes.count)
            return true
        }
        replace(upTo: close + dashes.count)
        return true
    }

    /// A word may be a token itself, may announce one (`Bearer`), or may be the key of a secret.
    private mutating func readWord() {
        var end = index
        while end < bytes.count, Self.isWord(bytes[end]), !secrets.contains(where: { bytes[end...].starts(with: $0) }) {
            end += 1
        }
        guard end > index else { return }
        while end - 1 > index, bytes[end - 1] == 0x2e { end -= 1 }
        let word = bytes[index..<end]
        if Self.isWebToken(word) {
            replace(upTo: end)
            return
        }
        let key = SecretKey(word)
        let hasDashes = word.starts(with: [0x2d, 0x2d])
        copy(upTo: end)
        if key.announcesToken {
            skipAnnounced()
        } else if key.namesSecret || (key.isValue && nextValueIsSecret) {
            if key.isValue { nextValueIsSecret = false }
            skipValue(blankSeparates: hasDashes, toLineEnd: key.takesLine)
        } else if key.isName {
            nextValueIsSecret = valueNamesSecret()
        }
    }

    /// `Bearer`, a blank, and the token after it.
    private mutating func skipAnnounced() {
        var end = index
        while end < bytes.count, bytes[end] == 0x20 { end += 1 }
        let start = end
        while end < bytes.count, Self.isToken(bytes[end]) { end += 1 }
        guard start > index, end - start >= 8 else { return }
        copy(upTo: start)
        replace(upTo: end)
    }

    /// The value after the key that was just copied: quoted, or bare up to the end of the word or line. Objects, lists, nothing,
    /// and plain `true`, `false`, `null` are no secrets.
    private mutating func skipValue(blankSeparates: Bool, toLineEnd: Bool) {
        guard let value = valueStart(from: index, blankSeparates: blankSeparates) else { return }
        if let quoted = quotedRange(at: value.start) {
            guard !quoted.isEmpty else { return }
            copy(upTo: quoted.lowerBound)
            replace(upTo: quoted.upperBound)
            return
        }
        let wholeLine = toLineEnd || value.separator == 0x3a
        var end = value.start
        while end < bytes.count, bytes[end] != 0x0a, bytes[end] != 0x0d, bytes[end] != 0x22, bytes[end] != 0x27,
            wholeLine || (bytes[end] != 0x20 && bytes[end] != 0x09 && bytes[end] != 0x2c && bytes[end] != 0x3b)
        { end += 1 }
        let text = String(decoding: bytes[value.start..<end], as: UTF8.self)
        guard let first = text.utf8.first, first != 0x7b, first != 0x5b, first != 0x7d, first != 0x2c,
            !["true", "false", "null", "<none>", "<unset>"].contains(where: { text.hasPrefix($0) })
        else { return }
        copy(upTo: value.start)
        replace(upTo: end)
    }

    /// Where a value begins after closing quote, blanks and `:` or `=`; nil when the word was no key.
    private func valueStart(from start: Int, blankSeparates: Bool) -> (start: Int, separator: UInt8)? {
        var position = start
        while position < bytes.count, [0x5c, 0x22, 0x27].contains(bytes[position]) { position += 1 }
        let blanks = position
        while position < bytes.count, [0x20, 0x09].contains(bytes[position]) { position += 1 }
        guard position < bytes.count else { return nil }
        let separator = bytes[position]
        if separator == 0x3a || separator == 0x3d {
            position += 1
            while position < bytes.count, [0x20, 0x09].contains(bytes[position]) { position += 1 }
            return (position, separator)
        }
        return blankSeparates && position > blanks ? (position, 0x20) : nil
    }

    /// What stands between quotes that may themselves be escaped (JSON within a JSON string); nil when no quote is there.
    private func quotedRange(at start: Int) -> Range<Int>? {
        var open = start
        while open < bytes.count, bytes[open] == 0x5c { open += 1 }
        guard open < bytes.count, bytes[open] == 0x22 || bytes[open] == 0x27 else { return nil }
        let escapes = open - start
        let first = open + 1
        var position = first
        while position < bytes.count {
            if bytes[position] == bytes[open] {
                var before = 0
                while position - before > first, bytes[position - before - 1] == 0x5c { before += 1 }
                if before == escapes { return first..<position - before }
            }
            position += 1
        }
        return first..<bytes.count
    }

    /// After the key `name`: is its value the name of a secret?
    private func valueNamesSecret() -> Bool {
        guard let value = valueStart(from: index, blankSeparates: false) else { return false }
        var start = value.start
        while start < bytes.count, [0x5c, 0x22, 0x27].contains(bytes[start]) { start += 1 }
        var end = start
        while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
        return SecretKey(bytes[start..<end]).namesSecret
    }

    private func find(_ needle: [UInt8], from start: Int) -> Int? {
        var position = start
        while position + needle.count <= bytes.count {
            if bytes[position] == needle[0], bytes[position...].starts(with: needle) { return position }
            position += 1
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d, 0x2e: true
        default: false
        }
    }

    private static func isToken(_ byte: UInt8) -> Bool { isWord(byte) || [0x7e, 0x2b, 0x2f, 0x3d].contains(byte) }

    /// Three base64url parts, the first of which is a JSON object: RFC 7519.
    private static func isWebToken(_ word: ArraySlice<UInt8>) -> Bool {
        word.count >= 20 && word.starts(with: Array("eyJ".utf8)) && word.count { $0 == 0x2e } == 2
    }
}

/// What a word says about the value after it. Case, `-`, `_` and `.` do not count.
private struct SecretKey {
    private let text: String

    init(_ word: ArraySlice<UInt8>) {
        let letters = word.filter { $0 != 0x2d && $0 != 0x5f && $0 != 0x2e }.map { byte in
            (0x41...0x5a).contains(byte) ? byte + 0x20 : byte
        }
        text = letters.count <= 64 ? String(decoding: letters, as: UTF8.self) : ""
    }

    private static let endings = [
        "token", "password", "passwd", "passphrase", "secret", "secretkey", "privatekey", "presharedkey", "apikey",
        "accesskey", "clientkeydata", "clientcertificatedata", "certificateauthoritydata", "authorization", "setcookie",
    ]

    var namesSecret: Bool { Self.endings.contains { text.hasSuffix($0) } }
    /// The rest of the line belongs to it: `Authorization: Basic …`.
    var takesLine: Bool { text.hasSuffix("authorization") || text.hasSuffix("cookie") }
    var announcesToken: Bool { text == "bearer" }
    var isName: Bool { text == "name" }
    var isValue: Bool { text == "value" }
}
