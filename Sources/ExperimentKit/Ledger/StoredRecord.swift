import Foundation

/// A record found by its name, whatever experiment it belongs to.
package struct StoredRecord: Sendable {
  /// Path of the file.
  package let path: String
  /// The record.
  package let record: TrialRecord

  /// Finds a record.
  ///
  /// - Parameters:
  ///   - name: An identifier or the beginning of one, `EXPERIMENT/` before it where several experiments
  ///     have a trial of that name, or the path of a file.
  ///   - results: Folder of the results.
  /// - Throws: ``RecordProblem``, or ``StorageError`` when the file cannot be read.
  package init(named name: String, in results: String) throws {
    path = try Self.path(of: name, in: results)
    guard let data = try WholeFile.read(path) else { throw RecordProblem.unknown(name, results) }
    do {
      record = try RecordFile.decode(data)
    } catch {
      throw RecordProblem.damaged(path, error.description)
    }
  }

  private static func path(of name: String, in results: String) throws(RecordProblem) -> String {
    if name.hasSuffix(".json") { return name }
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    let experiments = parts.count == 2 ? [parts[0]] : Self.entries(of: results)
    let beginning = parts.last ?? name
    let paths = experiments.flatMap { experiment in
      Self.entries(of: "\(results)/\(experiment)/trials")
        .filter { $0.hasPrefix(beginning) && $0.hasSuffix(".json") }
        .map { "\(results)/\(experiment)/trials/\($0)" }
    }
    // Experiments may share a trial; its codes are the same.
    let identifiers = Set(paths.compactMap { $0.split(separator: "/").last })
    guard let path = paths.first else { throw .unknown(name, results) }
    guard identifiers.count == 1 else {
      throw .ambiguous(name, identifiers.map { String($0.dropLast(".json".count)) }.sorted())
    }
    return path
  }

  private static func entries(of folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// The experiment that the file lies under, where it lies where runs put it.
  package var experiment: String? {
    let parts = path.split(separator: "/")
    return parts.count >= 3 && parts[parts.count - 2] == "trials"
      ? String(parts[parts.count - 3]) : nil
  }
}

/// Why no record is found by a name.
package enum RecordProblem: Error, Equatable, CustomStringConvertible {
  /// There is none.
  case unknown(_ name: String, _ results: String)
  /// There are several.
  case ambiguous(_ name: String, _ identifiers: [String])
  /// There is a file that is no intact record.
  case damaged(_ path: String, _ reason: String)

  /// One sentence.
  package var description: String {
    switch self {
    case .unknown(let name, let results):
      return
        "\(results) holds no record whose name begins with \(name); `crossbit plan NAME` prints "
        + "the names of an experiment's trials."
    case .ambiguous(let name, let identifiers):
      let shown = identifiers.prefix(5).joined(separator: ", ")
      let rest = identifiers.count > 5 ? ", …" : ""
      return "\(identifiers.count) records have names that begin with \(name): \(shown)\(rest)."
    case .damaged(let path, let reason):
      return "The record \(path) is damaged: \(reason)."
    }
  }
}
