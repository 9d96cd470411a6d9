// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that building and testing Crossbit never builds a benchmark.

let package = Package(
  name: "benchmarks",
  dependencies: [
    // By name, because the folder above may be called anything.
    .package(name: "crossbit", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "training-step",
      dependencies: [.product(name: "Crossbit", package: "crossbit")],
      path: "Sources/TrainingStep",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
