package import Retrieval

/// One mistake of a manifest that the compiler cannot see.
package struct ManifestProblem: Error, Equatable, CustomStringConvertible {
  /// File that declares the experiment.
  package let file: String
  /// Name of the experiment.
  package let experiment: String
  /// What is wrong.
  package let mistake: Mistake

  /// What is wrong with a manifest.
  package enum Mistake: Equatable, Sendable {
    /// The name cannot be used on the command line and as a folder.
    case unusableName
    /// Another experiment of this file has the same name.
    case nameTaken(byFile: String)
    /// A clause without which nothing can be run; `clause` is how to write it.
    case nothingNamed(what: String, clause: String)
    /// A code length outside 1 … 4096.
    case codeLength(Int)
    /// A value that stands twice.
    case repeated(what: String, value: String)
    /// Two methods with different knobs that tables could not tell apart.
    case sameDisplayName(String)
    /// A cut-off k below 1.
    case cutoff(Int)
    /// A place on the axis of a knob that is no number.
    case position(Double, method: String)
    /// A name of no measure or curve.
    case measureName(RetrievalError)
    /// Tasks inside one modality where only joint database codes are asked for.
    case tasksWithoutCodes([RetrievalTask])
    /// A comparison with a data set that the table does not have.
    case unknownComparison(table: String, dataset: String, known: [String])
    /// A comparison for a data set that is not, or not clearly, one of the experiment's.
    case comparisonWithoutDataset(table: String, datasets: [String])
  }

  /// One sentence: which file, which experiment, what was expected, what was found.
  package var description: String {
    "\(file): experiment “\(experiment)” \(complaint)."
  }

  private var complaint: String {
    switch mistake {
    case .unusableName:
      "needs a name of lower-case letters, digits and single hyphens, such as wiki-dbrh"
    case .nameTaken(let other):
      "has the name of another experiment in \(other); give one of them another name"
    case .nothingNamed(let what, let clause):
      "names no \(what); add \(clause)"
    case .codeLength(let bits):
      "asks for codes of \(bits) bits; a code length lies between 1 and "
        + "\(Experiment.longestCode) bits"
    case .repeated(let what, let value):
      "names the \(what) \(value) twice; remove one of them"
    case .sameDisplayName(let name):
      "has two methods called “\(name)” with different knobs; tell them apart with named:"
    case .position(let place, let method):
      "puts \(method) at \(place) on the axis of PlotAgainst; a place is a finite number"
    case .cutoff(let k):
      "asks for the precision of the first \(k) items; a cut-off is at least 1"
    case .measureName(let error):
      "has a wrong name in Measures { … }: \(error.description.dropLast())"
    case .tasksWithoutCodes(let tasks):
      "asks for \(tasks.map(\.displayName).joined(separator: " and ")), which joint database "
        + "codes do not answer; add .ownModality to EncodeDatabase(…)"
    case .unknownComparison(let table, let dataset, let known):
      "compares with “\(dataset)” in \(table), which reports "
        + known.joined(separator: ", ")
    case .comparisonWithoutDataset(let table, let datasets):
      "compares with \(table) without saying for which of its data sets; add for: with one of "
        + datasets.joined(separator: ", ")
    }
  }
}

/// All mistakes of a manifest, one sentence a line.
package struct InvalidManifest: Error, CustomStringConvertible {
  /// The mistakes, at least one.
  package let problems: [ManifestProblem]

  /// The sentences, one a line.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
