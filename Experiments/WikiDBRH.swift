import Crossbit

/// Table II of Hu, Nie and Li 2019 on Wiki: the official split, which searches all but the queries.
let wikiDBRH = Experiment(
  "wiki-dbrh", summary: "DBRH (DBRC) linear and nonlinear on Wiki, against Table II of the paper."
) {
  Dataset(.wiki)
  Method(.dbrh(.linear))
  Method(.dbrh(.nonlinear))
  CodeLengths(16, 32, 64, 128)
  Seeds(1...5)
  EncodeDatabase(.ownModality, .joint)
  Measures {
    MeanAveragePrecision()
    PrecisionRecall()
    PrecisionAtTop(1, 5, 10, 50, 100, 200, 500, 1000, 2000)
  }
  CompareWith(.reported(.dbrcTMM2019TableII, dataset: "Wiki"))
}
