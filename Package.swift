// swift-tools-version: 6.2
import PackageDescription

// The order of the targets is the order of the data: each imports only targets above it.
// Documentation/Architecture.md says what each one is for.

let package = Package(
  name: "crossbit",
  products: [
    .executable(name: "crossbit", targets: ["Experiments"]),
    .library(name: "Crossbit", targets: ["Crossbit"]),
  ],
  dependencies: [
    // Command-line parsing, help and validation.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Worker processes.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    // The type of paths that swift-subprocess takes; it depends on it anyway.
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
  ],
  targets: [
    // MARK: System libraries
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),

    // MARK: C targets
    .target(name: "CHDF5Shims", dependencies: ["CHDF5"]),
    .target(name: "ElementwiseKernels"),
    .target(name: "HammingKernels"),

    // MARK: Numbers
    .target(name: "Tensors", dependencies: ["COpenBLAS", "ElementwiseKernels"]),
    .target(name: "NeuralNetworks", dependencies: ["ElementwiseKernels", "Tensors"]),
    .target(name: "Retrieval", dependencies: ["HammingKernels"]),

    // MARK: Data and methods
    .target(name: "CrossModalData", dependencies: ["CHDF5", "CHDF5Shims", "Retrieval", "Tensors"]),
    .target(
      name: "HashingMethods",
      dependencies: [
        "CrossModalData", "ElementwiseKernels", "NeuralNetworks", "Retrieval", "Tensors",
      ]),

    // MARK: Experiments and reports
    .target(name: "ReportedNumbers"),
    .target(
      name: "ExperimentKit",
      dependencies: [
        "CrossModalData", "HashingMethods", "ReportedNumbers", "Retrieval", "Tensors",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Reports",
      dependencies: ["ExperimentKit", "HashingMethods", "ReportedNumbers", "Retrieval", "Tensors"]),

    // MARK: What a user touches
    .target(
      name: "CrossbitCommandLine",
      dependencies: [
        "CrossModalData", "ExperimentKit", "HashingMethods", "ReportedNumbers", "Reports",
        "Retrieval", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "Crossbit",
      dependencies: [
        "CrossModalData", "ExperimentKit", "HashingMethods", "NeuralNetworks", "ReportedNumbers",
        "Retrieval", "Tensors",
      ]),
    .executableTarget(name: "register-experiments"),
    .plugin(
      name: "RegisterExperiments", capability: .buildTool(),
      dependencies: ["register-experiments"]),
    .executableTarget(
      name: "Experiments", dependencies: ["Crossbit", "CrossbitCommandLine"], path: "Experiments",
      plugins: ["RegisterExperiments"]),

    // MARK: Tests
    .target(
      name: "TestSupport", dependencies: ["CHDF5", "CHDF5Shims", "Tensors"],
      path: "Tests/TestSupport"),
    .testTarget(
      name: "TensorsTests", dependencies: ["ElementwiseKernels", "Tensors", "TestSupport"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["NeuralNetworks", "Tensors", "TestSupport"]),
    .testTarget(
      name: "RetrievalTests", dependencies: ["HammingKernels", "Retrieval", "TestSupport"]),
    .testTarget(
      name: "CrossModalDataTests",
      dependencies: ["CHDF5", "CrossModalData", "Retrieval", "Tensors", "TestSupport"]),
    .testTarget(
      name: "HashingMethodsTests",
      dependencies: [
        "CrossModalData", "HashingMethods", "NeuralNetworks", "Retrieval", "Tensors", "TestSupport",
      ]),
    .testTarget(name: "ReportedNumbersTests", dependencies: ["ReportedNumbers"]),
    .testTarget(
      name: "ExperimentKitTests",
      dependencies: [
        "CrossModalData", "ExperimentKit", "HashingMethods", "ReportedNumbers", "Retrieval",
        "Tensors", "TestSupport",
      ]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "ExperimentKit", "HashingMethods", "ReportedNumbers", "Reports", "Retrieval", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    // A program like crossbit with experiments that are tiny, slow or wrong.
    .executableTarget(
      name: "TestExperiments", dependencies: ["Crossbit", "CrossbitCommandLine"],
      path: "Tests/TestExperiments"),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "CrossModalData", "CrossbitCommandLine", "ExperimentKit", "Experiments", "HashingMethods",
        "Retrieval", "TestExperiments", "TestSupport", "register-experiments",
      ]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)

for target in package.targets
where target.type == .regular || target.type == .executable || target.type == .test {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
