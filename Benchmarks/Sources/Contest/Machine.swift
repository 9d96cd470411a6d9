import Foundation

/// What a reader must know of the machine.
package enum Machine {
  /// Processor model, core count and system.
  package static var description: String {
    let processor = field("model name", of: "/proc/cpuinfo", separator: ":") ?? "unknown processor"
    let system = field("PRETTY_NAME", of: "/etc/os-release", separator: "=") ?? "unknown system"
    return "\(processor), \(ProcessInfo.processInfo.processorCount) cores, \(system)"
  }

  /// Mean number of busy processes over the last minute, or nil where the system does not say.
  package static var loadAverage: Double? {
    guard let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8) else {
      return nil
    }
    return text.split(separator: " ").first.flatMap { Double($0) }
  }

  private static func field(_ name: String, of path: String, separator: Character) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return text.split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(separator: separator, maxSplits: 1).last
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"\t")) }
  }
}
