import Foundation

/// The kernels that the environment asks OpenBLAS for.
package enum BLASCore {
  /// The variable by which OpenBLAS is told which kernels to use.
  package static let variable = "OPENBLAS_CORETYPE"

  /// The kernels that the environment asks for; nil where OpenBLAS may choose.
  package static var exported: String? { ProcessInfo.processInfo.environment[variable] }

  /// Whether and to what the variable is set.
  package static var description: String {
    exported.map { "`\(variable)=\($0)` exported" } ?? "`\(variable)` not set"
  }
}
