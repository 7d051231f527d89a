import Foundation
import Testing

@testable import Dialects

/// Words made to break quoting, read back by the shells that nodes have.
@Suite(.timeLimit(.minutes(1))) struct ShellQuotedFuzzTests {
    /// Repeats from its seed, which a failure shows.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var mixed = state ^ (state >> 33)
            mixed = mixed &* 0xff51_afd7_ed55_8ccd
            return mixed ^ (mixed >> 33)
        }
    }

    private static let shells = ["/bin/sh", "/bin/bash", "/bin/dash"].filter { FileManager.default.isExecutableFile(atPath: $0) }

    private static let pieces: [String] =
        [
            "'", "''", "'\\''", "\"", "\\", "`id`", "$(id)", "$HOME", "${x}", "$((1))", "!", "!!", ";", "&", "&&", "|", "||", ">",
            "<",
        ]
        + [
            ">/tmp/x", "*", "?", "[a-z]", "{a,b}", "~", "~root", "#", "=", "%s", "%", "\n", "\r", "\t", " ", "  ", "-", "--",
            "-n",
        ]
        + ["\u{1b}[0m", "\u{7f}", "é", "日本", "\u{202e}", "\u{feff}", "a", "B", "9", "_", ".", ":", "/", ",", "+", "@", "(", ")"]

    private func readBack(_ words: [String], by shell: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: shell)
        process.arguments = ["-s"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = "printf '%s\\0' " + words.map { ShellQuoted($0).text }.joined(separator: " ") + "\n"
        try input.fileHandleForWriting.write(contentsOf: Data(line.utf8))
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: shells) func everyWordComesBackAsItWas(shell: String) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var dice = Dice(state: seed)
        for _ in 0..<40 {
            let words = (0..<100).map { _ in
                (0..<Int.random(in: 0...8, using: &dice)).map { _ in Self.pieces.randomElement(using: &dice) ?? "" }.joined()
            }
            let read = try readBack(words, by: shell)
            #expect(read.count == words.count, "seed \(seed)")
            for (word, back) in zip(words, read) {
                #expect(Array(word.utf8) == Array(back.utf8), "seed \(seed): \(word.debugDescription)")
            }
        }
    }

    @Test func aWordWithoutQuotesWouldNotComeBack() throws {
        let read = try readBack(["a"], by: "/bin/sh")
        #expect(read == ["a"])
        #expect(ShellQuoted("$HOME").text != "$HOME")
    }
}
