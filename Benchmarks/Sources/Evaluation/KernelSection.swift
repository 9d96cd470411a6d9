import Contest

/// The part of the document about how far the evaluator is from what the processor allows.
struct KernelSection {
  let comparisons: [Comparison]

  var text: String {
    var lines = [
      "| shape | bits | Crossbit | its kernel | share | GHz | octets | loads allow | operations allow |",
      "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += comparisons.compactMap(row)
    return """
      ## Kernel floor

      \(lines.joined(separator: "\n"))

      All in nanoseconds a pair, one thread. **its kernel**: histograms of distances over blocks of \
      planes that are there already, without making them and without measures; **share** is its \
      part of the whole. **GHz** is measured by a chain of dependent operations; **octets** are the \
      runs of eight distances that hold an item of a block of 512, on average. The last two are \
      computed from these for this way of counting, and no program reaches them: **loads allow** \
      one vector of 64 bytes from the second-level cache a cycle, for one carry for every two bits \
      and the query's labels; **operations allow** two vector operations of 512 bits a cycle, two \
      for each carry (the halves of a full adder) and 48 for each octet (8 masks, as many for \
      relevant items, and 16 times counting bits and adding). They are left out where the kernel \
      has no 512-bit vectors.
      """
  }

  private func row(_ comparison: Comparison) -> String? {
    guard let whole = comparison.entry("expected"), let kernel = comparison.entry("kernel") else {
      return nil
    }
    let facts = comparison.facts
    let share = median(zip(kernel.nanoseconds, whole.nanoseconds).map { $0 / $1 })
    let cycle = 1 / facts.gigahertz / Double(BareKernel.itemsPerBlock)
    // The kernel takes bits in groups of 16.
    let carries = Double((comparison.bits + 15) / 16 * 8)
    let cycles = [
      1 + carries + facts.labelsPerQuery,
      (2 * carries + facts.labelsPerQuery + 48 * facts.octetsPerBlock) / 2,
    ]
    let bounds = cycles.map { cycles in
      facts.vectorBits == 512 ? EvaluationDocument.significant(cycles * cycle) : "–"
    }
    let cells = [
      comparison.shape.name, "\(comparison.bits)",
      EvaluationDocument.significant(median(whole.nanoseconds)),
      EvaluationDocument.significant(median(kernel.nanoseconds)),
      number(share * 100, 0) + " %", number(facts.gigahertz, 2), number(facts.octetsPerBlock, 1),
      bounds[0], bounds[1],
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
