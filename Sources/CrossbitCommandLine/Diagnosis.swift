import ArrayFiles
import CrossModalData
import ExperimentKit
import Foundation
import Retrieval
import Tensors

/// What a program, a machine and a folder are good for, as `crossbit doctor` prints it.
struct Diagnosis {
  /// One finding a line; a line that starts with `!` wants attention.
  let lines: [String]

  /// The kernel set that OpenBLAS uses in this process.
  static var blasCore: String { BLAS.coreName }

  init(dataFolder: String, resultsFolder: String) async {
    lines =
      Self.program + (await Self.blas) + Self.processor
      + Self.storage(resultsFolder) + Self.data(dataFolder)
  }

  // MARK: - Program

  private static var program: [String] {
    ["crossbit    \(ProgramVersion.current), \(build) build, \(compiler)", hdf5]
  }

  private static var build: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }

  private static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2"
    #endif
  }

  private static var hdf5: String { "HDF5        \(HDF5Library.version)" }

  // MARK: - Processor

  private static var blas: [String] {
    get async {
      var lines = [
        "OpenBLAS    \(BLAS.configuration)",
        "BLAS core   \(blasCore), 1 thread in each trial",
      ]
      let variable = "OPENBLAS_CORETYPE"
      if let forced = ProcessInfo.processInfo.environment[variable],
        let own = await SelfCheck.blasCore(
          without: variable, arguments: ["doctor", "--blas-core"]), own != blasCore
      {
        lines.append(
          "! \(variable)=\(forced) holds BLAS down to \(blasCore); this processor would use \(own): "
            + "unset it, and mind that codes differ between kernels as between seeds")
      }
      return lines
    }
  }

  private static var processor: [String] {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let level: String
    do {
      level = try SIMDLevel.current.rawValue
    } catch {
      return ["cores       \(cores)", "! \(error)"]
    }
    let supported = SIMDLevel.supported.map(\.rawValue).joined(separator: ", ")
    return [
      "cores       \(cores), so \(cores) trials at a time",
      "Hamming     \(level) (this processor runs \(supported))",
    ]
  }

  // MARK: - Files

  /// Free space below which a warning is due: records of a large grid take some hundred MB.
  private static let scarceBytes = 1 << 30

  private static func storage(_ folder: String) -> [String] {
    // The folder of the results need not be there yet.
    var path = folder
    while access(path, F_OK) != 0, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      path = String(path[..<slash])
    }
    if access(path, F_OK) != 0 { path = "." }
    var status = statvfs()
    guard statvfs(path, &status) == 0 else {
      return ["! free disk   unknown: \(String(cString: strerror(errno)))"]
    }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    let text = String(format: "free disk   %.1f GB for %@", Double(free) / 1e9, folder)
    let isWritable = access(path, W_OK) == 0
    return [free < scarceBytes ? "! \(text)" : text]
      + (isWritable ? [] : ["! \(folder) cannot be written"])
  }

  private static func data(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let files = names.filter { $0.hasSuffix(".h5") }.sorted()
    guard !files.isEmpty else { return ["! data        no .h5 file in \(folder)"] }
    return files.map { name in
      do {
        let file = try DatasetFile(path: "\(folder)/\(name)")
        let missing =
          file.missing.isEmpty
          ? "" : ", partial: without \(file.missing.joined(separator: " and "))"
        return "data        \(folder)/\(name), \(file.itemCount) items\(missing)"
      } catch {
        return "! data        \(error)"
      }
    }
  }
}
