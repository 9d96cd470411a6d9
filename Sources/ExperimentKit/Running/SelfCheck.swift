import Subprocess
import SystemPackage

/// Asks a second process of this program what it would do under another environment.
package enum SelfCheck {
  /// The kernel set that OpenBLAS chooses without an environment variable; nil when it cannot be
  /// asked.
  ///
  /// OpenBLAS chooses while the program is loaded, so this process cannot find out by itself.
  ///
  /// - Parameters:
  ///   - variable: The environment variable to leave out.
  ///   - arguments: Arguments with which this program prints the kernel set.
  package static func blasCore(
    without variable: String, arguments: [String]
  ) async -> String? {
    guard let key = Environment.Key(rawValue: variable) else { return nil }
    let result = try? await Subprocess.run(
      .path("/proc/self/exe"), arguments: Arguments(arguments),
      environment: .inherit.updating([key: nil]), output: .string(limit: 4096))
    guard let result, result.terminationStatus.isSuccess else { return nil }
    return result.standardOutput.split(separator: "\n").first.map(String.init)
  }
}
