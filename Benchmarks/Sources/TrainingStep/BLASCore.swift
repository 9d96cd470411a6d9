import Foundation

/// The kernels that the environment asks OpenBLAS for.
enum BLASCore {
  /// The variable by which OpenBLAS is told which kernels to use.
  static let variable = "OPENBLAS_CORETYPE"

  /// The kernels that the environment asks for; nil where OpenBLAS may choose.
  static var exported: String? { ProcessInfo.processInfo.environment[variable] }

  /// Whether and to what the variable is set.
  static var description: String {
    exported.map { "`\(variable)=\($0)` exported" } ?? "`\(variable)` not set"
  }
}
