import ArgumentParser
import ExperimentKit

/// Where data lie.
struct DataOption: ParsableArguments {
  @Option(name: .customLong("data"), help: "Folder of the data sets' HDF5 files.")
  var folder = "Data"
}

/// Where results go.
struct ResultsOption: ParsableArguments {
  @Option(name: .customLong("results"), help: "Folder of the results; each experiment has its own folder inside.")
  var folder = "Results"
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
