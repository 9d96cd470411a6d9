// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that building and testing Crossbit never builds a benchmark.

let crossbit = Target.Dependency.product(name: "Crossbit", package: "crossbit")

let package = Package(
  name: "benchmarks",
  dependencies: [
    // By name, because the folder above may be called anything.
    .package(name: "crossbit", path: "..")
  ],
  targets: [
    // Workers that take turns, numbers that programs of two languages make alike, and what a reader
    // must know of the machine.
    .target(name: "Contest", dependencies: [crossbit]),
    .executableTarget(
      name: "training-step", dependencies: ["Contest", crossbit], path: "Sources/TrainingStep"),
    .executableTarget(
      name: "encoding", dependencies: ["Contest", crossbit], path: "Sources/Encoding"),
    .executableTarget(
      name: "evaluation", dependencies: ["Contest", crossbit], path: "Sources/Evaluation"),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
