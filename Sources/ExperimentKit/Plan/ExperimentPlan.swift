package import CrossModalData
import Retrieval

/// All trials of an experiment in a stable order.
///
/// Data sets vary slowest, then splits, who makes the codes, code lengths and seeds. The reference
/// points come first: they take no time and show at once whether the data can be read.
package struct ExperimentPlan: Sendable {
  /// The manifest.
  package let experiment: Experiment
  /// The data sets and splits, in the order of the manifest.
  package let materials: [TrialMaterial]
  /// The trials; a trial's index is its position.
  package let trials: [Trial]
  /// Digests of the data files, for workers to take over; empty where the plan opened none.
  package private(set) var fileDigests: [FileDigest] = []

  /// Lays out the grid over data whose digests are known.
  ///
  /// - Throws: ``InvalidManifest``, or ``PlanProblem`` when the data do not carry the measures.
  package init(_ experiment: Experiment, materials: [TrialMaterial]) throws {
    try experiment.validate()
    for material in materials { try PlanProblem.check(experiment, on: material) }
    self.experiment = experiment
    self.materials = materials
    let coders =
      ReferencePoint.allCases.map(Trial.Coder.reference) + experiment.methods.map { .method($0) }
    var trials: [Trial] = []
    for material in materials {
      for coder in coders {
        for bits in experiment.codeLengths {
          for seed in experiment.seeds {
            let identity = TrialIdentity(
              material: material, subject: coder.subject, bits: bits, seed: seed)
            trials.append(
              Trial(
                index: trials.count, identifier: identity.identifier, material: material,
                coder: coder, bits: bits, seed: seed))
          }
        }
      }
    }
    self.trials = trials
  }

  /// Opens the data sets, makes the splits and lays out the grid.
  ///
  /// - Parameters:
  ///   - experiment: The manifest.
  ///   - dataFolder: Folder that holds the data sets' files.
  /// - Throws: ``InvalidManifest``, ``PlanProblem``, or the data set's error, each before any
  ///   trial has started.
  package init(_ experiment: Experiment, dataFolder: String) throws {
    try experiment.validate()
    var materials: [TrialMaterial] = []
    var fileDigests: [FileDigest] = []
    for reference in experiment.datasets {
      let dataset = try CrossModalDataset(reference, in: dataFolder)
      let digest = try dataset.digest()
      fileDigests.append(digest)
      for splitProtocol in experiment.splits {
        let split = try dataset.split(for: splitProtocol)
        materials.append(
          TrialMaterial(
            dataset: reference, datasetDigest: digest.digest, split: splitProtocol,
            splitDigest: split.digest, queryCount: split.query.count,
            retrievalCount: split.retrieval.count,
            searchedQueryCount: Set(split.query).intersection(split.retrieval).count))
      }
    }
    try self.init(experiment, materials: materials)
    self.fileDigests = fileDigests
  }

  /// Refuses what would make every trial fail: faulty features, or a SIMD level that cannot run.
  ///
  /// Reads each data set once, so it is for the start of a run and not for every worker.
  ///
  /// - Throws: The data set's error or `RetrievalError`.
  package static func requireUsable(_ experiment: Experiment, dataFolder: String) throws {
    _ = try SIMDLevel.current
    for reference in experiment.datasets {
      try CrossModalDataset(reference, in: dataFolder).validateFeatures()
    }
  }

  /// The trial at a position.
  ///
  /// - Throws: ``PlanProblem/noSuchTrial(experiment:index:count:)``.
  package func trial(at index: Int) throws(PlanProblem) -> Trial {
    guard trials.indices.contains(index) else {
      throw .noSuchTrial(experiment: experiment.name, index: index, count: trials.count)
    }
    return trials[index]
  }
}

extension Experiment {
  /// Number of trials that the manifest asks for, reference points included.
  package var trialCount: Int {
    datasets.count * splits.count * (methods.count + ReferencePoint.allCases.count)
      * codeLengths.count * seeds.count
  }
}
