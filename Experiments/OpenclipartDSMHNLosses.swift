import Crossbit

/// Every pairwise loss of DSMHN, with and without class balance, on the official queries: nothing is
/// chosen by these tables.
let dsmhnLosses = Experiment(
  "dsmhn-losses",
  summary:
    "DSMHN, reconstructed: seven pairwise losses, class-balanced and plain, in all four tasks; "
    + "a comparison on the official queries, by which nothing is chosen"
) {
  Dataset(.openclipart)
  for balances in [true, false] {
    for loss in DSMHN.PairwiseLoss.allCases {
      Method(
        .dsmhn(
          .short.with {
            $0.pairwiseLoss = loss
            $0.balancesClasses = balances
          }),
        named: "\(loss.rawValue), \(balances ? "balanced" : "plain")")
    }
  }
  CodeLengths(16, 32, 64)
  Seeds(1...3)
  Tasks(.imageToText, .textToImage, .imageToImage, .textToText)
  Measures {
    MeanAveragePrecision()
    NamedMeasures("NDCG@100")
  }
}
