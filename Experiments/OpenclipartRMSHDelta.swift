import Crossbit

/// RMSH's short profile with one choice changed.
private func changed(
  _ name: String, at position: Double? = nil, _ change: (inout RMSH.Configuration) -> Void
) -> Method {
  var configuration = RMSH.Configuration.short
  change(&configuration)
  return Method(.rmsh(configuration), named: name, at: position)
}

/// Places of δ in the range that coding theory gives for the 39 labels: 4 … 8 bits of 16, 11 … 16
/// of 32 and 24 … 32 of 64 (`crossbit bounds --words 39`).
let rmshDelta = Experiment(
  "rmsh-delta",
  summary: "RMSH, reconstructed: measures against δ inside (0 … 1) and outside its useful range"
) {
  Dataset(.openclipart)
  for position in [-0.9, -0.5, 0, 0.5, 1, 1.5, 2, 3] {
    let place = (0...1).contains(position) ? "inside" : "outside"
    changed("δ at \(position), \(place)", at: position) { $0.distance = .position(position) }
  }
  PlotAgainst(
    "δ: place in the range of coding theory, 0 its lower and 1 its upper end", marking: 0...1)
  CodeLengths(16, 32, 64)
  Seeds(1...3)
  Measures {
    MeanAveragePrecision()
    NamedMeasures("NDCG@100")
  }
}

/// Queries are held-out training items, so that choices may be made by these tables.
let rmshChoices = Experiment(
  "rmsh-choices",
  summary: "RMSH, reconstructed: each inferred choice changed by itself, on held-out training items"
) {
  Dataset(.openclipart)
  Method(.rmsh(.short), named: "as defaults")
  changed("no push") { $0.pushesIrrelevant = false }
  changed("no pull") { $0.pullsRelevant = false }
  changed("no push, no pull") {
    $0.pushesIrrelevant = false
    $0.pullsRelevant = false
  }
  changed("across modalities only") { $0.usesOwnModality = false }
  changed("triplets across modalities only") {
    $0.pushesIrrelevant = false
    $0.pullsRelevant = false
    $0.usesOwnModality = false
    $0.pseudoCodeWeight = 0
  }
  changed("mean over all terms") { $0.averaging = .allTerms }
  changed("cosine grade") { $0.grade = .cosine }
  changed("count grade") { $0.grade = .count }
  for weight in [0.0, 1.0] {
    changed("pseudo-codes × \(weight)") { $0.pseudoCodeWeight = weight }
  }
  changed("pseudo-codes of rare label sets") { $0.pseudoCodePartners = .rareLabelSets }
  changed("pseudo-codes with shared labels") { $0.pseudoCodeLabels = .intersection }
  changed("pseudo-codes by majority of 3") {
    $0.pseudoCodeMembers = 3
    $0.pseudoCodeFusion = .majority
  }
  for weight in [0.01, 1.0] {
    changed("quantisation × \(weight)") { $0.quantisationWeight = weight }
  }
  for decay in [0.0, 1e-4] { changed("decay \(decay)") { $0.weightDecay = decay } }
  changed("standardised inputs") {
    $0.imageScaling = .standardised
    $0.textScaling = .standardised
  }
  changed("100 epochs") { $0.epochs = 100 }
  changed("1024 hidden units") { $0.hiddenUnits = 1024 }
  Method(.dcmh(.short))
  CodeLengths(32)
  Seeds(1, 2)
  Split(.validation(of: "official", queryCount: 500, seed: 1))
  Measures {
    MeanAveragePrecision()
    NamedMeasures("NDCG@100")
  }
}
