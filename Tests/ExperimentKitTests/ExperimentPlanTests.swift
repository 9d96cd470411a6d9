import ArrayFiles
import CrossModalData
import HashingMethods
import Retrieval
import TestSupport
import Testing

@testable import ExperimentKit

@Suite("A plan")
struct ExperimentPlanTests {
  @Test("lists the grid in a stable order, reference points first")
  func order() throws {
    let plan = try ExperimentPlan(
      sampleExperiment(), materials: [sampleMaterial("one", digest: "1"), sampleMaterial("two")])
    #expect(plan.trials.map(\.index) == Array(0..<24))
    #expect(plan.trials.count == sampleExperiment().trialCount * 2)
    #expect(
      plan.trials.prefix(5).map(\.title) == [
        "one, Chance (random codes), 8 bits, seed 1",
        "one, Chance (random codes), 8 bits, seed 2",
        "one, Chance (random codes), 16 bits, seed 1",
        "one, Chance (random codes), 16 bits, seed 2",
        "one, Label oracle, 8 bits, seed 1",
      ])
    #expect(plan.trials[12].title == "two, Chance (random codes), 8 bits, seed 1")
    #expect(Set(plan.trials.map(\.identifier)).count == 24)
  }

  @Test("keeps the identifier of known facts for ever")
  func knownIdentifier() throws {
    // Made by Python's hashlib and json from the same facts; a change of it would orphan every
    // stored record.
    let plan = try ExperimentPlan(sampleExperiment(), materials: [sampleMaterial()])
    #expect(plan.trials[8].identifier == "first-columns-plain-8-bits-seed-1-9ab0c0c71d2fa3b7")
  }

  @Test("gives safe file names")
  func fileNames() throws {
    let plan = try ExperimentPlan(
      sampleExperiment(methods: [Method(.firstColumns(variant: "../Odd näme (2)"))]),
      materials: [sampleMaterial()])
    for trial in plan.trials {
      #expect(
        trial.identifier.utf8.allSatisfy {
          "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0)
        })
    }
  }

  @Test("does not let names, measures or neighbours into identifiers")
  func whatStaysOutside() throws {
    let plan = try ExperimentPlan(sampleExperiment(), materials: [sampleMaterial()])
    let other = try ExperimentPlan(
      sampleExperiment(
        "other", methods: [Method(.firstColumns(knob: 7)), Method(.firstColumns(), named: "Mine")],
        bits: [32, 8, 16], seeds: [9, 2, 1], cutoffs: [1], databaseCodes: [.joint],
        tasks: [.textToImage], measures: ["WAP"], curves: ["PR(radius,macro)"]),
      materials: [
        sampleMaterial("renamed", split: .stored("renamed"), retrievalCount: 33)
      ])
    #expect(Set(other.trials.map(\.identifier)).isSuperset(of: plan.trials.map(\.identifier)))
  }

  @Test("gives another identifier to any other fact that decides the codes")
  func whatCounts() {
    let identity = TrialIdentity(
      dataset: "aa", split: "bb", method: "m", variant: "v", configuration: "{}",
      algorithmVersion: 1, bits: 8, seed: 1)
    func changed(_ change: (inout TrialIdentity) -> Void) -> String {
      var changed = identity
      change(&changed)
      return changed.identifier
    }
    let identifiers = [
      identity.identifier, changed { $0.dataset = "ab" }, changed { $0.split = "bc" },
      changed { $0.method = "n" }, changed { $0.configuration = "{\"a\":1}" },
      changed { $0.algorithmVersion = 2 }, changed { $0.bits = 9 }, changed { $0.seed = 2 },
      // Facts must not flow into each other.
      changed { ($0.dataset, $0.split) = ("aab", "b") },
      changed { ($0.bits, $0.seed) = (81, 0) },
    ]
    #expect(Set(identifiers).count == identifiers.count)
    #expect(Set(identifiers.map { $0.suffix(16) }).count == identifiers.count)
  }

  @Test("has no two equal identifiers for random facts")
  func collisions() {
    var random = testStream("trial identities")
    var identifiers: [String: TrialIdentity] = [:]
    for _ in 0..<2000 {
      let identity = TrialIdentity(
        dataset: ["a", "b"].randomElement(using: &random) ?? "",
        split: ["a", "b"].randomElement(using: &random) ?? "",
        method: ["m", "n"].randomElement(using: &random) ?? "",
        variant: ["", "v"].randomElement(using: &random) ?? "",
        configuration: "{\"k\":\(Int.random(in: 0...3, using: &random))}",
        algorithmVersion: Int.random(in: 1...2, using: &random),
        bits: Int.random(in: 1...3, using: &random), seed: UInt64.random(in: 0...2, using: &random))
      if let twin = identifiers.updateValue(identity, forKey: identity.identifier) {
        #expect(twin == identity)
      }
    }
    #expect(identifiers.count > 500)
  }

  @Test("refuses measures that need more items than are searched")
  func cutoffs() throws {
    let experiment = sampleExperiment(cutoffs: [32, 33])
    #expect(throws: Never.self) {
      try ExperimentPlan(experiment, materials: [sampleMaterial(retrievalCount: 33)])
    }
    let problem = #expect(throws: PlanProblem.self) {
      try ExperimentPlan(experiment, materials: [sampleMaterial()])
    }
    #expect(
      problem?.description
        == "Experiment “sample” asks for the precision of the first 33 items, but the stored "
        + "“official” split of data set sample has only 32 items to search.")
  }

  static let unfit = [
    ("NDCG@33", "the cut-off 33 is out of range: 1 to 32, the size of the retrieval set, "),
    ("R@0", "the cut-off 0 is out of range: 1 to 32, the size of the retrieval set, "),
    ("lookup(r=9,recall)", "the radius 9 is out of range: 0 to 8, the code length, "),
    ("PR(top,1,40)", "the cut-off 40 is out of range: 1 to 32, the size of the retrieval set, "),
  ]

  @Test("refuses measures and curves by name that do not fit, and says which", arguments: unfit)
  func unfitMeasures(name: String, reason: String) throws {
    let isCurve = name.hasPrefix("PR")
    let experiment = sampleExperiment(
      measures: isCurve ? ["WAP"] : ["WAP", name], curves: isCurve ? [name] : [])
    let problem = #expect(throws: PlanProblem.self) {
      try ExperimentPlan(experiment, materials: [sampleMaterial()])
    }
    #expect(
      problem?.description
        == "Experiment “sample” asks for \(name) of 8-bit codes on the stored “official” split of "
        + "data set sample: \(reason)is expected.")
    let longer = sampleExperiment(
      bits: [16], measures: ["lookup(r=9,recall)"], curves: ["PR(top,1,32)"])
    #expect(throws: Never.self) { try ExperimentPlan(longer, materials: [sampleMaterial()]) }
  }

  @Test("counts one item less for a task inside one modality where queries are searched too")
  func searchedQueries() throws {
    let material = sampleMaterial(retrievalCount: 32, searchedQueryCount: 3)
    let whole = sampleExperiment(measures: ["P@32"])
    #expect(throws: Never.self) { try ExperimentPlan(whole, materials: [material]) }
    let inside = sampleExperiment(tasks: [.imageToText, .textToText], measures: ["P@32"])
    let problem = #expect(throws: PlanProblem.self) {
      try ExperimentPlan(inside, materials: [material])
    }
    #expect(problem?.description.contains("1 to 31") == true)
  }

  @Test("refuses an index outside the grid", arguments: [-1, 12, Int.max])
  func index(index: Int) throws {
    let plan = try ExperimentPlan(sampleExperiment(), materials: [sampleMaterial()])
    let problem = #expect(throws: PlanProblem.self) { try plan.trial(at: index) }
    #expect(problem?.description == "Experiment “sample” has the trials 0 to 11, not \(index).")
    #expect(try plan.trial(at: 11).index == 11)
  }

  @Test("refuses an invalid manifest before it looks for data")
  func invalid() {
    #expect(throws: InvalidManifest.self) {
      try ExperimentPlan(sampleExperiment(bits: [0]), dataFolder: "/nowhere")
    }
    #expect(throws: DatasetError.self) {
      try ExperimentPlan(sampleExperiment(), dataFolder: "/nowhere")
    }
  }
}
