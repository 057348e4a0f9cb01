// swift-tools-version: 6.2
import PackageDescription

/// Every source target: any warning fails the build, each unsafe use is marked, and views into buffers have lifetimes
/// that the compiler checks (`Lifetimes`, for `RequestHead` and the spans taken from it).
let sourceSettings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableExperimentalFeature("Lifetimes"),
]

let testSettings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableExperimentalFeature("Lifetimes"),
]

/// Lets each turn of a vector loop compute four vectors, whose long chains of dependent steps then overlap: a third
/// faster.
let interleaving = ["-Xllvm", "-force-vector-interleave=4"]

/// For modules that are optimised in debug builds too.
let optimizedInDebug = SwiftSetting.unsafeFlags(
    ["-O", "-whole-module-optimization", "-num-threads", "1", "-disable-batch-mode"],
    .when(configuration: .debug))

/// A module that is compiled for a vector width that not every x86-64 processor has.
///
/// Optimised in debug builds too: code that is not would call generic helpers, of which the linker keeps one copy for
/// the whole program. See docs/decisions/0010-one-module-a-vector-width.md.
func wideTarget(
    _ name: String, dependencies: [Target.Dependency], features: [String], settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies,
        swiftSettings: sourceSettings + settings + [
            .unsafeFlags(features.flatMap { ["-Xcc", $0] }),
            optimizedInDebug,
        ])
}

/// The formulas of `Activations`, compiled once more.
func wideActivations(_ name: String, features: [String]) -> Target {
    wideTarget(
        name, dependencies: ["ActivationInterface"], features: features,
        settings: [.define("FUSED_MULTIPLY_ADD"), .unsafeFlags(interleaving)])
}

#if arch(x86_64)
    let avx512 = ["-march=haswell", "-mavx512f", "-mavx512vl", "-mavx512dq", "-mavx512bw", "-mavx512cd"]
    let wideActivationTargets = [
        wideActivations("ActivationsAVX2", features: ["-march=haswell"]),
        wideActivations("ActivationsAVX512", features: avx512),
    ]
    let wideJSONTargets = [
        wideTarget(
            "JSONAVX512", dependencies: ["CProcessor"],
            features: avx512 + ["-mavx512ifma", "-mavx512vbmi", "-mavx512vpopcntdq"],
            settings: [.unsafeFlags(["-Xllvm", "-vectorize-slp=0"])])
    ]
#else
    let wideActivationTargets: [Target] = []
    let wideJSONTargets: [Target] = []
#endif

let package = Package(
    name: "activation-service",
    products: [
        .library(name: "Activations", targets: ["Activations"]),
        // Unstable: for the benchmark and fuzz packages of this repository only.
        .library(name: "JSON", targets: ["JSON"]),
        .library(name: "HTTP", targets: ["HTTP"]),
        .executable(name: "activation-server", targets: ["activation-server"]),
    ],
    traits: [
        .default(enabledTraits: ["Server"]),
        .trait(
            name: "Server",
            description: "What activation-server needs. Without it, users of the library fetch no other package."),
    ],
    // Ranges, so that packages that want later versions can depend on this one: docs/decisions/0058-version-ranges.md.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "ActivationInterface", swiftSettings: sourceSettings),
        .systemLibrary(name: "CProcessor"),
        .target(
            name: "Activations",
            dependencies: ["ActivationInterface", "CProcessor", "Exact"]
                + wideActivationTargets.map { .byName(name: $0.name) },
            swiftSettings: sourceSettings + [.unsafeFlags(interleaving)], linkerSettings: [.linkedLibrary("m")]),
        // Exact arithmetic in debug builds would make the tests several times slower.
        .target(name: "Exact", swiftSettings: sourceSettings + [optimizedInDebug]),
        .target(
            name: "JSON", dependencies: ["CProcessor"] + wideJSONTargets.map { .byName(name: $0.name) },
            swiftSettings: sourceSettings),
        .target(name: "HTTP", swiftSettings: sourceSettings),
        .target(name: "Locking", swiftSettings: sourceSettings),
        .target(name: "Metrics", dependencies: ["HTTP", "Locking"], swiftSettings: sourceSettings),
        .systemLibrary(name: "CLinux"),
        .target(
            name: "SocketServer", dependencies: ["CLinux", "CProcessor", "HTTP", "Locking"],
            swiftSettings: sourceSettings),
        .target(
            name: "ActivationAPI", dependencies: ["Activations", "HTTP", "JSON", "Locking"],
            // Taken over into PlaygroundSources.swift by Scripts/embed-playground.
            exclude: ["Playground/Page"], swiftSettings: sourceSettings),
        .executableTarget(
            name: "activation-server",
            dependencies: [
                "ActivationAPI", "Activations", "Locking", "Metrics", "SocketServer",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["Server"])),
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Server"])),
            ],
            swiftSettings: sourceSettings),

        .target(name: "RepeatableRandom", path: "Tests/RepeatableRandom", swiftSettings: testSettings),
        .target(
            name: "SampleActivations", dependencies: ["Activations"], path: "Tests/SampleActivations",
            swiftSettings: testSettings),
        .testTarget(
            name: "ActivationsTests", dependencies: ["Activations", "Exact", "RepeatableRandom", "SampleActivations"],
            exclude: ["Golden"], swiftSettings: testSettings),
        .testTarget(name: "ExactTests", dependencies: ["Exact", "RepeatableRandom"], swiftSettings: testSettings),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "RepeatableRandom"], swiftSettings: testSettings),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP"], swiftSettings: testSettings),
        .testTarget(name: "MetricsTests", dependencies: ["HTTP", "Metrics"], swiftSettings: testSettings),
        .testTarget(
            name: "SocketServerTests", dependencies: ["Locking", "SocketServer"], swiftSettings: testSettings),
        .testTarget(
            name: "ActivationAPITests",
            dependencies: ["ActivationAPI", "Locking", "RepeatableRandom", "SampleActivations"],
            swiftSettings: testSettings),
        .testTarget(
            name: "ActivationServerTests", dependencies: ["Locking", "activation-server"], swiftSettings: testSettings),
        .systemLibrary(name: "CCurl", path: "Tests/CCurl"),
        .testTarget(
            name: "IntegrationTests", dependencies: ["Activations", "CCurl", "Locking", "activation-server"],
            swiftSettings: testSettings),
        .testTarget(name: "RepositoryTests", swiftSettings: testSettings),
    ] + wideActivationTargets + wideJSONTargets,
    swiftLanguageModes: [.v6]
)
