import Foundation
import Testing

/// The JSON of `crossbit evaluate`, taken apart.
///
/// `JSONSerialization` would not do: it was seen to change the last digit of numbers, which the tests
/// compare bit for bit.
struct EvaluationDocument: Decodable {
  struct Task: Decodable {
    var answerable: Int
    var measures: [String: Values]
    /// Lines by curve and tie rule.
    var curves: [String: [String: Line]]
  }

  struct Values: Decodable {
    var expected: Double?
    var worst: Double?
    var best: Double?
    var databaseOrder: Double?
    var queries: Int
  }

  struct Line: Decodable {
    var position: [Double]
    var precision: [Double]
    var recall: [Double]
  }

  struct Provenance: Decodable {
    struct Array: Decodable {
      var file: String
      var name: String
      var shape: [Int]
      var reading: String
    }

    var crossbit: String
    var sha256: [String: String]
    var arrays: [String: Array]
  }

  var bits: Int
  var queries: Int
  var database: Int
  var unlabelled: [String: Int]
  var tasks: [String: Task]
  var provenance: Provenance

  init(_ text: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }

  func task(_ name: String) throws -> Task { try #require(tasks[name], "no task \(name)") }

  /// The means of a measure.
  func values(_ task: String, _ measure: String) throws -> Values {
    try #require(self.task(task).measures[measure], "no \(measure)")
  }
}
