import ArgumentParser
import ExperimentKit
import Foundation

/// Where data lie.
struct DataOption: ParsableArguments {
  @Option(name: .long, help: "Folder of the data sets' HDF5 files.")
  var data = "Data"

  /// The folder of the data sets' files.
  var folder: URL { URL(filePath: data, directoryHint: .isDirectory) }
}

/// Where results go.
struct ResultsOption: ParsableArguments {
  @Option(name: .long, help: "Folder of the results; each experiment has its own folder inside.")
  var results = "Results"

  /// The folder of the results.
  var folder: URL { URL(filePath: results, directoryHint: .isDirectory) }
}

/// Which experiment a command is about.
struct ExperimentArgument: ParsableArguments {
  @Argument(help: "Name of the experiment; see crossbit list.")
  var name: String

  /// The experiment of that name.
  var experiment: Experiment {
    get throws { try Program.catalogue.experiment(named: name) }
  }
}
