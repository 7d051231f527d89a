/// What a server said in clear text before encryption started: its banner and its algorithm lists.
///
/// - Source: RFC 4253 §4.2 (banner, other lines may come before it), §6 (packets), §7.1 (KEXINIT).
struct SSHOpening {
    /// `SSH-2.0-…` without the line end; `nil` when none came.
    private(set) var banner: String?
    /// Key exchange, host key, cipher to the server and back, MAC to the server and back; `nil` when no whole KEXINIT came.
    private(set) var lists: [[String]]?
    /// The beginning of what came, printable, for a sentence about something that is no SSH server.
    let firstBytes: String

    /// What OpenSSH writes in place of a banner when it takes no more callers: for MaxStartups since 8.5, for a caller's penalties since 9.8.
    let saysTooMany: Bool

    init(_ bytes: [UInt8]) {
        saysTooMany = ["Exceeded MaxStartups", "Not allowed at this time"].contains { bytes.starts(with: $0.utf8) }

        let visible = bytes.prefix(40).map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: ".") }
        firstBytes = "'" + String(decoding: visible, as: UTF8.self) + "'"
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            guard line.hasPrefix("SSH-") else { continue }
            banner = line.last == "\r" ? String(line.dropLast()) : line
            lists = Self.readLists(Array(rest))
            return
        }
    }

    private static func readLists(_ packet: [UInt8]) -> [[String]]? {
        var reader = SSHMessageReader(packet)
        guard let length = reader.uint32(), Int(length) <= packet.count - 4, reader.byte() != nil, reader.byte() == 20,
            reader.skip(16)
        else { return nil }
        var lists: [[String]] = []
        for _ in 0..<6 {
            guard let list = reader.text() else { return nil }
            // Marks of extensions stand in the first list as if they were algorithms.
            lists.append(
                list.split(separator: ",").map { String($0) }.filter {
                    !$0.hasPrefix("ext-info-") && !$0.hasPrefix("kex-strict-")
                })
        }
        return lists
    }
}
