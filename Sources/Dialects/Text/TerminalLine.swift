/// Undoes what a terminal session leaves in a line: escape sequences, backspaces, carriage returns that overwrite.
enum TerminalLine {
    static func clean(_ line: Substring) -> Substring {
        let bytes = Array(line.utf8)
        guard bytes.contains(where: { $0 < 0x20 && $0 != 0x09 }) else { return line }
        var screen: [UInt8] = []
        var column = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x1b:
                index = endOfEscape(bytes, from: index, screen: &screen, column: column)
                continue
            case 0x08: column = max(0, column - 1)
            case 0x0d:
                // A CR at the end belongs to the line end; only one that is written over moves the cursor.
                if bytes[(index + 1)...].contains(where: { $0 != 0x0d }) { column = 0 }
            case 0..<0x20 where byte != 0x09: break
            default:
                if column < screen.count { screen[column] = byte } else { screen.append(byte) }
                column += 1
            }
            index += 1
        }
        return Substring(String(decoding: screen, as: UTF8.self))
    }

    /// The index after the sequence that starts here. `ESC [ K` clears the rest of the line, as pagers do.
    private static func endOfEscape(_ bytes: [UInt8], from start: Int, screen: inout [UInt8], column: Int) -> Int {
        var index = start + 1
        guard index < bytes.count else { return index }
        switch bytes[index] {
        case 0x5b:  // CSI: parameters, then one final byte
            index += 1
            while index < bytes.count, (0x20...0x3f).contains(bytes[index]) { index += 1 }
            if index < bytes.count, bytes[index] == 0x4b, column < screen.count { screen.removeSubrange(column...) }
            return min(index + 1, bytes.count)
        case 0x5d:  // OSC (window titles): to BEL or ESC \
            while index < bytes.count, bytes[index] != 0x07, bytes[index] != 0x1b { index += 1 }
            if index < bytes.count, bytes[index] == 0x1b { index += 1 }
            return min(index + 1, bytes.count)
        case 0x28, 0x29, 0x23: return min(index + 2, bytes.count)
        default: return index + 1
        }
    }
}
