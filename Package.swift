// swift-tools-version: 6.2
import PackageDescription

// The order of the targets is the order of the data: each imports only targets above it.
// Documentation/Architecture.md says what each one is for.

// Without libmatio all but MATLAB files before version 7.3 can be read. The environment says so and
// not a look for the library: the manifest's outcome is kept until the environment changes.
let hasMATIO = Context.environment["CROSSBIT_WITHOUT_MATIO"] == nil
let matioSettings: [SwiftSetting] = hasMATIO ? [.define("MATIO")] : []

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
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // MARK: C targets
    .target(name: "CFaultGuard"),
    .target(name: "CHDF5Shims", dependencies: ["CHDF5"]),
    .target(name: "ElementwiseKernels"),
    .target(name: "HammingKernels"),

    // MARK: Numbers
    .target(name: "Tensors", dependencies: ["COpenBLAS", "ElementwiseKernels"]),
    .target(name: "NeuralNetworks", dependencies: ["ElementwiseKernels", "Tensors"]),
    .target(name: "Retrieval", dependencies: ["HammingKernels"]),

    // MARK: Data and methods
    .target(
      name: "ArrayFiles",
      dependencies: ["CFaultGuard", "CHDF5", "CHDF5Shims", "CZlib"] + (hasMATIO ? ["CMatio"] : []),
      swiftSettings: matioSettings),
    .target(name: "CodeSets", dependencies: ["ArrayFiles", "Retrieval"]),
    .target(name: "CrossModalData", dependencies: ["ArrayFiles", "Retrieval", "Tensors"]),
    .target(
      name: "DataImport", dependencies: ["ArrayFiles", "CrossModalData", "Retrieval", "Tensors"]),
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
        "ArrayFiles", "CodeSets", "CrossModalData", "DataImport", "ExperimentKit",
        "HashingMethods", "ReportedNumbers", "Reports", "Retrieval", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "Crossbit",
      dependencies: [
        "ArrayFiles", "CrossModalData", "ExperimentKit", "HashingMethods", "NeuralNetworks",
        "ReportedNumbers", "Retrieval", "Tensors",
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
    // Reads damaged files in a process of its own, which may crash.
    .executableTarget(
      name: "ReadFiles", dependencies: ["ArrayFiles", "CrossModalData"], path: "Tests/ReadFiles"),
    .testTarget(
      name: "TensorsTests", dependencies: ["ElementwiseKernels", "Tensors", "TestSupport"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["NeuralNetworks", "Tensors", "TestSupport"]),
    .testTarget(
      name: "RetrievalTests", dependencies: ["HammingKernels", "Retrieval", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ArrayFilesTests", dependencies: ["ArrayFiles", "Tensors", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: matioSettings),
    .testTarget(
      name: "CodeSetsTests",
      dependencies: ["ArrayFiles", "CodeSets", "Retrieval", "Tensors", "TestSupport"]),
    .testTarget(
      name: "CrossModalDataTests",
      dependencies: [
        "ArrayFiles", "CHDF5", "CrossModalData", "Retrieval", "Tensors", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "DataImportTests",
      dependencies: [
        "ArrayFiles", "CrossModalData", "DataImport", "Retrieval", "Tensors", "TestSupport",
      ],
      exclude: ["Fixtures"], swiftSettings: matioSettings),
    .testTarget(
      name: "HashingMethodsTests",
      dependencies: [
        "CrossModalData", "HashingMethods", "NeuralNetworks", "Retrieval", "Tensors", "TestSupport",
      ]),
    .testTarget(name: "ReportedNumbersTests", dependencies: ["ReportedNumbers"]),
    .testTarget(
      name: "ExperimentKitTests",
      dependencies: [
        "ArrayFiles", "CrossModalData", "ExperimentKit", "HashingMethods", "NeuralNetworks",
        "ReportedNumbers",
        "Retrieval", "Tensors", "TestSupport",
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
        "ArrayFiles", "CodeSets", "CrossModalData", "CrossbitCommandLine", "ExperimentKit",
        "Experiments", "HashingMethods", "ReadFiles", "Retrieval", "Tensors", "TestExperiments",
        "TestSupport", "register-experiments",
      ]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)

if hasMATIO {
  package.targets.append(
    .systemLibrary(name: "CMatio", pkgConfig: "matio", providers: [.apt(["libmatio-dev"])]))
}

for target in package.targets
where target.type == .regular || target.type == .executable || target.type == .test {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
