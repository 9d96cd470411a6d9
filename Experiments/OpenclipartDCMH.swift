import Crossbit

let openclipartDCMH = Experiment(
  "openclipart-dcmh", summary: "The DCMH authors' full 500-epoch profile on the embedded data"
) {
  Dataset(.openclipart)
  Method(.dcmh(.matlab))
  CodeLengths(16, 32, 64)
  Seeds(1)
  Measures {
    MeanAveragePrecision()
    PrecisionRecall()
    PrecisionAtTop(1, 5, 10, 50, 100, 500, 1000)
  }
}
