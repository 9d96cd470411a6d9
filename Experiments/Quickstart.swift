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
  }
}
