import Contest
import Foundation

/// The Markdown document of one run.
struct EncodingDocument {
  let comparisons: [Comparison]
  let items: Int
  let rounds: Int

  var text: String {
    """
    # Encoding a file

    Written by `make bench`; figures belong to this machine: \(Machine.description).

    One pass over \(items) pictures of \(EncodingShape.columns) columns: read, check that every \
    number is finite, network, sign, pack; blocks of 1024 rows, one thread of BLAS. Before every \
    turn the system is told to forget the file. The programs take turns, \(rounds) rounds; figures \
    are medians over rounds, speed-ups medians of the ratios within a round.

    \(table)

    - **in sgemm**: wall clock of products over wall clock of the whole pass. The next block is read \
    on a second thread meanwhile, so on a core alone the share is less.
    - **memory**: largest memory of the process's own after a block, pages of mapped files not \
    counted; most of it are the weights, and for the peer its libraries.
    - **from disk**: bytes that the system read from disk for the pass, over the size of the file; \
    0 where the system kept the file all the same.
    - **× peer**: its time over ours. The peer reads the same blocks with h5py, whose rows go to \
    PyTorch without a copy, and does not check them.

    """
  }

  private var table: String {
    var lines = [
      "| file | MB | network | program | seconds | CPU s | items/s | in sgemm | memory MB "
        + "| from disk | × peer | × by CPU |",
      "|---|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for comparison in comparisons {
      lines += comparison.entries.map { row($0, in: comparison) }
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ entry: Comparison.Entry, in comparison: Comparison) -> String {
    let seconds = median(entry.turns.map(\.seconds))
    let shares = entry.turns.compactMap { turn in turn.secondsInProducts.map { $0 / turn.seconds } }
    let disk = median(entry.turns.map { Double($0.diskBytes) }) / Double(comparison.fileBytes)
    func ratio(_ cost: (Turn) -> Double) -> String {
      comparison.speedup(of: entry, by: cost).map { number($0, 2) } ?? "–"
    }
    let cells = [
      comparison.file.title,
      number(Double(comparison.fileBytes) * 1e-6, 0),
      comparison.shape.layers,
      "\(entry.introduction.name) (\(entry.introduction.library))",
      number(seconds, 2),
      number(median(entry.turns.map(\.processorSeconds)), 2),
      number(Double(items) / seconds, 0),
      shares.isEmpty ? "–" : number(median(shares) * 100, 1) + " %",
      number(Double(entry.turns.map(\.anonymousBytes).max() ?? 0) * 1e-6, 0),
      number(disk, 2),
      entry.isPeer ? "1" : ratio(\.seconds),
      entry.isPeer ? "1" : ratio(\.processorSeconds),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
