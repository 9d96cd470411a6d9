import Foundation
package import HammingKernels

/// An instruction-set level that the kernels over packed bits are compiled for.
///
/// All levels give the same numbers; they differ in speed only.
package enum SIMDLevel: String, Sendable, CaseIterable {
  case scalar, popcnt, avx2, avx512

  /// The environment variable that overrides the choice.
  package static let variable = "CROSSBIT_SIMD"

  private static let choice = Result { () throws(RetrievalError) in
    try resolve(override: ProcessInfo.processInfo.environment[variable])
  }

  /// The level in use: the highest that the processor runs, or what `CROSSBIT_SIMD` says.
  ///
  /// The choice is made once a process.
  ///
  /// - Throws: `RetrievalError` when the variable holds no level or one that cannot run here.
  package static var current: SIMDLevel {
    get throws(RetrievalError) { try choice.get() }
  }

  /// The levels that this processor runs, in rising order.
  package static var supported: [SIMDLevel] { allCases.filter(\.isSupported) }

  /// The level for a value of `CROSSBIT_SIMD`, nil when it is not set.
  ///
  /// - Throws: `RetrievalError` when the value is no level or one that cannot run here.
  package static func resolve(override: String?) throws(RetrievalError) -> SIMDLevel {
    guard let override else { return supported.last ?? .scalar }
    guard let level = SIMDLevel(rawValue: override) else {
      throw .unknownSIMDLevel(override)
    }
    guard level.isSupported else { throw .unsupportedSIMDLevel(override) }
    return level
  }

  /// Whether this processor runs the level.
  package var isSupported: Bool { hamming_level_is_supported(kernelLevel) }

  /// The kernels of the level.
  ///
  /// - Precondition: The processor runs the level.
  package var kernels: hamming_kernels {
    precondition(isSupported, "the processor does not run \(rawValue)")
    return hamming_kernels_at(kernelLevel)
  }

  private var kernelLevel: hamming_level {
    switch self {
    case .scalar: hamming_level_scalar
    case .popcnt: hamming_level_popcnt
    case .avx2: hamming_level_avx2
    case .avx512: hamming_level_avx512
    }
  }
}
