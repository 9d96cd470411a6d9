import CrossModalData
import ExperimentKit
import HashingMethods
import ReportedNumbers
import Retrieval
import Testing

@Suite("A manifest")
struct ManifestTests {
  @Test("adds up what its clauses name, also in loops and conditions")
  func clauses() {
    let long = true
    let experiment = Experiment("clauses", summary: "All clauses.") {
      Dataset(.wiki)
      Dataset(.file("own"))
      for knob in 1...2 {
        Method(.firstColumns(knob: knob), named: "Knob \(knob)")
      }
      CodeLengths(16)
      if long { CodeLengths(stride(from: 32, through: 64, by: 32)) }
      if !long { Seeds(9) } else { Seeds(1...3) }
      Split(.stored("other"))
      Split(.random(queryCount: 5, trainingCount: nil, seed: 1))
      EncodeDatabase(.ownModality, .joint)
      Measures {
        MeanAveragePrecision()
        PrecisionRecall()
        PrecisionAtTop(1, 5)
        PrecisionAtTop(stride(from: 10, through: 30, by: 10))
        NamedMeasures("NDCG@30", "mAP@all", "mAP@20(div=hits)")
        NamedCurves("PR(rank,11)", "PR(radius,macro)")
      }
      Tasks(.imageToText, .imageToImage)
      Tasks([.textToText])
      CompareWith(.reported(.dbrcTMM2019TableII, dataset: "Wiki", for: .wiki))
    }
    #expect(experiment.datasets.map(\.name) == ["wiki", "own"])
    #expect(experiment.methods.map(\.displayName) == ["Knob 1", "Knob 2"])
    #expect(experiment.codeLengths == [16, 32, 64])
    #expect(experiment.seeds == [1, 2, 3])
    #expect(
      experiment.splits
        == [.stored("other"), .random(queryCount: 5, trainingCount: nil, seed: 1)])
    #expect(experiment.databaseCodes == [.ownModality, .joint])
    #expect(
      experiment.measures
        == MeasureSpecification(
          precisionCutoffs: [1, 5, 10, 20, 30], precisionRecall: true,
          measures: [
            Measure(.normalizedDiscountedGain(k: 30, gain: .exponential)),
            Measure(.averagePrecisionAt(.rank(20), divisor: .hits)),
          ],
          curves: [.rank(levels: 11), .radius(.macro, stopsEarly: false)]))
    #expect(experiment.tasks == [.imageToText, .imageToImage, .textToText])
    #expect(experiment.comparisons.map(\.reportedDataset) == ["Wiki"])
    #expect(experiment.file == "ExperimentKitTests/ManifestTests.swift")
    #expect(throws: Never.self) { try experiment.validate() }
    // 2 data sets × 2 splits × (2 methods + 2 reference points) × 3 code lengths × 3 seeds
    #expect(experiment.trialCount == 144)
  }

  @Test("takes the official split, own codes and the crossing tasks when it names none")
  func defaults() {
    let experiment = Experiment("defaults") { Dataset(.wiki) }
    #expect(experiment.splits == [.stored("official")])
    #expect(experiment.databaseCodes == [.ownModality])
    #expect(experiment.tasks == [.imageToText, .textToImage])
    #expect(experiment.measures == MeasureSpecification())
  }

  @Test("takes a method's own name unless it is given another")
  func displayNames() {
    #expect(Method(.firstColumns()).displayName == "First columns")
    #expect(Method(.firstColumns(), named: "Mine").displayName == "Mine")
  }
}
