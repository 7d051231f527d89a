import Facts
import Testing

@testable import Dialects

/// Good recordings, spoilt one line at a time: what is there is read or its line is named, and nothing is made up.
@Suite struct SpoiltOutputTests {
    struct Subject: Sendable, CustomTestStringConvertible {
        let path: String
        let entry: String
        /// The members that a row must keep whatever happens to its neighbours; nil: all.
        var members: [String]?
        var testDescription: String { path }
    }

    static let subjects: [Subject] = [
        Subject(path: "nodes/seed/worker1-ip-link.txt", entry: "linux/vf-table"),
        Subject(path: "nodes/seed/worker3-ip-link.txt", entry: "linux/vf-table"),
        Subject(path: "nodes/netdevsim/ip-link.txt", entry: "linux/vf-table"),
        Subject(path: "nodes/igb/ip-link-eno2-statistics.txt", entry: "linux/vf-table"),
        Subject(path: "nodes/igb/ip-link.txt", entry: "linux/links", members: ["interface", "mac", "index", "mtu"]),
        Subject(path: "nodes/bridge/br-link.txt", entry: "linux/links", members: ["interface", "mac", "operState"]),
        Subject(path: "nodes/igb/ip-addr.txt", entry: "linux/addresses", members: ["interface", "mac", "index", "mtu"]),
        Subject(path: "pods/seed/ip-addr.txt", entry: "busybox/addresses", members: ["interface", "mac", "index", "mtu"]),
        Subject(path: "nodes/bridge/bridge-fdb.txt", entry: "linux/mac-table"),
        Subject(path: "nodes/bridge/bridge-fdb-201-dynamic-statistics.txt", entry: "linux/mac-table"),
        Subject(path: "nodes/bridge/ip-neigh.txt", entry: "linux/arp-table"),
        Subject(path: "nodes/bridge/ip-neigh-vlan.201-statistics.txt", entry: "linux/arp-table"),
        Subject(path: "nodes/bridge/proc-net-arp.txt", entry: "linux/arp-table"),
        Subject(path: "nodes/bridge/arp-n-busybox.txt", entry: "linux/arp-table"),
    ]

    @Test("a line taken out, said twice or squeezed", arguments: subjects)
    func lines(subject: Subject) throws {
        let original = try parsed(subject)
        let lines = try Recorded.text(subject.path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for index in lines.indices {
            var without = lines
            without.remove(at: index)
            try check(subject, original, without)
            try check(subject, original, Array(lines[...index]) + Array(lines[index...]))
            var squeezed = lines
            squeezed[index] = lines[index].split(separator: " ").joined(separator: " ")
            try check(subject, original, squeezed)
            var spread = lines
            spread[index] = lines[index].replacing(" ", with: " \t  ")
            try check(subject, original, spread)
        }
    }

    @Test("every line broken at a narrow width", arguments: subjects)
    func wrapped(subject: Subject) throws {
        let original = try parsed(subject)
        let text = try Recorded.text(subject.path)
        for width in stride(from: 25, through: 131, by: 3) {
            try check(
                subject, original,
                text.wrapped(at: width).split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    @Test("broken off after any character", arguments: subjects)
    func brokenOff(subject: Subject) throws {
        let original = try parsed(subject)
        let text = try Recorded.text(subject.path)
        let characters = Array(text)
        // With one row alone nothing shows that a word of it is missing.
        let start = text.split(separator: "\n").prefix(5).joined(separator: "\n").count
        for length in stride(from: start, to: characters.count, by: 7) {
            let cut = String(characters[..<length])
            try check(subject, original, cut.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    @Test("log lines, prompts, colours and CRLF in between", arguments: subjects)
    func noise(subject: Subject) throws {
        let text = try Recorded.text(subject.path)
        let whole = try rows(subject, text)
        let logged = text.replacing("\n", with: "\nJun  3 12:00:00 sw kernel: [  12.5] eno2: link up 02:00:00:00:00:99\n")
        #expect(try rows(subject, logged) == whole)
        #expect(try rows(subject, text.replacing("\n", with: "\r\n")) == whole)
        #expect(try rows(subject, "root@host:~# some command\n" + text + "[rc=0]\nroot@host:~# ") == whole)
        #expect(try rows(subject, text.replacing(":", with: "\u{1b}[35m:\u{1b}[0m")) == whole)
    }

    private func parsed(_ subject: Subject) throws -> ParsedTable {
        try #require(DialectCatalogue.entry(named: subject.entry)).parse(try Recorded.text(subject.path))
    }

    private func rows(_ subject: Subject, _ text: String) throws -> [JSONValue] {
        let table = try #require(DialectCatalogue.entry(named: subject.entry)).parse(text)
        #expect(table.unread.isEmpty, "\(subject.path)")
        return table.rows
    }

    /// Every MAC of the recording that still stands in the text is in a row or a line is unread; every row was there before.
    private func check(_ subject: Subject, _ original: ParsedTable, _ lines: [String]) throws {
        let entry = try #require(DialectCatalogue.entry(named: subject.entry))
        let text = lines.joined(separator: "\n")
        let table: ParsedTable
        do {
            table = try entry.parse(text)
        } catch {
            // An error says that nothing is known, which is never 'absent'.
            return
        }
        let known = Set(original.rows.map { $0.only(subject.members) })
        let made = table.rows.map { $0.only(subject.members) }.filter { !known.contains($0) }
        if table.unread.isEmpty, !made.isEmpty {
            Issue.record("\(subject.path): rows that were not there: \(made.map(\.compactText)) of\n\(text)")
        }
        // A wrapped MAC is there too.
        let joined = lines.joined()
        let seen = Set(table.rows.compactMap { $0["mac"]?.text })
        for mac in Set(original.rows.compactMap { $0["mac"]?.text }) where joined.contains(mac) {
            if table.unread.isEmpty, !seen.contains(mac) {
                Issue.record("\(subject.path): \(mac) is there and neither read nor unread in\n\(text)")
            }
        }
    }
}

extension JSONValue {
    /// The object with these members alone.
    fileprivate func only(_ keys: [String]?) -> JSONValue {
        guard let keys, let members else { return self }
        return .object(members.filter { keys.contains($0.key) })
    }
}
