import Contest

/// The part of the document about a retrieval set of web size: time and memory.
struct LargeSection {
  let comparison: Comparison

  var text: String {
    let pairs = Double(comparison.shape.queryCount) * Double(comparison.shape.itemCount)
    let lines = comparison.entries.map { entry in
      let seconds = median(entry.nanoseconds) * pairs * 1e-9
      let cells = [
        entry.program.title, EvaluationDocument.nanoseconds(entry), number(seconds, 2),
        mebibytes(entry.addedBytes),
      ]
      return "| " + cells.joined(separator: " | ") + " |"
    }
    let inputs = comparison.facts.inputBytes
    let added = Double(comparison.entries.first?.addedBytes ?? 0) / Double(inputs)
    return """
      ## \(comparison.shape.name), \(comparison.bits) bits

      | program | ns a pair | seconds | MiB added |
      |---|--:|--:|--:|
      \(lines.joined(separator: "\n"))

      Packed codes and labels of queries and items take \(mebibytes(inputs)) MiB. **MiB added** is \
      the peak of resident memory during the evaluation over what was resident before it (`VmHWM` \
      after a reset), the greatest of all rounds; Crossbit's is \(number(added, 2)) times the \
      codes and labels.
      """
  }

  private func mebibytes(_ bytes: Int) -> String { number(Double(bytes) / 1_048_576, 0) }
}
