import Crossbit

let quickstart = Experiment(
  "quickstart", summary: "Two short codes on clip art: the whole way from features to a table."
) {
  Dataset(.openclipart)
  Method(.dcmh(.short))
  Method(.dbrh(.short))
  CodeLengths(16, 32)
  Seeds(1, 2)
  Measures {
    MeanAveragePrecision()
    PrecisionAtTop(1, 5, 10, 50, 100)
  }
}
