// swift-tools-version: 6.2
import PackageDescription

// One table of rooms. Who may import whom is held again, as text, by Tests/ArchitectureTests, which fails when the two
// or the sources disagree.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOWebSocket", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

/// For a program that sshd runs for every command on a simulated host: it starts in a fifth of the time.
let withoutSharedLibraries: [LinkerSetting] = [.unsafeFlags(["-static-executable", "-use-ld=lld"])]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: [.init(stringLiteral: name)] + dependencies, swiftSettings: strict)
}

let package = Package(
    name: "plumbline",
    products: [
        .executable(name: "plumbline", targets: ["plumbline"]),
        .executable(name: "plumbline-lab", targets: ["plumbline-lab"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    ],
    targets: [
        // Pure rooms: values in, values out.
        room("Facts"),
        room("Documents", [yams]),
        room("Scenarios", ["Facts", "Documents"]),
        room("Dialects", ["Facts"]),
        room("Verdicts", ["Facts"]),
        room("Checks", ["Facts", "Scenarios", "Verdicts"]),
        room("Plans", ["Facts", "Scenarios", "Verdicts", "Checks"]),
        room("Diagnoses", ["Facts", "Verdicts"]),
        room("Reports", ["Facts", "Verdicts"]),

        // Rooms that touch the world.
        .systemLibrary(name: "CCurlLibrary", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSSH2Library", pkgConfig: "libssh2", providers: [.apt(["libssh2-1-dev"])]),
        .target(name: "CCurl", dependencies: ["CCurlLibrary"]),
        .target(name: "CSSH2", dependencies: ["CSSH2Library"], linkerSettings: [.linkedLibrary("crypto")]),
        room("Transports", ["Facts", "CCurl", "CSSH2", subprocess, system]),
        room("Kubernetes", ["Facts", "Documents", "Transports"]),
        room("Probes", ["Facts", "Dialects", "Transports", "Kubernetes"]),
        room("Archives", ["Facts", "Verdicts"]),
        room(
            "Runs",
            [
                "Facts", "Scenarios", "Verdicts", "Checks", "Plans", "Diagnoses", "Probes", "Archives", "Kubernetes",
                "Transports",
            ]),
        .executableTarget(
            name: "plumbline",
            dependencies: [
                "Facts", "Documents", "Scenarios", "Dialects", "Verdicts", "Checks", "Plans", "Diagnoses", "Reports",
                "Transports", "Kubernetes", "Probes", "Archives", "Runs", argumentParser,
            ],
            swiftSettings: strict),

        tests("Transports", ["Facts", "HTTPPeer", "SSHPeer", subprocess]),
        tests("Probes", ["Facts", "Dialects", "Kubernetes", "Transports", "HTTPPeer", "SSHPeer"]),
        tests("Kubernetes", ["Facts", "Labs", "Transports", "HTTPPeer", "TrueServer"]),
        .target(name: "TrueServer", dependencies: ["Labs"], path: "Tests/TrueServer", swiftSettings: strict),
        .target(name: "HTTPPeer", dependencies: ["Facts"], path: "Tests/HTTPPeer", swiftSettings: strict),
        .target(
            name: "SSHPeer", dependencies: ["Transports", subprocess, system], path: "Tests/SSHPeer", swiftSettings: strict),

        // The simulated site. The product never links it.
        room(
            "Labs", ["Facts", "Documents", subprocess, system] + nio,
            resources: [
                .embedInCode("Emulation/Guests/apt.sh"), .embedInCode("Emulation/Guests/fetch.sh"),
                .embedInCode("Emulation/Guests/iproute2.sh"),
            ]),
        .executableTarget(name: "plumbline-lab", dependencies: ["Labs", argumentParser], swiftSettings: strict),
        .executableTarget(name: "plumbline-lab-door", linkerSettings: withoutSharedLibraries),

        // Measurements, each a program of its own; see `make help`.
        .executableTarget(
            name: "plumbline-ssh-benchmark", dependencies: ["Transports"], path: "Benchmarks/SSH",
            exclude: ["Peers", "benchmark.py"], swiftSettings: strict),
        .executableTarget(
            name: "plumbline-dialect-benchmark", dependencies: ["Dialects"], path: "Benchmarks/Dialects",
            exclude: ["benchmark.py"], swiftSettings: strict),

        // Tests mirror the rooms.
        tests("Documents"),
        tests("Scenarios", ["Facts", "Documents", "Verdicts", "Checks"]),
        tests("Labs", ["Facts", "Documents", "Dialects", "TrueServer", subprocess, system] + nio),
        tests("Dialects", ["Facts"]),
        tests("Reports", ["Facts", "Verdicts"]),
        tests("Archives", ["Facts", "Verdicts"]),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        tests("Checks", ["Facts", "Verdicts", "Scenarios"]),
        tests("Plans", ["Facts", "Verdicts", "Checks", "Scenarios"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["Facts", "LabRuns", "Labs", "plumbline", "plumbline-lab", "plumbline-lab-door", subprocess],
            swiftSettings: strict),
        .testTarget(
            name: "EmulatedTests",
            dependencies: ["Facts", "LabRuns", "Labs", "plumbline", "plumbline-lab", "plumbline-lab-door"],
            swiftSettings: strict),
        .target(name: "LabRuns", dependencies: ["Facts", subprocess], path: "Tests/LabRuns", swiftSettings: strict),
    ]
)
