import ArgumentParser
import ExperimentKit

/// A run as its user lives through it: progress, interruption, and what went wrong.
struct RunSession {
  let runner: ExperimentRunner

  /// Time between two drawings of the live line while nothing happens.
  private static let tick = Duration.seconds(1)

  /// Runs to the end.
  ///
  /// - Parameter isWanted: Which trials to run; all by default.
  /// - Returns: How the run ended.
  /// - Throws: `ExitCode` of the signal after an interruption, or what the runner throws.
  func run(
    only isWanted: @escaping @Sendable (Trial) -> Bool = { _ in true }
  ) async throws -> RunOutcome {
    let display = ProgressDisplay(
      jobs: runner.jobs, isTerminal: Console.errorIsTerminal, columns: { Console.errorColumns },
      write: Console.writeError)
    let work = Task { try await runner.run(only: isWanted) { await display.show($0) } }
    let signals = InterruptionSignals { work.cancel() }
    let clock = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: Self.tick)
        await display.tick()
      }
    }
    let result = await work.result
    clock.cancel()
    signals.stop()
    await display.close()
    if let signal = signals.received {
      Console.complain(interruptionSentence)
      throw ExitCode(128 + signal)
    }
    let outcome = try result.get()
    for line in Self.failureLines(outcome) { Console.complain(line) }
    return outcome
  }

  private var interruptionSentence: String {
    let plan = runner.plan
    let finished = plan.trials.filter { trial in
      (try? runner.ledger.entry(for: trial, of: plan.experiment).finishedRecord) != nil
    }
    return "Stopped with \(finished.count) of \(plan.trials.count) trials finished; the same "
      + "command goes on from there."
  }

  /// Each reason once, with the trials that it stopped.
  static func failureLines(_ outcome: RunOutcome) -> [String] {
    guard !outcome.failures.isEmpty else { return [] }
    var order: [String] = []
    var titles: [String: [String]] = [:]
    for failure in outcome.failures {
      if titles[failure.reason] == nil { order.append(failure.reason) }
      titles[failure.reason, default: []].append(failure.trial.title)
    }
    let count = outcome.failures.count
    var lines = ["\(count) of \(outcome.trialCount) trials failed:"]
    for reason in order {
      lines.append("  \(reason)")
      lines += (titles[reason] ?? []).map { "    \($0)" }
    }
    let missing = outcome.trialCount - outcome.records.count - count - outcome.unwantedCount
    if missing > 0 { lines.append("\(missing) more trials were not started.") }
    lines.append("The same command runs only what is missing.")
    return lines
  }
}
