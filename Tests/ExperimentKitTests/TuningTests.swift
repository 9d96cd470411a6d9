import CrossModalData
import Foundation
import HashingMethods
import NeuralNetworks
import Retrieval
import Tensors
import Testing

@testable import ExperimentKit

/// A method with three knobs to search.
private struct Searchable: HashingMethod {
  struct Configuration: MethodConfiguration {
    enum Kind: String, Codable { case plain, fancy }

    var rate = LearningRateSchedule.constant(0.5)
    var width = 1
    var kind = Kind.plain
    var variant = "short"
    var fidelity: Fidelity { .adapted }
    var reportedName: String? { nil }

    static var searchRanges: [SearchRange<Self>] {
      [
        .values("rate", \.rate, [.constant(0.1), .logSpaced(from: 1e-3, to: 1e-5)]),
        .values("width", \.width, [1, 2]),
        .values("kind", \.kind, [.plain, .fancy]),
      ]
    }
  }

  static let description = MethodDescription(
    identifier: "search-able", displayName: "Searchable", paper: "none", algorithmVersion: 1)
  let configuration: Configuration

  init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  func train(on data: TrainingData, bits: Int, context: TrainingContext) throws -> TrainedHashing {
    TrainedHashing(image: { $0 }, text: { $0 }, learningCurve: [])
  }
}

@Suite("Tuning")
struct TuningTests {
  private func request(candidates: Int = 5, seed: UInt64 = 1) -> TuningSearch.Request {
    TuningSearch.Request(
      name: "tune-searchable", dataset: .file("sample"), split: "official", queryCount: 7,
      codeLengths: [8, 16], candidateCount: candidates, seed: seed, trainingSeeds: [1, 2])
  }

  private func search(candidates: Int = 5, seed: UInt64 = 1) throws -> TuningSearch {
    try TuningSearch(
      MethodVariant(Searchable()), request(candidates: candidates, seed: seed))
  }

  /// Records of a search whose candidate k reaches what `reached` says.
  private func records(
    _ search: TuningSearch, _ reached: (Int) -> Double
  ) throws -> [TrialRecord] {
    let plan = try ExperimentPlan(search.experiment, materials: [sampleMaterial()])
    return plan.trials.map { trial in
      var record = sampleRecord(of: trial, measures: search.experiment.measures)
      let number = search.candidates.firstIndex {
        $0.variant.configuration == trial.subject.configuration
      }
      guard let number else { return record }
      for (index, shift) in [(0, 0.05), (1, -0.05)] {
        let result = record.results[index].result
        let value = reached(number) + shift
        record.results[index].result = RetrievalResult(
          queryCount: result.queryCount, answerableCount: result.answerableCount,
          meanAveragePrecision: TieBounds(
            expected: value, worst: value, best: value, databaseOrder: value),
          averagePrecision: result.averagePrecision, precisionAtTop: [], precisionRecall: [])
      }
      return record
    }
  }

  @Test("draws the same candidates for a seed, others for another, the profile first")
  func draws() throws {
    let first = try search()
    #expect(first.candidates.map(\.number) == [0, 1, 2, 3, 4, 5])
    #expect(first.candidates[0].variant.configuration == MethodVariant(Searchable()).configuration)
    let knobs = first.candidates.map(\.variant.configuration)
    #expect(Set(knobs).count == 6)
    #expect(try search().candidates.map(\.variant.configuration) == knobs)
    #expect(try search(seed: 2).candidates.map(\.variant.configuration) != knobs)
  }

  @Test("stops when there are no more combinations")
  func exhausts() throws {
    // Two values for each of three knobs; the profile's rate is none of them.
    #expect(try search(candidates: 100).candidates.count == 1 + 8)
  }

  @Test("asks with held-out training items only, and the manifest is sound")
  func experiment() throws {
    let experiment = try search().experiment
    try experiment.validate()
    #expect(experiment.splits == [.validation(of: "official", queryCount: 7, seed: 1)])
    #expect(experiment.methods.count == 6)
    #expect(experiment.methods[0].displayName == "as declared")
  }

  @Test("ranks by the mean of both tasks and writes the best as a line of a manifest")
  func ranking() throws {
    let search = try search()
    let outcome = TuningOutcome(
      search, records: try records(search) { [0.3, 0.2, 0.5, 0.4, 0.5, 0.1][$0] })
    // Equal means: the earlier one.
    #expect(outcome.ranking.map(\.candidate.number) == [2, 4, 3, 0, 1, 5])
    #expect(abs(outcome.ranking[0].score - 0.5) < 1e-12)
    #expect(abs(outcome.ranking[0].imageToText - 0.55) < 1e-12)
    #expect(outcome.ranking[0].trialCount == 4)
    #expect(outcome.missingCount == 0)
    let values = search.candidates[2].values
    #expect(
      outcome.manifestLine
        == "Method(.searchAble(.short.with { $0.rate = \(values[0]); $0.width = \(values[1]); "
        + "$0.kind = \(values[2]) }), named: \"Searchable, tuned\")")
  }

  @Test("says when the profile itself is best")
  func profileIsBest() throws {
    let search = try search()
    let outcome = TuningOutcome(search, records: try records(search) { $0 == 0 ? 0.9 : 0.1 })
    #expect(outcome.manifestLine == "Method(.searchAble(.short))")
  }

  @Test("puts candidates that lack trials last")
  func partial() throws {
    let search = try search()
    let all = try records(search) { Double($0) / 10 }
    let best = search.candidates[5].variant.configuration
    let some = all.filter { $0.subject.configuration != best || $0.bits == 8 }
    let outcome = TuningOutcome(search, records: some)
    #expect(outcome.ranking.map(\.candidate.number) == [4, 3, 2, 1, 0, 5])
    #expect(outcome.missingCount == 2)
    #expect(TuningOutcome(search, records: []).manifestLine == nil)
  }

  @Test("writes values as Swift source")
  func source() throws {
    let values = try search(candidates: 100).candidates.dropFirst().map(\.values)
    #expect(
      Set(values.map { $0[0] }) == [".constant(0.1)", ".logSpaced(from: 0.001, to: 1e-05)"])
    #expect(Set(values.map { $0[1] }) == ["1", "2"])
    #expect(Set(values.map { $0[2] }) == [".plain", ".fancy"])
  }

  @Test("every registered range gives values that a manifest can hold")
  func registeredRanges() {
    for method in registeredMethods {
      for knob in method.searchedKnobs {
        // A type's full name would be no Swift source behind a leading dot.
        #expect(!knob.candidates.contains("HashingMethods."), "\(method.description) \(knob)")
        #expect(!knob.candidates.contains("NeuralNetworks."), "\(method.description) \(knob)")
      }
    }
    #expect(registeredMethods.contains { !$0.searchedKnobs.isEmpty })
  }

  @Test("finds methods by name and profile, and names what there is")
  func names() throws {
    #expect(try MethodVariant.registered("rmsh").variant == "full")
    #expect(try MethodVariant.registered("rmsh.short").variant == "short")
    #expect {
      try MethodVariant.registered("rmsh.long")
    } throws: { error in
      "\(error)".hasPrefix("There is no method “rmsh.long”; there are dbrh.linear, ")
    }
    #expect {
      try TuningSearch(.firstColumns(), request())
    } throws: { error in
      "\(error)"
        == "First columns declares no knobs to search: its configuration has no searchRanges."
    }
  }
}
