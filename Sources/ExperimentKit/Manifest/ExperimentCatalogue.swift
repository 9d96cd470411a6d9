/// All experiments of the program, by name.
package struct ExperimentCatalogue: Sendable {
  /// The experiments in the order of their files.
  package let experiments: [Experiment]

  /// Takes the experiments that the build found.
  ///
  /// - Throws: ``InvalidManifest`` when two experiments have one name.
  package init(_ experiments: [Experiment]) throws(InvalidManifest) {
    var files: [String: String] = [:]
    var problems: [ManifestProblem] = []
    for experiment in experiments {
      if let other = files.updateValue(experiment.file, forKey: experiment.name) {
        problems.append(
          ManifestProblem(
            file: experiment.file, experiment: experiment.name,
            mistake: .nameTaken(byFile: other)))
      }
    }
    if !problems.isEmpty { throw InvalidManifest(problems: problems) }
    self.experiments = experiments
  }

  /// The experiment of a name.
  ///
  /// - Throws: ``UnknownExperiment`` with the names that exist.
  package func experiment(named name: String) throws(UnknownExperiment) -> Experiment {
    guard let experiment = experiments.first(where: { $0.name == name }) else {
      throw UnknownExperiment(name: name, known: experiments.map(\.name))
    }
    return experiment
  }
}

/// A name that no experiment has.
package struct UnknownExperiment: Error, CustomStringConvertible {
  /// The name asked for.
  package let name: String
  /// The names that exist.
  package let known: [String]

  /// One sentence with the names that exist.
  package var description: String {
    known.isEmpty
      ? "There is no experiment “\(name)”, and none at all in Experiments/."
      : "There is no experiment “\(name)”; there are \(known.joined(separator: ", "))."
  }
}
