import CrossModalData
import Retrieval

/// Why a valid manifest does not fit the data it names.
package enum PlanProblem: Error, Equatable, CustomStringConvertible {
  /// A measure needs more items than are searched.
  case cutoffBeyondRetrievalSet(
    experiment: String, dataset: String, split: String, cutoff: Int, retrievalCount: Int)
  /// A measure or curve by name does not fit the retrieval set or the code length.
  case unfitMeasure(
    experiment: String, measure: String, dataset: String, split: String, bits: Int, reason: String)
  /// An index outside the plan.
  case noSuchTrial(experiment: String, index: Int, count: Int)

  /// One sentence for the user.
  package var description: String {
    switch self {
    case .cutoffBeyondRetrievalSet(let experiment, let dataset, let split, let cutoff, let count):
      "Experiment “\(experiment)” asks for the precision of the first \(cutoff) items, but the "
        + "\(split) split of data set \(dataset) has only \(count) items to search."
    case .unfitMeasure(
      let experiment, let measure, let dataset, let split, let bits, let reason):
      "Experiment “\(experiment)” asks for \(measure) of \(bits)-bit codes on the \(split) split "
        + "of data set \(dataset): \(reason)"
    case .noSuchTrial(let experiment, let index, let count):
      "Experiment “\(experiment)” has the trials 0 to \(count - 1), not \(index)."
    }
  }
}

extension PlanProblem {
  /// Refuses measures and tasks that the data do not carry.
  static func check(
    _ experiment: Experiment, on material: TrialMaterial
  ) throws(PlanProblem) {
    let (dataset, split) = (material.dataset.name, material.split.words)
    // Inside one modality a query that is searched too is left out of its own ranking.
    let leavesOut =
      material.searchedQueryCount > 0
      && experiment.tasks.contains { !Experiment.crossingTasks.contains($0) }
    let retrievalCount = material.retrievalCount - (leavesOut ? 1 : 0)
    for cutoff in experiment.measures.precisionCutoffs where cutoff > retrievalCount {
      throw .cutoffBeyondRetrievalSet(
        experiment: experiment.name, dataset: dataset, split: split, cutoff: cutoff,
        retrievalCount: retrievalCount)
    }
    // One at a time, so that the sentence can say which.
    let named =
      experiment.measures.measures.map { ($0.description, MeasureSpecification(measures: [$0])) }
      + experiment.measures.curves.map { ($0.description, MeasureSpecification(curves: [$0])) }
    for bits in experiment.codeLengths {
      for (name, specification) in named {
        do throws(RetrievalError) {
          try specification.check(
            queryCount: material.queryCount, retrievalCount: retrievalCount, bits: bits)
        } catch {
          let sentence = error.description
          throw .unfitMeasure(
            experiment: experiment.name, measure: name, dataset: dataset, split: split,
            bits: bits, reason: sentence.prefix(1).lowercased() + sentence.dropFirst())
        }
      }
    }
  }
}
