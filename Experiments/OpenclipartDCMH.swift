import Crossbit

/// The two profiles that the authors of DCMH published, on data that come with this package.
let openclipartDCMH = Experiment(
  "openclipart-dcmh", summary: "DCMH with its authors' MATLAB and TensorFlow settings on clip art."
) {
  Dataset(.openclipart)
  Method(.dcmh(.matlab))
  Method(.dcmh(.tf))
  CodeLengths(16, 32, 64)
  Seeds(1...5)
  Measures {
    MeanAveragePrecision()
    PrecisionRecall()
    PrecisionAtTop(1, 5, 10, 50, 100, 500, 1000)
  }
}
