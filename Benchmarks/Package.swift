// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Compared with where it is installed (Debian: libsimdjson-dev).
let hasSimdjson = FileManager.default.fileExists(atPath: "/usr/include/simdjson.h")

// A package of its own, so that what it needs stays out of the service's dependencies.
let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "activation-service", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "ActivationBenchmarks",
            dependencies: [
                .product(name: "Activations", package: "activation-service"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/ActivationBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "accuracy", dependencies: [.product(name: "Activations", package: "activation-service")]),
        .target(
            name: "CxxNumbers", cxxSettings: [.unsafeFlags(["-O3"])],
            linkerSettings: hasSimdjson ? [.linkedLibrary("simdjson")] : []),
        .executableTarget(
            name: "roundtrip", dependencies: [.product(name: "JSON", package: "activation-service")]),
        .executableTarget(
            name: "numbers", dependencies: ["CxxNumbers", .product(name: "JSON", package: "activation-service")]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
