import Retrieval
import Testing

@Suite("Measures beside other programs")
struct OutsideReferenceTests {
  static let setNames = ["tiny", "ties16", "labels255", "wide130", "distinct256"]

  /// The code set of a name with what was recorded about it.
  private static func recordings(
    _ name: String
  ) throws -> (set: RecordedCodeSet, references: [RankingReference]) {
    let set = try recorded([RecordedCodeSet].self, "CodeSets").first { $0.name == name }
    let references = try recorded([RankingReference].self, "RankingReferences")
    return (try #require(set), references.filter { $0.set == name })
  }

  @Test("Every recorded set is walked through")
  func complete() throws {
    let references = try recorded([RankingReference].self, "RankingReferences")
    #expect(Set(references.map(\.set)) == Set(Self.setNames))
    for name in Self.setNames {
      // Short of a tool, the recording would test less than it says.
      let tools = references.filter { $0.set == name }.compactMap {
        $0.tool.split(separator: " ")[0]
      }
      #expect(
        Set(tools) == [
          "scikit-learn", "pytrec_eval-terrier", "torchmetrics", "pytorch-metric-learning",
          "field_definitions.py,",
        ])
    }
  }

  @Test("The value of each query is what other programs find", arguments: setNames)
  func values(name: String) throws {
    let (set, references) = try Self.recordings(name)
    let measured = references.filter { $0.values != nil }
    #expect(!measured.isEmpty)
    let measures = try Set(measured.compactMap(\.measure)).map { try Measure(name: $0) }
    let specification = MeasureSpecification(measures: measures)
    for query in set.queryCodes.indices {
      // Alone, a query is its own mean, which has a value for every order inside ties.
      let result = try set.result(queries: [query], specification)
      for reference in measured {
        guard let expected = reference.values?[query], let order = reference.order else { continue }
        let seen = result.measures.first { $0.measure.description == reference.measure }
        try expect(seen?.mean.value(order), expected, reference, "query \(query)")
      }
    }
  }

  @Test("Unanswerable queries have no value", arguments: setNames)
  func unanswerable(name: String) throws {
    let (set, references) = try Self.recordings(name)
    let result = try set.result(queries: Array(set.queryCodes.indices), MeasureSpecification())
    let reference = try #require(
      references.first { $0.measure == "mAP@all" && $0.values != nil }?.values)
    #expect(result.averagePrecision.map { $0 == nil } == reference.map { $0 == nil })
  }

  @Test("Means over queries divide as the definitions of the field do", arguments: setNames)
  func means(name: String) throws {
    let (set, references) = try Self.recordings(name)
    let meant = references.filter { $0.mean != nil }
    #expect(!meant.isEmpty)
    let measures = try Set(meant.compactMap(\.measure)).map { try Measure(name: $0) }
    let result = try set.result(
      queries: Array(set.queryCodes.indices), MeasureSpecification(measures: measures))
    // A name of a recording may put its options in another order than ours.
    for reference in meant {
      guard let mean = reference.mean, let order = reference.order, let name = reference.measure
      else { continue }
      let measure = try Measure(name: name)
      let seen = result.measures.first { $0.measure == measure }
      try expect(seen?.mean.value(order), mean, reference, "mean")
    }
  }

  @Test("Curves pass through the points of other programs", arguments: setNames)
  func curves(name: String) throws {
    let (set, references) = try Self.recordings(name)
    let drawn = references.filter { $0.curve != nil }
    #expect(!drawn.isEmpty)
    let curves = try Set(drawn.compactMap(\.curve)).map { try RetrievalCurve(name: $0) }
    let result = try set.result(
      queries: Array(set.queryCodes.indices), MeasureSpecification(curves: curves))
    for reference in drawn {
      let curve = result.curves.first { $0.curve.description == reference.curve }
      let line = try #require(curve?.lines.first { $0.order == reference.order })
      for point in try #require(reference.points) {
        let position = try #require(point[0])
        let seen = line.points.first { $0.position == position }
        if let precision = point[1] {
          try expect(seen?.precision, precision, reference, "precision at \(position)")
        }
        if let recall = point[2] {
          try expect(seen?.recall, recall, reference, "recall at \(position)")
        }
      }
    }
  }

  private func expect(
    _ seen: Double?, _ expected: Double, _ reference: RankingReference, _ place: String
  ) throws {
    let seen = try #require(seen, "\(reference.measure ?? reference.curve ?? "") was not measured")
    #expect(
      abs(seen - expected) <= reference.tolerance ?? roundingTolerance,
      """
      \(reference.measure ?? reference.curve ?? ""), \(place): \(seen) is not \(expected) of \
      \(reference.tool), \(reference.call)
      """)
  }
}
