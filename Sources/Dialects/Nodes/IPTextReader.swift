internal import Facts

/// Reads the text of `ip link` and `ip addr`, iproute2's and busybox', into blocks.
///
/// A line is a row, known furniture, or unread. A line that is none of these may be the second half of the one before it
/// (a narrow terminal wraps), so it is tried joined to that before it is given up.
struct IPTextReader {
    var output = IPOutput()
    /// The block that lines belong to; nil after a header that could not be read, so that nothing is put under a wrong name.
    var current: IPBlock?
    var logical: LogicalLine?
    /// Whole VF lines with the position of their block, for the comparison with their neighbours.
    var vfLines: [VFRecord] = []
    private var afterStatisticsTitle = false
    /// The interface that a pasted command names, for VF lines without a header (`ip link show eno2 | grep vf`).
    private var namedByCommand: InterfaceName?

    struct VFRecord {
        let line: TextLine
        let block: Int
        let vf: VFLine
    }

    /// What became of a content line.
    enum Fit {
        case taken
        /// Cut or unknown; perhaps it goes on on the next line.
        case notWhole
        /// Whole, but it cannot belong to the block that is open: the header between is missing.
        case elsewhere
    }

    static func read(_ lines: TextLines) -> IPOutput {
        var reader = IPTextReader()
        for line in lines { reader.read(line) }
        reader.closeBlock()
        reader.closeLogical()
        return IPCutLines.dropped(from: reader.output, vfLines: reader.vfLines, lines: lines)
    }

    private mutating func read(_ line: TextLine) {
        if line.isBlank { return }
        // `-o` joins the lines of a block with backslashes.
        if line.text.utf8.contains(0x5c), startsBlock(line.words) || isOneLineAddress(line.words) {
            for part in line.text.utf8.split(separator: 0x5c) {
                readOne(TextLine(number: line.number, text: Substring(part)))
            }
        } else {
            readOne(line)
        }
    }

    private mutating func readOne(_ line: TextLine) {
        let words = line.words
        guard let first = words.first else { return }
        if startsBlock(words) { return startBlock(line) }
        if readOneLineAddress(line, words) || readBrief(line, words) { return }
        if isContent(first) { return takeContent(line, isVF: first == "vf") }
        if SyslogLine.matches(line.text) || isFurniture(words) { return }
        if let command = SessionNoise.command(in: line.text) { return startCommand(command) }
        if SessionNoise.matches(line.text) { return }
        if !continueLogical(with: line) { output.unread.append(line.unread) }
    }

    // MARK: Blocks

    private func startsBlock(_ words: [Substring]) -> Bool {
        if IPHeader.starts(words) { return true }
        guard let first = words.first, first.hasSuffix(":"), first.dropLast().isDecimal else { return false }
        return !isOneLineAddress(words)
    }

    private mutating func startBlock(_ line: TextLine) {
        let header = IPHeader(line.text)
        // The same header twice in a row is one.
        if let header, current?.header == header, current?.isBare == true { current = nil }
        closeBlock()
        closeLogical()
        current = header.map { IPBlock(header: $0, source: line) }
        logical = LogicalLine(line, kind: .header, blockBefore: nil, isRead: header != nil)
    }

    mutating func closeBlock() {
        if let block = current, block.hasHeader || !block.vfs.isEmpty { output.blocks.append(block) }
        current = nil
    }

    private mutating func startCommand(_ command: Substring) {
        closeBlock()
        closeLogical()
        namedByCommand = nil
        var cursor = WordCursor(command)
        while let word = cursor.take() {
            guard word == "show" || word == "list" || word == "ls" else { continue }
            _ = cursor.take("dev")
            namedByCommand = cursor.take().map { InterfaceName($0) }
            return
        }
    }

    // MARK: Lines of a block

    private func isContent(_ word: Substring) -> Bool {
        word.hasPrefix("link/") || word == "vf" || word == "inet" || word == "inet6" || word == "altname"
    }

    private mutating func takeContent(_ line: TextLine, isVF: Bool) {
        closeLogical()
        if current == nil, isVF, let name = namedByCommand {
            current = IPBlock(header: IPHeader(name: name), hasHeader: false)
        }
        let before = current
        let fit = isVF ? applyVF(line.text, from: line) : apply(line.text, from: line)
        if fit == .elsewhere { closeBlock() }
        logical = LogicalLine(line, kind: .content, blockBefore: before, isRead: fit == .taken)
    }

    /// Puts one content line into the current block.
    mutating func apply(_ text: Substring, from line: TextLine) -> Fit {
        let words = text.words
        guard current != nil, let first = words.first else { return .notWhole }
        switch first {
        case "vf": return applyVF(text, from: line)
        case "inet", "inet6":
            output.showsAddresses = true
            guard let prefix = IPAddressLine.prefix(words[1...]) else { return .notWhole }
            if current?.addresses.contains(prefix) == false { current?.addresses.append(prefix) }
        case "altname":
            guard words.count == 2 else { return .notWhole }
            if current?.altNames.contains(String(words[1])) == false { current?.altNames.append(String(words[1])) }
        default: return applyLink(words)
        }
        return .taken
    }

    /// Links that have no address to print; `link/[772]` has none either.
    private static let addresslessTypes: Set<String> = [
        "none", "ppp", "void", "slip", "rawip", "phonet_pipe", "can", "netlink", "vsockmon",
    ]

    private mutating func applyLink(_ words: [Substring]) -> Fit {
        let type = String(words[0].dropFirst(5))
        let mac = words.count > 1 ? MACAddress(linux: words[1]) : nil
        if type.isEmpty || type == "ether" || type == "loopback", mac == nil { return .notWhole }
        if words.count == 1, !Self.addresslessTypes.contains(type), !type.hasSuffix("]") { return .notWhole }
        if let known = current?.linkType {
            return known == type && current?.mac == mac ? .taken : .elsewhere
        }
        current?.linkType = type
        current?.mac = mac
        return .taken
    }

    private mutating func applyVF(_ text: Substring, from line: TextLine) -> Fit {
        guard let name = current?.header.name, var read = VFLine(text, pf: name) else { return .notWhole }
        // Before 5.3 iproute2 printed six of an InfiniBand address' twenty bytes, which name nothing.
        if current?.linkType == "infiniband" { read.vf.mac = nil }
        if let last = current?.vfs.last, last.index >= read.vf.index {
            return current?.vfs.contains(read.vf) == true ? .taken : .elsewhere
        }
        current?.vfs.append(read.vf)
        vfLines.append(VFRecord(line: line, block: output.blocks.count, vf: read))
        return .taken
    }

    // MARK: Other forms

    /// `2: eth0    inet 10.0.2.15/24 brd … scope global eth0`: what `ip -o addr` prints, without a header.
    private func isOneLineAddress(_ words: [Substring]) -> Bool {
        words.count > 3 && words[0].hasSuffix(":") && words[0].dropLast().isDecimal
            && (words[2] == "inet" || words[2] == "inet6") && !words[1].hasSuffix(":")
    }

    private mutating func readOneLineAddress(_ line: TextLine, _ words: [Substring]) -> Bool {
        guard isOneLineAddress(words), let index = words[0].dropLast().decimal else { return false }
        output.showsAddresses = true
        closeLogical()
        if current?.header.index != index || current?.header.name.printed != String(words[1]) {
            closeBlock()
            var header = IPHeader(name: InterfaceName(words[1]))
            header.index = index
            current = IPBlock(header: header)
        }
        let rest = words[2...].joined(separator: " ")
        if apply(Substring(rest), from: line) != .taken { output.unread.append(line.unread) }
        return true
    }

    /// `eno2  UP  52:54:… <FLAGS>` and `eno2  UP  10.0.2.15/24 fe80::…/64`: `ip -br link` and `ip -br addr`.
    private mutating func readBrief(_ line: TextLine, _ words: [Substring]) -> Bool {
        guard words.count > 1, IPHeader.operStates.contains(words[1]), !isContent(words[0]) else { return false }
        guard let block = BriefLine.block(words, source: line) else {
            output.unread.append(line.unread)
            return true
        }
        closeBlock()
        closeLogical()
        let hasFlags = words.contains { $0.hasPrefix("<") }
        output.isBriefLink = output.isBriefLink || hasFlags
        output.showsAddresses = output.showsAddresses || !hasFlags
        output.blocks.append(block)
        return true
    }

    private mutating func isFurniture(_ words: [Substring]) -> Bool {
        let isErrorTitle = (words[0] == "RX" || words[0] == "TX") && words.count > 1 && words[1] == "errors:"
        if words[0] == "RX:" || words[0] == "TX:" || isErrorTitle {
            afterStatisticsTitle = true
            return true
        }
        // Counters, with a unit behind where `-h` was given.
        let isNumbers = words.allSatisfy { word in
            word.utf8.first.map { (0x30...0x39).contains($0) } ?? false && !word.utf8.contains(0x3a)
        }
        defer { afterStatisticsTitle = false }
        return afterStatisticsTitle && isNumbers || IPDetailLine.isFurniture(words)
    }
}
