import Crossbit

/// The shallow baselines, each in the form that its paper's tables use or that crosses modalities.
private let shallowBaselines = [
  Method(.randomProjection()), Method(.pcaHashing()), Method(.itq(.ownModality)),
  Method(.cca()), Method(.itq(.canonical)), Method(.cvh()), Method(.cmfh()), Method(.lssh()),
  Method(.scm()), Method(.linearClassifier(.labelSet)), Method(.linearClassifier(.scores)),
]

/// The supervised methods with knobs chosen on held-out training items of openclipart.
///
/// Where a search found none above `full`, that is the choice.
private let supervisedMethods = [
  Method(.dcmh(.short)), Method(.dcmh(.tuned)), Method(.rmsh(.tuned)), Method(.dsmhn(.full)),
  Method(.sdeh(.full)), Method(.mdsan(.full)),
]

let openclipartAll = Experiment(
  "openclipart-all",
  summary: """
    All six methods and the reference points on the embedded data; reconstructed methods with knobs \
    chosen on held-out training items
    """
) {
  Dataset(.openclipart)
  for baseline in shallowBaselines { baseline }
  Method(.dbrh(.linear))
  Method(.dbrh(.short))
  for method in supervisedMethods { method }
  CodeLengths(16, 32, 64, 128)
  Seeds(1...5)
  Measures {
    MeanAveragePrecision()
    PrecisionRecall()
    PrecisionAtTop(1, 5, 10, 50, 100, 500, 1000)
    NamedMeasures("NDCG@100")
  }
}

/// Knobs as they were chosen on openclipart, none on Wiki; beside the papers' rows.
let wikiAll = Experiment(
  "wiki-all",
  summary: """
    All six methods and the shallow baselines on Wiki beside the rows of DBRC's Table II; knobs of \
    the reconstructed methods as on openclipart
    """
) {
  Dataset(.wiki)
  for baseline in shallowBaselines { baseline }
  Method(.dbrh(.linear))
  Method(.dbrh(.nonlinear))
  for method in supervisedMethods { method }
  CodeLengths(16, 32, 64, 128)
  Seeds(1...3)
  EncodeDatabase(.ownModality, .joint)
  Measures {
    MeanAveragePrecision()
    PrecisionAtTop(1, 10, 50, 100, 500, 1000, 2000)
    NamedMeasures("NDCG@100")
  }
  CompareWith(.reported(.dbrcTMM2019TableII, dataset: "Wiki"))
}

/// 730 pairs are few: five random splits instead of one, so that the spread is that of the data.
let mirflickr1k = Experiment(
  "mirflickr1k",
  summary: """
    All six methods and the shallow baselines on the 730 real MIRFlickr pairs with CNN features, \
    five random splits; knobs as on openclipart
    """
) {
  Dataset(.mirflickr1k)
  for baseline in shallowBaselines { baseline }
  Method(.dbrh(.short))
  for method in supervisedMethods { method }
  CodeLengths(16, 32, 64)
  Seeds(1)
  for seed in UInt64(1)...5 {
    Split(.random(queryCount: 150, trainingCount: nil, seed: seed))
  }
  Measures {
    MeanAveragePrecision()
    PrecisionAtTop(1, 10, 50, 100)
    NamedMeasures("NDCG@100")
  }
}
