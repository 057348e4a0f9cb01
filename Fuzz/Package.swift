// swift-tools-version: 6.2
import PackageDescription

/// Coverage-guided fuzzing, in a package of its own so that the service needs nothing of it.
///
/// Built and run by `Scripts/fuzz`, which adds the sanitizers.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableExperimentalFeature("Lifetimes"),
]

/// The default linker fails on libFuzzer's second `main`.
let linking: [LinkerSetting] = [.unsafeFlags(["-use-ld=lld"])]

let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "activation-service", path: "..")],
    targets: [
        .target(
            name: "FuzzSupport", dependencies: [.product(name: "HTTP", package: "activation-service")],
            swiftSettings: settings),
        .executableTarget(
            name: "FuzzRequest", dependencies: ["FuzzSupport"], swiftSettings: settings, linkerSettings: linking),
        .executableTarget(
            name: "FuzzChunked", dependencies: ["FuzzSupport"], swiftSettings: settings, linkerSettings: linking),
        .executableTarget(
            name: "FuzzConnection", dependencies: ["FuzzSupport"], swiftSettings: settings, linkerSettings: linking),
        .executableTarget(
            name: "FuzzJSON",
            dependencies: ["FuzzSupport", .product(name: "JSON", package: "activation-service")],
            swiftSettings: settings, linkerSettings: linking),
    ],
    swiftLanguageModes: [.v6]
)
