import Crossbit

let quickstart = Experiment(
  "quickstart", summary: "DCMH and DBRH in their short profiles on the embedded data"
) {
  Dataset(.openclipart)
  Method(.dcmh(.short))
  Method(.dbrh(.short))
  CodeLengths(16, 32, 64)
  Seeds(1, 2)
  Measures {
    MeanAveragePrecision()
    PrecisionRecall()
    PrecisionAtTop(1, 5, 10, 50, 100, 500, 1000)
    NamedMeasures("NDCG@100", "MAP@R", "lookup(r=2,precision)", "lookup(r=2,empty)")
    NamedCurves("PR(radius,macro)")
  }
}
