import Crossbit

/// DBRC-L with one of the settings that its papers leave open changed.
private func changed(
  _ name: String, _ change: (inout DBRH.Configuration) -> Void
) -> Method {
  var configuration = DBRH.Configuration.linear
  change(&configuration)
  return Method(.dbrh(configuration), named: name)
}

/// Twice the same search: on held-out training items, where our defaults were chosen, and on the
/// official queries, where it only explains the paper's numbers.
let wikiDBRHSettings = Experiment(
  "wiki-dbrh-settings",
  summary: "DBRC-L on Wiki with each setting that the papers leave open changed by itself"
) {
  Dataset(.wiki)
  Method(.dbrh(.linear), named: "as defaults")
  for updates in [50, 100, 500, 1000, 2000, 5000] {
    changed("\(updates) joint updates") { $0.jointUpdates = updates }
  }
  for updates in [0, 50, 100, 500, 1000] {
    changed("\(updates) fine-tuning updates") { $0.fineTuningUpdates = updates }
  }
  changed("2000 joint, 500 fine-tuning updates") {
    $0.jointUpdates = 2000
    $0.fineTuningUpdates = 500
  }
  for size in [32, 64, 128, 512] { changed("batch of \(size)") { $0.batchSize = size } }
  changed("independent batches") { $0.batchDrawing = .independent }
  changed("encoder fine-tuned only") { $0.fineTunedPart = .encoder }
  changed("encoder fine-tuned only, 400 updates") {
    $0.fineTunedPart = .encoder
    $0.fineTuningUpdates = 400
  }
  changed("summed squared errors") { $0.reduction = .sum }
  changed("ReLU output") { $0.output = .relu }
  changed("logistic output") { $0.output = .sigmoid }
  changed("standardised inputs") {
    $0.imageScaling = .standardised
    $0.textScaling = .standardised
  }
  changed("inputs to 0 … 1") {
    $0.imageScaling = .unitRange
    $0.textScaling = .unitRange
  }
  changed("text to 0 … 1") { $0.textScaling = .unitRange }
  changed("N(0, 0.02²) weights") { $0.initialWeights = .normal(deviation: 0.02) }
  changed("He weights") { $0.initialWeights = .heNormal }
  CodeLengths(16, 64)
  Seeds(1)
  Split(.validation(of: "official", queryCount: 543, seed: 1))
  Split(.stored("official"))
  EncodeDatabase(.joint)
  CompareWith(.reported(.dbrcTMM2019TableII, dataset: "Wiki"))
}

/// The far end of the range, once: minutes a trial.
let wikiDBRHLong = Experiment(
  "wiki-dbrh-long", summary: "DBRC-L on Wiki with 10,000 and 50,000 joint updates"
) {
  Dataset(.wiki)
  for updates in [10_000, 50_000] {
    changed("\(updates) joint updates") { $0.jointUpdates = updates }
  }
  CodeLengths(16)
  Seeds(1)
  EncodeDatabase(.joint)
  CompareWith(.reported(.dbrcTMM2019TableII, dataset: "Wiki"))
}
