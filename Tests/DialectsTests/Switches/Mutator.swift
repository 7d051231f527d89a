/// Damages an output the way terminals, pagers, log messages and people do, by a seed, so that a finding can be repeated.
struct Mutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }

    private mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }

    private static let noise = [
        "Nov 23 10:10:10 sw1 mgd[123]: UI_CMDLINE_READ_LINE: User 'lab'",
        "*Mar  1 00:10:00.123: %LINEPROTO-5-UPDOWN: Line protocol on Interface Gi1/0/3, changed state to up",
        "2026 Nov 23 10:00:00 n9k %ETHPORT-5-IF_UP: Interface Ethernet1/3 is up", "--More--", "---(more 40%)---", "", "\r",
    ]

    enum Kind: CaseIterable {
        case delete, repeatLine, squeeze, stretch, wrapOne, wrapAll, wrapWords, noise, crlf, cut, blank, terminal
    }

    /// The text after one to three damages, and what they were.
    mutating func mutate(_ text: String, with allowed: [Kind] = Kind.allCases) -> (text: String, kinds: [Kind]) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var kinds: [Kind] = []
        // Two widths of one terminal do not occur.
        for _ in 0...(allowed == [.terminal] ? 0 : below(3)) {
            let kind = allowed[below(allowed.count)]
            apply(kind, to: &lines)
            kinds.append(kind)
        }
        return (lines.joined(separator: "\n"), kinds)
    }

    private mutating func apply(_ kind: Kind, to lines: inout [String]) {
        guard !lines.isEmpty else { return }
        let place = below(lines.count)
        switch kind {
        case .delete: lines.remove(at: place)
        case .repeatLine: lines.insert(lines[place], at: place)
        case .squeeze: for index in lines.indices { lines[index] = Self.squeezed(lines[index]) }
        case .stretch: lines[place] = lines[place].split(separator: " ", omittingEmptySubsequences: false).joined(separator: "  ")
        case .wrapOne: wrap(place, at: below(lines[place].utf8.count), &lines)
        case .wrapAll:
            let width = 30 + below(60)
            lines = lines.flatMap { Self.chunks($0, width) }
        case .terminal:
            let width = 60 + below(40)
            lines = lines.flatMap { Self.chunks($0, width) }
        case .wrapWords:
            let words = lines[place].split(separator: " ")
            guard words.count > 1 else { return }
            let split = 1 + below(words.count - 1)
            lines[place] = words[..<split].joined(separator: " ")
            lines.insert(words[split...].joined(separator: " "), at: place + 1)
        case .noise: lines.insert(Self.noise[below(Self.noise.count)], at: place)
        case .crlf: for index in lines.indices { lines[index] += "\r" }
        case .cut:
            lines.removeSubrange((place + 1)...)
            lines[place] = String(decoding: lines[place].utf8.prefix(below(lines[place].utf8.count + 1)), as: UTF8.self)
        case .blank: lines.insert("", at: place)
        }
    }

    private mutating func wrap(_ place: Int, at column: Int, _ lines: inout [String]) {
        let bytes = Array(lines[place].utf8)
        lines[place] = String(decoding: bytes[..<column], as: UTF8.self)
        lines.insert(String(decoding: bytes[column...], as: UTF8.self), at: place + 1)
    }

    private static func squeezed(_ line: String) -> String {
        let leading = line.prefix { $0 == " " }
        return (leading.isEmpty ? "" : " ") + line.split(separator: " ").joined(separator: " ")
    }

    private static func chunks(_ line: String, _ width: Int) -> [String] {
        let bytes = Array(line.utf8)
        guard bytes.count > width else { return [line] }
        return stride(from: 0, to: bytes.count, by: width).map { start in
            String(decoding: bytes[start..<min(bytes.count, start + width)], as: UTF8.self)
        }
    }
}
