package import ElementwiseKernels
import Foundation

/// The element-wise kernels of the best instruction set that this processor has.
///
/// `CROSSBIT_SIMD` set to `scalar`, `avx2` or `avx512` lowers the choice; a level that the
/// processor lacks is not taken. All levels return the same bits.
package enum Elementwise {
  /// The table in use.
  package static var kernels: ewk_kernels { chosen.kernels }

  /// Name of the level in use.
  package static var levelName: String { chosen.level.name }

  /// The levels that this processor can run, least first.
  package static let supportedLevels: [ewk_level] = [EWK_SCALAR, EWK_AVX2, EWK_AVX512]
    .filter(ewk_supports)

  /// The kernels of one level.
  package static func kernels(of level: ewk_level) -> ewk_kernels { ewk_kernels_of(level).pointee }

  private static let chosen: (level: ewk_level, kernels: ewk_kernels) = {
    let wanted =
      switch ProcessInfo.processInfo.environment["CROSSBIT_SIMD"] {
      case "scalar", "popcnt": EWK_SCALAR
      case "avx2": EWK_AVX2
      default: EWK_AVX512
      }
    let level = supportedLevels.last { $0.rawValue <= wanted.rawValue } ?? EWK_SCALAR
    return (level, kernels(of: level))
  }()
}

extension ewk_level {
  /// The name that `CROSSBIT_SIMD` takes.
  package var name: String {
    switch self {
    case EWK_AVX512: "avx512"
    case EWK_AVX2: "avx2"
    default: "scalar"
    }
  }
}
