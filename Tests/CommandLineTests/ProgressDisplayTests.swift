import CrossModalData
import HashingMethods
import Retrieval
import Synchronization
import Testing

@testable import CrossbitCommandLine
@testable import ExperimentKit

@Suite("The display of progress")
struct ProgressDisplayTests {
  private final class Sheet: Sendable {
    private let pieces = Mutex<[String]>([])

    func write(_ piece: String) { pieces.withLock { $0.append(piece) } }
    var all: [String] { pieces.withLock { $0 } }
    var text: String { all.joined() }
  }

  private func trials() throws -> [Trial] {
    let experiment = Experiment("shown") {
      Dataset(.file("data"))
      Method(.dcmh(.short))
      CodeLengths(16)
      Seeds(1, 2)
    }
    let material = TrialMaterial(
      dataset: .file("data"), datasetDigest: "a", split: .stored("official"), splitDigest: "b",
      queryCount: 3, retrievalCount: 9)
    return try ExperimentPlan(experiment, materials: [material]).trials
  }

  private func display(_ sheet: Sheet, isTerminal: Bool, columns: Int = 80) -> ProgressDisplay {
    ProgressDisplay(
      jobs: 2, isTerminal: isTerminal, columns: { columns }, write: { sheet.write($0) })
  }

  private func outlook(_ trials: [Trial]) -> RunOutlook {
    RunOutlook(
      trialCount: trials.count, finished: [], open: trials, outdated: [],
      damage: ["A record is damaged."])
  }

  private let point = LearningCurvePoint(stage: "training", step: 3, stepCount: 9, loss: 0.125)

  @Test("prints whole lines where nobody watches")
  func plain() async throws {
    let trials = try trials()
    let sheet = Sheet()
    let display = display(sheet, isTerminal: false)
    await display.show(.planned(outlook(trials)))
    await display.show(.started(trials[0]))
    await display.show(.progress(trials[0], .training(point)))
    await display.tick()
    await display.show(.failed(trials[0], reason: "It failed."))
    await display.close()
    #expect(
      sheet.text == """
        A record is damaged.
        6 trials: 0 finished, 6 to run.
        [failed] data, Chance (random codes), 16 bits, seed 1: It failed.

        """)
  }

  @Test("draws a live line on a terminal, never wider than it", arguments: [1, 10, 40, 200])
  func terminal(columns: Int) async throws {
    let trials = try trials()
    let sheet = Sheet()
    let display = display(sheet, isTerminal: true, columns: columns)
    await display.show(.planned(outlook(trials)))
    await display.show(.started(trials[4]))
    // Drawing is limited to ten times a second; the next one shows the latest state.
    try await Task.sleep(for: .milliseconds(120))
    await display.show(.progress(trials[4], .training(point)))
    let last = try #require(sheet.all.last)
    #expect(last.hasPrefix("\r\u{1b}[K0"))
    #expect(last.dropFirst(4).count <= max(1, columns - 1))
    if columns == 200 {
      #expect(last.hasSuffix(" · DCMH short 16 bits seed 1: training 3/9, loss 0.125"))
    }
    await display.close()
    #expect(sheet.all.last == "\r\u{1b}[K")
    #expect(!sheet.text.hasSuffix("\n"))
  }

  @Test(
    "writes times as people do",
    arguments: [(0, "0:00"), (9.6, "0:10"), (61, "1:01"), (3599, "59:59"), (3661, "1:01:01")])
  func clock(seconds: Double, text: String) {
    #expect(ProgressDisplay.clock(seconds) == text)
  }

  @Test("names each reason for failing once, with all its trials")
  func reasons() throws {
    let trials = try trials()
    let outcome = RunOutcome(
      trialCount: 6,
      failures: [(0, "A."), (1, "B."), (2, "A.")].map {
        TrialFailure(trial: trials[$0.0], reason: $0.1)
      }, records: [])
    #expect(
      RunSession.failureLines(outcome) == [
        "3 of 6 trials failed:",
        "  A.", "    \(trials[0].title)", "    \(trials[2].title)",
        "  B.", "    \(trials[1].title)",
        "3 more trials were not started.", "The same command runs only what is missing.",
      ])
    #expect(
      RunSession.failureLines(RunOutcome(trialCount: 6, failures: [], records: []))
        .isEmpty)
  }
}
