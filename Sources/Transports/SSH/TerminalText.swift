/// What a terminal would show of a stream of bytes: escape sequences and carriage returns gone, backspaces applied.
enum TerminalText {
    static func shown(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        var state = State.text
        for byte in bytes {
            switch state {
            case .text:
                switch byte {
                case 0x1b: state = .escape
                case 0x08: if let last = text.last, last != 0x0a { text.removeLast() }
                case 0x0d, 0x07, 0x00: break
                default: text.append(byte)
                }
            case .escape: state = byte == UInt8(ascii: "[") ? .control : byte == UInt8(ascii: "]") ? .title : .text
            // CSI ends with a letter or one of @ [ \ ] ^ _ ` { | } ~ (ECMA-48 §5.4).
            case .control: if (0x40...0x7e).contains(byte) { state = .text }
            // OSC ends with BEL, or with ESC and a backslash.
            case .title: if byte == 0x07 { state = .text } else if byte == 0x1b { state = .escape }
            }
        }
        return text
    }

    private enum State { case text, escape, control, title }

    static func lastLine(_ text: [UInt8]) -> ArraySlice<UInt8> {
        guard let end = text.lastIndex(of: 0x0a) else { return text[...] }
        return text[(end + 1)...]
    }
}
