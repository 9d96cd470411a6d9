import ExperimentKit
import Foundation
import HashingMethods

/// Shows a run: a line for each trial that ends and, on a terminal, a live line below them.
actor ProgressDisplay {
  private let jobs: Int
  private let isTerminal: Bool
  private let columns: @Sendable () -> Int
  private let write: @Sendable (String) -> Void
  private let start = ContinuousClock.now

  private var total = 0
  private var done = 0
  private var waiting: [Int: Trial] = [:]
  private var running: [Int: Running] = [:]
  private var remaining: RemainingTime
  private var lastDrawn: ContinuousClock.Instant?

  private struct Running {
    let trial: Trial
    let start = ContinuousClock.now
    var progress: TrialProgress?
  }

  /// Times a second that the live line is drawn at most, so that a slow terminal is no brake.
  private static let drawingInterval = Duration.milliseconds(100)

  init(
    jobs: Int, isTerminal: Bool, columns: @escaping @Sendable () -> Int,
    write: @escaping @Sendable (String) -> Void
  ) {
    self.jobs = jobs
    self.isTerminal = isTerminal
    self.columns = columns
    self.write = write
    remaining = RemainingTime(jobs: jobs)
  }

  /// Takes note of an event and shows it.
  func show(_ event: RunEvent) {
    switch event {
    case .planned(let outlook):
      total = outlook.trialCount
      done = outlook.finished.count
      for trial in outlook.open { waiting[trial.index] = trial }
      for record in outlook.finished { remaining.add(record) }
      for sentence in outlook.damage { printLine(sentence) }
      printLine(Self.sentence(for: outlook))
    case .started(let trial):
      waiting[trial.index] = nil
      running[trial.index] = Running(trial: trial)
    case .progress(let trial, let progress):
      running[trial.index]?.progress = progress
    case .finished(let trial, let record):
      running[trial.index] = nil
      done += 1
      remaining.add(record)
      printLine("[\(done)/\(total)] \(trial.title): \(TrialSummary(record).text)")
    case .postponed(let trial, let reason):
      running[trial.index] = nil
      waiting[trial.index] = trial
      printLine("[again later] \(trial.title): \(reason)")
    case .failed(let trial, let reason):
      running[trial.index] = nil
      printLine("[failed] \(trial.title): \(reason)")
    }
    draw()
  }

  /// Draws the live line anew, so that its clock goes on while nothing happens.
  func tick() {
    draw()
  }

  /// Removes the live line.
  func close() {
    if isTerminal && lastDrawn != nil { write("\r\u{1b}[K") }
    lastDrawn = nil
    running = [:]
    waiting = [:]
  }

  // MARK: - Drawing

  private static func sentence(for outlook: RunOutlook) -> String {
    var parts = ["\(outlook.finished.count) finished", "\(outlook.open.count) to run"]
    if outlook.unwantedCount > 0 { parts.append("\(outlook.unwantedCount) not asked for") }
    if !outlook.outdated.isEmpty { parts.append("\(outlook.outdated.count) to measure again") }
    return "\(outlook.trialCount) trials: \(parts.joined(separator: ", "))."
  }

  private func printLine(_ line: String) {
    let line = line.withoutControlCharacters
    write(isTerminal ? "\r\u{1b}[K\(line)\n" : line + "\n")
    lastDrawn = nil
  }

  private func draw() {
    guard isTerminal, !running.isEmpty else { return }
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < Self.drawingInterval { return }
    lastDrawn = now
    // A line that wraps could not be drawn over.
    write("\r\u{1b}[K\(liveLine(at: now).prefix(max(1, columns() - 1)))")
  }

  /// Composes the live line.
  ///
  /// `3/40 · 1:12, about 9:40 left · DBRH linear 16 bits seed 1: training 12/300, loss 0.1234 · …`
  private func liveLine(at now: ContinuousClock.Instant) -> String {
    var clock = Self.clock((now - start) / .seconds(1))
    let open =
      waiting.values.map { (trial: $0, elapsed: 0.0) }
      + running.values.map { (trial: $0.trial, elapsed: (now - $0.start) / .seconds(1)) }
    if let rest = remaining.estimate(open: open) { clock += ", about \(Self.clock(rest)) left" }
    let trials = running.values.sorted { $0.trial.index < $1.trial.index }.map { running in
      let trial = running.trial
      let state = running.progress.map(Self.words) ?? "starting"
      return "\(trial.coder.label) \(trial.bits) bits seed \(trial.seed): \(state)"
    }
    return (["\(done)/\(total)", clock] + trials).joined(separator: " · ")
  }

  private static func words(for progress: TrialProgress) -> String {
    switch progress {
    case .reading: "reading"
    case .training(let point):
      "\(point.stage) \(point.step)/\(point.stepCount), loss "
        + String(format: "%.4g", point.loss)
    case .encoding: "encoding"
    case .measuring: "measuring"
    }
  }

  /// Seconds as `1:02:03` or `2:03`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
      ? String(format: "%d:%02d:%02d", hours, minutes, whole % 60)
      : String(format: "%d:%02d", minutes, whole % 60)
  }
}
