import ArrayFiles
import DataImport
import Foundation
import TestSupport
import Testing

/// A released file in small, as `Fixtures/make_releases.py` wrote it, and what must become of it.
struct Release: Decodable {
  let files: [String]
  let layout: String?
  let image: [[Double]]?
  let text: [[Double]]?
  let label: [[Double]]?
  let names: [String]?
  /// Queries, training items and items searched; nil where the file has no split.
  let split: [[Int]]?
  let partial: Bool?
  let join: Bool?
  let arrays: [String: String]?

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures").path

  static func all() throws -> [String: Release] {
    try JSONDecoder().decode(
      [String: Release].self,
      from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json"))
    )
  }

  #if MATIO
    static let hasMATIO = true
  #else
    static let hasMATIO = false
  #endif

  /// Names of the releases that this build can read.
  static var names: [String] {
    ((try? all()) ?? [:]).filter { _, release in
      hasMATIO || release.files.allSatisfy { !isVersion5($0) }
    }.keys.sorted()
  }

  private static func isVersion5(_ name: String) -> Bool {
    let bytes = (try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))) ?? Data()
    return name.contains(".mat") && !bytes.starts(with: Data("MATLAB 7.3".utf8))
  }

  /// The request that imports it.
  var request: ImportRequest {
    var request = ImportRequest(
      files: files.map { "\(Self.folder)/\($0)" },
      layout: layout.flatMap { ImportLayout.named($0) },
      command: "crossbit data import")
    request.isPartial = partial ?? false
    request.joinsByName = join ?? false
    for (role, name) in arrays ?? [:] {
      guard let role = ImportRole(rawValue: role) else { continue }
      request.arrays[.all, default: [:]][role] = name
    }
    return request
  }
}

/// The rows of a matrix of an HDF5 file; nil when it has none of that name.
func rows(_ name: String, of path: String) throws -> [[Double]]? {
  let file = try ArrayFiles.open(path: path)
  guard file.entries.contains(where: { $0.name == name }) else { return nil }
  let array = try file.read(name)
  let columns = array.shape.count == 2 ? array.shape[1] : 1
  return (0..<array.shape[0]).map { row in
    (0..<columns).map { array[row * columns + $0] }
  }
}

/// The numbers of a list of an HDF5 file; nil when it has none of that name.
func list(_ name: String, of path: String) throws -> [Int]? {
  try rows(name, of: path)?.map { Int($0[0]) }
}
