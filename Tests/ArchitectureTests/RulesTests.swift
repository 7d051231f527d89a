import Testing

/// Each rule is proved by a source that breaks it, and by one that looks as if it did.
struct RulesTests {
    static let planted: [(room: String, text: String, sentence: String)] = [
        (
            "Checks", "internal import Dialects",
            "Checks imports Dialects, but may import Facts, Scenarios, Verdicts and, being pure, nothing of the system"
        ),
        ("Facts", "internal import Foundation", "Facts imports Foundation, but may import no room and, being pure"),
        ("Verdicts", "internal import Glibc", "Verdicts imports Glibc"),
        ("Dialects", "@preconcurrency internal import Dispatch", "Dialects imports Dispatch"),
        ("Reports", "internal import struct Foundation.Date", "Reports imports Foundation"),
        ("Kubernetes", "internal import CCurl", "Kubernetes imports CCurl"),
        ("Probes", "internal import CSSH2", "Probes imports CSSH2"),
        ("Runs", "internal import NIOCore", "Runs imports NIOCore"),
        ("Scenarios", "internal import Yams", "Scenarios imports Yams"),
        ("plumbline", "internal import Labs", "plumbline imports Labs"),
        ("Archives", "import Facts", "'import Facts' says no access level"),
        ("Runs", "internal import Synchronization", "Runs imports Synchronization"),
        ("Facts", "let x = await y()", "'await' waits"),
        ("Facts", "func f() async -> Int { 1 }", "'async' waits"),
        ("Checks", "let now = Date()", "'Date(' reads a clock"),
        ("Checks", "let now = ContinuousClock.now", "'ContinuousClock' reads a clock"),
        ("Plans", "Task { }", "'Task {' starts a task"),
        ("Reports", "print(text)", "'print(' writes"),
        ("Reports", "FileManager.default.removeItem(atPath: path)", "'FileManager' touches files"),
        ("Facts", "let id = UInt8.random(in: 0...9)", "'.random(' is not the same twice"),
        ("Facts", "actor Store {}", "'actor' has state"),
        ("Reports", #"let line = "at \(Date()) o'clock""#, "'Date(' reads a clock"),
        ("Kubernetes", "public struct Client {}", "'public': nothing is public"),
        ("Labs", "let x = try! f()", "'try!': an error is handled"),
        ("Labs", "let x = y as! Int", "'as!': a cast is checked"),
        ("Runs", #"fatalError("no")"#, "'fatalError': what goes wrong"),
        ("Runs", "let lock = Mutex(0)", "'Mutex': the thread sanitizer"),
        ("Runs", "Task.detached { }", "'Task.detached': a task that nobody awaits"),
        ("Runs", String(repeating: "let x = 1\n", count: 401), "401 lines, and 400 are the most"),
    ]

    @Test("A planted breach is found, once, with its reason", arguments: planted.indices)
    func found(_ index: Int) throws {
        let (name, text, sentence) = Self.planted[index]
        let room = try #require(Room.named(name))
        let breaches = Rules.breaches(room: room, file: "Sources/\(name)/X.swift", text: text)
        #expect(breaches.contains { $0.sentence.hasPrefix(sentence) }, "\(breaches)")
    }

    @Test(
        "What only looks like a breach is none",
        arguments: [
            "// await print( public try! import Glibc", "/* await /* public */ Date() */", "/// import Foundation",
            #"let text = "await public Date() print(x) try!""#, ##"let text = #"a "public" \(print(1)) b"#"##,
            "let text = \"\"\"\n    import Glibc\n    public await \\\" \"\"\n    \"\"\"",
            "let publicKey = awaited", "case asynchronous", "let factor = tryAgain", "reader.print(text)",
            "func mayDate(_: Int) {}",
            "package import Facts", "internal import Facts",
        ])
    func innocent(_ text: String) throws {
        let room = try #require(Room.named("Dialects"))
        #expect(Rules.breaches(room: room, file: "Sources/Dialects/X.swift", text: text) == [])
    }

    @Test func aRoomThatTouchesTheWorldMayWaitAndReadTheClock() throws {
        let text = "internal import Foundation\ninternal import Glibc\nlet x = await f(Date())\nprint(x)"
        #expect(Rules.breaches(room: try #require(Room.named("Runs")), file: "Sources/Runs/X.swift", text: text) == [])
    }

    @Test(arguments: ["Utils.swift", "StringExtensions.swift", "LeaseManager.swift", "Helpers+More.swift"])
    func aNameThatSaysNothingIsABreach(_ name: String) throws {
        let room = try #require(Room.named("Runs"))
        #expect(Rules.breaches(room: room, file: "Sources/Runs/\(name)", text: "").count == 1)
    }

    @Test func linesAreCountedThroughCommentsAndStrings() throws {
        let text = "/* a\n b */\nlet x = \"\"\"\n  a\n  \"\"\"\nlet y = await z"
        let room = try #require(Room.named("Facts"))
        #expect(Rules.breaches(room: room, file: "X.swift", text: text).map(\.line) == [6])
    }

    @Test func theManifestIsRead() {
        let manifest = PackageManifest(
            """
            let yams = Target.Dependency.product(name: "Yams", package: "Yams")
            let nio: [Target.Dependency] = [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
            func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
                .target(name: name, dependencies: dependencies, swiftSettings: strict)
            }
            let package = Package(
                targets: [
                    room("Facts"),
                    room("Documents", [yams]),
                    room("Labs", ["Facts", "Documents"] + nio),
                    .systemLibrary(name: "C", pkgConfig: "c", providers: [.apt(["c-dev"])]),
                    .target(name: "D", dependencies: ["C"], linkerSettings: [.linkedLibrary("crypto")]),
                    .executableTarget(name: "E", linkerSettings: [.unsafeFlags(["-static"])]),
                ])
            """)
        #expect(
            manifest.dependencies == [
                "Facts": [], "Documents": ["Yams"], "Labs": ["Facts", "Documents", "NIOCore", "NIOSSL"], "C": [], "D": ["C"],
                "E": [],
            ])
    }
}
