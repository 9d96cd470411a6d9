import ExperimentKit
import HashingMethods
import Retrieval
import Testing

@Suite("Progress lines")
struct ProgressLinesTests {
  @Test(
    "carry every kind of progress",
    arguments: [
      .reading, .encoding, .measuring,
      .training(LearningCurvePoint(stage: "a “b”\n", step: 3, stepCount: 9, loss: 0.1)),
    ] as [TrialProgress])
  func roundTrip(progress: TrialProgress) throws {
    var lines = ProgressLines()
    let written = lines.line(for: progress)
    let line = try #require(written)
    #expect(!line.contains("\n"))
    #expect(ProgressLines.progress(of: line) == progress)
  }

  @Test("are not mistaken for what a method prints", arguments: ["", "epoch 3", "{}", "{\"a\":1}"])
  func foreign(line: String) {
    #expect(ProgressLines.progress(of: line) == nil)
  }

  @Test("are spared when training reports faster than anyone reads")
  func sparing() {
    var lines = ProgressLines()
    var written: [Int] = []
    for step in 1...1000 {
      let point = LearningCurvePoint(stage: "s", step: step, stepCount: 1000, loss: 1)
      if lines.line(for: .training(point)) != nil { written.append(step) }
    }
    // A thousand reports take far less than the hundred intervals that would print them all.
    #expect(written.first == 1)
    #expect(written.count < 100)
  }
}

@Suite("The remaining time")
struct RemainingTimeTests {
  private let trials: [Trial]

  init() throws {
    trials = try ExperimentPlan(sampleExperiment(), materials: [sampleMaterial()]).trials
  }

  private func record(_ index: Int, seconds: Double) -> TrialRecord {
    sampleRecord(of: trials[index], measures: .init(), seconds: seconds)
  }

  @Test("is unknown until every kind of trial has finished once")
  func unknown() {
    var remaining = RemainingTime(jobs: 1)
    #expect(remaining.estimate(open: []) == 0)
    #expect(remaining.estimate(open: [(trials[8], 0)]) == nil)
    remaining.add(record(0, seconds: 1))
    #expect(remaining.estimate(open: [(trials[8], 0)]) == nil)
    #expect(remaining.estimate(open: [(trials[1], 0)]) == 1)
  }

  @Test("is the mean of like trials, shared among the workers")
  func mean() {
    var remaining = RemainingTime(jobs: 2)
    remaining.add(record(8, seconds: 10))
    remaining.add(record(9, seconds: 20))
    remaining.add(record(10, seconds: 100))
    // 8 and 9 have 8 bits, mean 15; 11 has 16 bits like 10.
    #expect(remaining.estimate(open: [(trials[8], 0)]) == 15)
    #expect(remaining.estimate(open: [(trials[8], 5), (trials[11], 0)]) == 100)
    #expect(
      remaining.estimate(open: [(trials[8], 0), (trials[9], 0), (trials[11], 40)]) == 60)
    #expect(remaining.estimate(open: [(trials[8], 1000)]) == 0)
  }

  @Test("takes other code lengths of the method where its own has not finished yet")
  func otherLength() {
    var remaining = RemainingTime(jobs: 1)
    remaining.add(record(8, seconds: 10))
    #expect(remaining.estimate(open: [(trials[11], 0)]) == 10)
  }
}
