import Crossbit

let openclipartDCMH = Experiment(
  "openclipart-dcmh",
  summary: "The DCMH authors' full 500-epoch profile on the embedded data, every measure and task"
) {
  Dataset(.openclipart)
  Method(.dcmh(.matlab))
  CodeLengths(16, 32, 64)
  Seeds(1)
  Tasks(.imageToText, .textToImage, .imageToImage, .textToText)
  Measures {
    MeanAveragePrecision()
    PrecisionRecall()
    PrecisionAtTop(1, 5, 10, 50, 100, 500, 1000)
    NamedMeasures(
      "mAP@50(div=hits)", "mAP@50(div=min)", "mAP@50(div=total)", "MAP@R", "R@100", "NDCG@100",
      "NDCG@100(gain=linear)", "NDCG@all", "ACG@100", "WAP")
    NamedMeasures(
      "lookup(r=2,precision)", "lookup(r=2,precision,empty=skip)", "lookup(r=2,recall)",
      "lookup(r=2,F1)", "lookup(r=2,empty)")
    NamedCurves("PR(radius,macro)", "PR(rank,11)", "PR(top,1,2,5,10,20,50,100,200,500,1000,2000)")
  }
}
