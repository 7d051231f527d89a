/// Puts back the commas that old Junos releases leave out between the members of a list or an object.
///
/// - Source: py-junos-eznc issue 701 (a comma missing between two values).
enum JSONMending {
    static func mend(_ bytes: [UInt8]) -> [UInt8] {
        var mended: [UInt8] = []
        mended.reserveCapacity(bytes.count + 8)
        var inString = false
        var escaped = false
        var valueEnded = false
        for byte in bytes {
            if inString {
                if escaped { escaped = false } else if byte == 0x5c { escaped = true } else if byte == 0x22 { inString = false }
                valueEnded = !inString
            } else if byte == 0x22 || byte == 0x7b || byte == 0x5b {
                if valueEnded { mended.append(0x2c) }
                inString = byte == 0x22
                valueEnded = false
            } else if byte > 0x20 {
                valueEnded = byte == 0x7d || byte == 0x5d
            }
            mended.append(byte)
        }
        return mended
    }
}
