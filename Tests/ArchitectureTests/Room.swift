/// One target under Sources, and what it may do. The design's table of rooms, once more, as data.
struct Room: Sendable {
    enum Kind: Sendable {
        /// Values in, values out: no I/O, no clock, no waiting.
        case pure
        /// It touches the world.
        case world
        /// It wires the others together.
        case executable
        /// Not Swift: module maps and C.
        case door
    }

    let name: String
    let kind: Kind
    /// Rooms and packages that it may import, as Package.swift names them, in any order.
    let mayImport: Set<String>

    /// The modules of the system that any room may import that touches the world.
    static let systemModules: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Dispatch"]

    /// Change this with `Package.swift` and the design, and say why in the commit.
    static let all: [Room] = [
        Room("Facts", .pure, []),
        Room("Documents", .pure, ["Yams"]),
        Room("Scenarios", .pure, ["Facts", "Documents"]),
        Room("Dialects", .pure, ["Facts"]),
        Room("Verdicts", .pure, ["Facts"]),
        Room("Checks", .pure, ["Facts", "Scenarios", "Verdicts"]),
        Room("Plans", .pure, ["Facts", "Scenarios", "Verdicts", "Checks"]),
        Room("Diagnoses", .pure, ["Facts", "Verdicts"]),
        Room("Reports", .pure, ["Facts", "Verdicts"]),

        Room("CCurlLibrary", .door, []),
        Room("CSSH2Library", .door, []),
        Room("CCurl", .door, ["CCurlLibrary"]),
        Room("CSSH2", .door, ["CSSH2Library"]),
        Room("Transports", .world, ["Facts", "CCurl", "CSSH2", "Subprocess", "SystemPackage"]),
        Room("Kubernetes", .world, ["Facts", "Documents", "Transports"]),
        Room("Probes", .world, ["Facts", "Dialects", "Transports", "Kubernetes"]),
        Room("Archives", .world, ["Facts", "Verdicts"]),
        Room(
            "Runs", .world,
            ["Facts", "Scenarios", "Verdicts", "Checks", "Plans", "Diagnoses", "Probes", "Archives", "Kubernetes", "Transports"]),
        Room(
            "plumbline", .executable,
            [
                "Facts", "Documents", "Scenarios", "Dialects", "Verdicts", "Checks", "Plans", "Diagnoses", "Reports",
                "Transports", "Kubernetes", "Probes", "Archives", "Runs", "ArgumentParser",
            ]),

        Room(
            "Labs", .world,
            [
                "Facts", "Documents", "Subprocess", "SystemPackage", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket",
                "NIOSSL",
            ]),
        Room("plumbline-lab", .executable, ["Labs", "ArgumentParser"]),
        Room("plumbline-lab-door", .door, []),
    ]

    private init(_ name: String, _ kind: Kind, _ mayImport: Set<String>) {
        self.name = name
        self.kind = kind
        self.mayImport = mayImport
    }

    static func named(_ name: String) -> Room? { all.first { $0.name == name } }
}
