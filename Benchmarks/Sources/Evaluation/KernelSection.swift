import Contest

/// The part of the document about how far the evaluator is from what the processor allows.
struct KernelSection {
  let comparisons: [Comparison]

  var text: String {
    var lines = [
      "| shape | bits | Crossbit | its kernel | share | GHz | loads allow | adders allow |",
      "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += comparisons.compactMap(row)
    return """
      ## Kernel floor

      \(lines.joined(separator: "\n"))

      All in nanoseconds a pair, one thread. **its kernel**: histograms of distances over bit \
      planes that are there already, without turning the retrieval set and without measures; \
      **share** is its part of the whole. **GHz** is measured by a chain of dependent operations. The last two \
      are computed from it and no program reaches both: **loads allow** one vector of 64 bytes \
      from the second-level cache a cycle, for each plane of the code and of the query's labels; \
      **adders allow** two vector operations of 512 bits a cycle, three for each bit of the code \
      (an exclusive or with the query's bit and the two halves of a full adder). Telling the \
      distances apart and counting them is in neither. They are left out where the kernel has no 512-bit \
      vectors.
      """
  }

  private func row(_ comparison: Comparison) -> String? {
    guard let whole = comparison.entry("expected"), let kernel = comparison.entry("kernel") else {
      return nil
    }
    let facts = comparison.facts
    let share = median(zip(kernel.nanoseconds, whole.nanoseconds).map { $0 / $1 })
    let cycle = 1 / facts.gigahertz / Double(BareKernel.itemsPerBlock)
    // Full adders take planes in groups of 16.
    let planes = Double((comparison.bits + 15) / 16 * 16)
    let bounds = [planes + facts.labelsPerQuery, planes * 3 / 2].map { cycles in
      facts.vectorBits == 512 ? EvaluationDocument.significant(cycles * cycle) : "–"
    }
    let cells = [
      comparison.shape.name, "\(comparison.bits)",
      EvaluationDocument.significant(median(whole.nanoseconds)),
      EvaluationDocument.significant(median(kernel.nanoseconds)),
      number(share * 100, 0) + " %", number(facts.gigahertz, 2), bounds[0], bounds[1],
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
