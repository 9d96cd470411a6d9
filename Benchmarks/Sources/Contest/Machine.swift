import Foundation

/// What a reader must know of the machine.
enum Machine {
  /// The variable by which OpenBLAS is told which kernels to use.
  static let blasCoreVariable = "OPENBLAS_CORETYPE"

  /// The kernels that the environment asks for; nil where OpenBLAS may choose.
  static var exportedBLASCore: String? { ProcessInfo.processInfo.environment[blasCoreVariable] }

  /// Processor model, core count, system and the exported kernel choice.
  static var description: String {
    let processor = field("model name", of: "/proc/cpuinfo", separator: ":") ?? "unknown processor"
    let system = field("PRETTY_NAME", of: "/etc/os-release", separator: "=") ?? "unknown system"
    let cores = ProcessInfo.processInfo.processorCount
    let kernels =
      exportedBLASCore.map { "`\(blasCoreVariable)=\($0)` exported" }
      ?? "`\(blasCoreVariable)` not set"
    return "\(processor), \(cores) cores, \(system), \(kernels)"
  }

  private static func field(_ name: String, of path: String, separator: Character) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return text.split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(separator: separator, maxSplits: 1).last
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"\t")) }
  }
}
