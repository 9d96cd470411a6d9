import ExperimentKit
import HashingMethods
import Retrieval

/// Means over seeds of the curves that trials keep.
enum Curves {
  /// One point of a precision–recall curve, by radius.
  struct RecallPoint {
    let radius: Int
    let precision: SeedSummary
    let recall: SeedSummary
  }

  /// One step of a learning curve.
  struct LearningPoint {
    let stage: String
    let step: Int
    /// `loss`, or the name of a further figure.
    let quantity: String
    let value: SeedSummary
  }

  /// Mean precision and recall at each radius that every result has.
  static func precisionRecall(of results: [RetrievalResult]) -> [RecallPoint] {
    guard let shortest = results.map(\.precisionRecall).min(by: { $0.count < $1.count }) else {
      return []
    }
    return shortest.compactMap { point in
      let points = results.compactMap { result in
        result.precisionRecall.first { $0.radius == point.radius }
      }
      guard points.count == results.count else { return nil }
      return RecallPoint(
        radius: point.radius, precision: SeedSummary(points.map(\.precision)),
        recall: SeedSummary(points.map(\.recall)))
    }
  }

  /// One point of a further curve.
  struct FurtherPoint {
    /// Radius in bits, level of recall or cut-off k.
    let position: Double
    let precision: SeedSummary
    let recall: SeedSummary
  }

  /// Mean of a further curve under each tie rule that every result has, point by point.
  static func further(
    _ curve: RetrievalCurve, of results: [RetrievalResult]
  ) -> [(order: TieOrder?, points: [FurtherPoint])] {
    let measured = results.compactMap { result in result.curves.first { $0.curve == curve } }
    guard measured.count == results.count, let first = measured.first else { return [] }
    return first.lines.compactMap { line in
      let lines = measured.compactMap { $0.lines.first { $0.order == line.order }?.points }
      guard lines.allSatisfy({ $0.count == line.points.count }), lines.count == results.count
      else { return nil }
      let points = line.points.indices.map { place in
        FurtherPoint(
          position: line.points[place].position,
          precision: SeedSummary(lines.map { $0[place].precision }),
          recall: SeedSummary(lines.map { $0[place].recall }))
      }
      return (line.order, points)
    }
  }

  /// Most steps of a stage that are kept: more than a plot can show, few enough to keep in history.
  static let stepLimit = 100

  /// Mean loss and figures at each step, stages in the order they were trained.
  ///
  /// A stage with more than ``stepLimit`` steps is thinned evenly; first and last step stay. A step
  /// that some seeds lack is averaged over the others; the count says so.
  static func learning(of records: [TrialRecord]) -> [LearningPoint] {
    var seen: Set<String> = []
    let stages = records.flatMap(\.learningCurve).map(\.stage).filter { seen.insert($0).inserted }
    return stages.flatMap { stage in
      let points = records.flatMap(\.learningCurve).filter { $0.stage == stage }
      let steps = thinned(Set(points.map(\.step)).sorted())
      let bySteps = Dictionary(grouping: points, by: \.step)
      let quantities = ["loss"] + Set(points.flatMap(\.figures.keys)).subtracting(["loss"]).sorted()
      return quantities.flatMap { quantity in
        steps.compactMap { step in
          let values = (bySteps[step] ?? []).compactMap {
            quantity == "loss" ? $0.loss : $0.figures[quantity]
          }
          return values.isEmpty
            ? nil
            : LearningPoint(
              stage: stage, step: step, quantity: quantity, value: SeedSummary(values))
        }
      }
    }
  }

  private static func thinned(_ steps: [Int]) -> [Int] {
    guard steps.count > stepLimit else { return steps }
    return (0..<stepLimit).map { steps[$0 * (steps.count - 1) / (stepLimit - 1)] }
  }
}

extension FinishedTrials.Group {
  /// The results of one row of a table at one code length, by ascending seed.
  func results(
    of key: SubjectKey, bits: Int, task: RetrievalTask, databaseCodes: DatabaseCodes
  ) -> [RetrievalResult] {
    records(of: key, bits: bits).compactMap { record in
      record.results.first { $0.task == task && $0.databaseCodes == databaseCodes }?.result
    }
  }
}
