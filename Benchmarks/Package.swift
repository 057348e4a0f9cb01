// swift-tools-version: 6.2
import PackageDescription

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
    ],
    swiftLanguageModes: [.v6]
)
