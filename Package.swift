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

let package = Package(
    name: "activation-service",
    products: [
        .library(name: "Activations", targets: ["Activations"]),
        // Unstable: for the benchmark and fuzz packages of this repository only.
        .library(name: "JSON", targets: ["JSON"]),
        .library(name: "HTTP", targets: ["HTTP"]),
        .executable(name: "activation-server", targets: ["activation-server"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        .target(name: "Activations", swiftSettings: sourceSettings, linkerSettings: [.linkedLibrary("m")]),
        .target(name: "JSON", swiftSettings: sourceSettings),
        .target(name: "HTTP", swiftSettings: sourceSettings),
        .systemLibrary(name: "CLinux"),
        .target(name: "SocketServer", dependencies: ["CLinux", "HTTP"], swiftSettings: sourceSettings),
        .target(name: "ActivationAPI", dependencies: ["Activations", "HTTP", "JSON"], swiftSettings: sourceSettings),
        .executableTarget(
            name: "activation-server",
            dependencies: [
                "ActivationAPI", "SocketServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: sourceSettings),

        .testTarget(name: "ActivationsTests", dependencies: ["Activations"], swiftSettings: testSettings),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: testSettings),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP"], swiftSettings: testSettings),
        .testTarget(name: "SocketServerTests", dependencies: ["SocketServer"], swiftSettings: testSettings),
        .testTarget(
            name: "ActivationAPITests", dependencies: ["ActivationAPI"], swiftSettings: testSettings),
        .testTarget(
            name: "ActivationServerTests", dependencies: ["activation-server"], swiftSettings: testSettings),
        .systemLibrary(name: "CCurl", path: "Tests/CCurl"),
        .testTarget(
            name: "IntegrationTests", dependencies: ["CCurl", "activation-server"], swiftSettings: testSettings),
        .testTarget(name: "RepositoryTests", swiftSettings: testSettings),
    ],
    swiftLanguageModes: [.v6]
)
