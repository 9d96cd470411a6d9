import Crossbit

/// Every reconstructed method, and DCMH as tuned, with one part taken out at a time, from the knobs
/// that were chosen on held-out training items.
let ablations = Experiment(
  "ablations",
  summary: """
    DCMH as tuned and the four reconstructed methods with one part taken out at a time, on the \
    embedded data
    """
) {
  Dataset(.openclipart)

  Method(.dcmh(.tuned), named: "DCMH")
  Method(.dcmh(.tuned.with { $0.imageHead = .linear }), named: "DCMH, linear picture network")
  Method(.dcmh(.tuned.with { $0.quantisationWeight = 1 }), named: "DCMH, γ = 1")
  Method(.dcmh(.tuned.with { $0.quantisationWeight = 0 }), named: "DCMH, no quantisation")

  Method(.rmsh(.tuned), named: "RMSH-style")
  Method(.rmsh(.tuned.with { $0.pushesIrrelevant = false }), named: "RMSH-style, no push")
  Method(.rmsh(.tuned.with { $0.pullsRelevant = false }), named: "RMSH-style, no pull")
  Method(
    .rmsh(
      .tuned.with {
        $0.pushesIrrelevant = false
        $0.pullsRelevant = false
      }), named: "RMSH-style, triplets only")
  Method(
    .rmsh(.tuned.with { $0.usesOwnModality = false }), named: "RMSH-style, across modalities only")
  Method(.rmsh(.tuned.with { $0.pseudoCodeWeight = 0 }), named: "RMSH-style, no pseudo-codes")
  Method(.rmsh(.tuned.with { $0.quantisationWeight = 0 }), named: "RMSH-style, no quantisation")

  Method(.dsmhn(.full), named: "DSMHN-style")
  Method(.dsmhn(.full.with { $0.similarityWeight = 0 }), named: "DSMHN-style, labels only")
  Method(.dsmhn(.full.with { $0.labelWeight = 0 }), named: "DSMHN-style, no label loss")
  Method(.dsmhn(.full.with { $0.balancesClasses = false }), named: "DSMHN-style, plain pairs")
  Method(.dsmhn(.full.with { $0.quantisationWeight = 0 }), named: "DSMHN-style, no quantisation")
  Method(.dsmhn(.full.with { $0.balanceWeight = 0 }), named: "DSMHN-style, no bit balance")

  Method(.sdeh(.full), named: "SDEH-style")
  Method(.sdeh(.full.with { $0.localBranch = false }), named: "SDEH-style, global branch only")
  Method(.sdeh(.full.with { $0.privatePart = false }), named: "SDEH-style, no private part")
  Method(.sdeh(.full.with { $0.enhancement = false }), named: "SDEH-style, no enhancement")
  Method(.sdeh(.full.with { $0.gradedSimilarity = false }), named: "SDEH-style, similar or not")
  Method(.sdeh(.full.with { $0.semanticWeight = 0 }), named: "SDEH-style, no semantic loss")
  Method(
    .sdeh(.full.with { $0.distributionWeight = 0 }), named: "SDEH-style, no distribution loss")
  Method(.sdeh(.full.with { $0.classificationWeight = 0 }), named: "SDEH-style, no classification")
  Method(.sdeh(.full.with { $0.qualityWeight = 0 }), named: "SDEH-style, no code quality")

  Method(.mdsan(.full), named: "MDSAN-style")
  Method(.mdsan(.full.with { $0.levels = .single }), named: "MDSAN-style, single level")
  Method(.mdsan(.full.with { $0.similarity = .batch }), named: "MDSAN-style, batch only")
  Method(.mdsan(.full.with { $0.usesLabelCodes = false }), named: "MDSAN-style, no label codes")
  Method(
    .mdsan(.full.with { $0.usesOwnModality = false }), named: "MDSAN-style, no own-modality terms")
  Method(
    .mdsan(.full.with { $0.usesOtherModality = false }),
    named: "MDSAN-style, no picture-text terms")
  Method(.mdsan(.full.with { $0.levelWeight = 0 }), named: "MDSAN-style, no level labels")
  Method(
    .mdsan(.full.with { $0.quantisationWeight = 0 }), named: "MDSAN-style, no quantisation")

  CodeLengths(16, 64)
  Seeds(1...3)
  // Those of openclipart-all, so that records of the whole methods serve both experiments.
  Measures {
    MeanAveragePrecision()
    PrecisionRecall()
    PrecisionAtTop(1, 5, 10, 50, 100, 500, 1000)
    NamedMeasures("NDCG@100")
  }
}
