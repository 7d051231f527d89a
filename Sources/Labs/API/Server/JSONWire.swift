internal import Facts

extension JSONValue {
    /// The value as the API server's JSON encoder writes it: on one line, with `<`, `>` and `&` escaped.
    ///
    /// - Source: Go's `encoding/json`, which the recordings show (`\u0026\u0026` in commands, `\u003cnil\u003e`).
    var wireBytes: [UInt8] {
        var bytes: [UInt8] = []
        appendWire(to: &bytes)
        return bytes
    }

    func appendWire(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let text): bytes += text.utf8
        case .string(let text): Self.appendWire(text, to: &bytes)
        case .array(let elements):
            bytes.append(0x5b)
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(0x2c) }
                element.appendWire(to: &bytes)
            }
            bytes.append(0x5d)
        case .object(let members):
            bytes.append(0x7b)
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(0x2c) }
                Self.appendWire(member.key, to: &bytes)
                bytes.append(0x3a)
                member.value.appendWire(to: &bytes)
            }
            bytes.append(0x7d)
        }
    }

    private static func appendWire(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22: bytes += [0x5c, 0x22]
            case 0x5c: bytes += [0x5c, 0x5c]
            case 0x0a: bytes += [0x5c, 0x6e]
            case 0x0d: bytes += [0x5c, 0x72]
            case 0x09: bytes += [0x5c, 0x74]
            case 0x08: bytes += [0x5c, 0x62]
            case 0x0c: bytes += [0x5c, 0x66]
            case 0..<0x20, 0x26, 0x3c, 0x3e:
                let digits = Array("0123456789abcdef".utf8)
                bytes += [0x5c, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}
