import Contest
import Foundation

/// The Markdown document of one run.
struct ResultsDocument {
  let comparisons: [Comparison]
  let rounds: Int

  var text: String {
    let differences = comparisons.map(\.lossDifference).max() ?? 0
    let hasPeer = comparisons.contains { $0.entries.contains(where: \.isPeer) }
    let agreement =
      hasPeer || BLASCore.exported != nil
      ? """


      All programs reported the same losses in their first \(Setting.checkedSteps) steps, to \
      \(String(format: "%.1e", differences)) relative.
      """ : ""
    return """
      # Training step

      Written by `make bench`; figures belong to this machine: \(Machine.description), \
      \(BLASCore.description).

      One step of one modality of DCMH: gather a batch of \(Setting.batchSize) rows, forward, the \
      whole batch loss against all \(Setting.itemCount) codes of the other modality, backward, \
      plain gradient descent with weight decay \(Setting.decay), float32, one thread. The programs \
      take turns, \(rounds) rounds; figures are medians over rounds, speed-ups medians of the \
      ratios within a round.\(agreement)

      \(table)

      - **ms a step**: wall clock. **CPU ms**: processor time of the same steps; it is less where \
      other programs had the core.
      - **GFLOP/s**: operations of all products of the step (2 m n k each) over wall clock.
      - **epoch**: \(Setting.stepsPerEpoch) steps, wall clock.
      - **in sgemm**: wall clock inside matrix products.
      - **allocations**: buffers of 16 KiB or more that matrices took after the first steps.
      - **× PyTorch**: its time over ours, by wall clock and by processor time. PyTorch runs as a \
      user starts it: `torch.optim.SGD` with its defaults and the system's allocator.

      """
  }

  private var table: String {
    var lines = [
      "| network | program | ms a step | CPU ms | samples/s | GFLOP/s | epoch | in sgemm "
        + "| allocations | × PyTorch | × by CPU |",
      "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for comparison in comparisons {
      lines += comparison.entries.map { row($0, in: comparison) }
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ entry: Comparison.Entry, in comparison: Comparison) -> String {
    let steps = Double(comparison.shape.stepsPerTurn)
    let seconds = median(entry.turns.map(\.seconds)) / steps
    let processorSeconds = median(entry.turns.map(\.processorSeconds)) / steps
    // The peer does the same products; ours counts them.
    let operations = comparison.entries.lazy.compactMap(\.turns.first?.operations).first
    let shares = entry.turns.compactMap { turn in turn.secondsInProducts.map { $0 / turn.seconds } }
    let allocations = entry.turns.compactMap(\.largeAllocations)
    let cells = [
      comparison.shape.layers,
      "\(entry.introduction.name) (\(entry.introduction.library))",
      number(seconds * 1e3, 2),
      number(processorSeconds * 1e3, 2),
      number(Double(Setting.batchSize) / seconds, 0),
      operations.map { number($0 / steps / seconds * 1e-9, 1) } ?? "–",
      number(seconds * Double(Setting.stepsPerEpoch), 2) + " s",
      shares.isEmpty ? "–" : number(median(shares) * 100, 1) + " %",
      allocations.isEmpty ? "–" : String(allocations.reduce(0, +)),
      entry.isPeer ? "1" : Self.ratio(comparison.speedup(of: entry, by: \.seconds)),
      entry.isPeer ? "1" : Self.ratio(comparison.speedup(of: entry, by: \.processorSeconds)),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private static func ratio(_ value: Double?) -> String {
    value.map { number($0, 2) } ?? "–"
  }
}
