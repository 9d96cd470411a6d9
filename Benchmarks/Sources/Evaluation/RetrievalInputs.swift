import Crossbit
import Foundation

/// Codes and labels of one problem, drawn from fixed seeds.
///
/// A code is the bitwise majority of the words of three of the item's labels, drawn with
/// repetition, of which one bit in eight is turned; so distances gather and tie as those of learned
/// codes do, which sorting and heaps feel. The codes are made in place: nothing else stays behind.
struct RetrievalInputs {
  let queries: BinaryCodes
  let queryLabels: LabelSets
  let items: BinaryCodes
  let itemLabels: LabelSets

  init(_ shape: RetrievalShape, bits: Int) {
    (queries, queryLabels) = Self.draw(shape.queryCount, bits: bits, stream: "queries")
    (items, itemLabels) = Self.draw(shape.itemCount, bits: bits, stream: "items")
  }

  private static func draw(
    _ count: Int, bits: Int, stream: String
  ) -> (BinaryCodes, LabelSets) {
    let wordCount = (bits + 63) / 64
    // Bits beyond the code length stay zero.
    let mask = bits % 64 == 0 ? UInt64.max : (1 << UInt64(bits % 64)) - 1
    var labelWords = RandomStream(seed: 1).stream("label words")
    let words = (0..<Setting.labelCount * wordCount).map { _ in labelWords.next() }
    var random = RandomStream(seed: 1).stream(stream)
    var indicators = [UInt8](repeating: 0, count: count * Setting.labelCount)
    let codes = [UInt64](unsafeUninitializedCapacity: count * wordCount) { codes, filled in
      for item in 0..<count {
        var carried: [Int] = []
        for label in 0..<Setting.labelCount
        where random.nextUniform() < Setting.labelShares[label] {
          indicators[item * Setting.labelCount + label] = 1
          carried.append(label)
        }
        let chosen = (0..<3).map { _ in carried.randomElement(using: &random) }
        for word in 0..<wordCount {
          // An item without labels gets random words.
          let parts = chosen.map { $0.map { words[$0 * wordCount + word] } ?? random.next() }
          let majority = parts[0] & parts[1] | parts[1] & parts[2] | parts[2] & parts[0]
          let turned = random.next() & random.next() & random.next()
          let code = majority ^ turned
          codes[item * wordCount + word] = word == wordCount - 1 ? code & mask : code
        }
      }
      filled = count * wordCount
    }
    return (
      BinaryCodes(count: count, bits: bits, words: codes),
      LabelSets(count: count, labelCount: Setting.labelCount, indicators: indicators)
    )
  }

  /// Measures the first queries, or all, with what a table needs.
  func result(
    queries count: Int? = nil, databaseOrder: Bool, threads: Int = 1
  ) throws -> RetrievalResult {
    let range = 0..<min(count ?? queries.count, queries.count)
    let all = range.count == queries.count
    return try evaluate(
      queries: all ? queries : queries.selecting(range),
      queryLabels: all ? queryLabels : queryLabels.selecting(range),
      retrieval: items, retrievalLabels: itemLabels,
      measures: MeasureSpecification(
        precisionCutoffs: Setting.cutoffs, precisionRecall: true, databaseOrder: databaseOrder),
      threads: threads)
  }

  /// Writes what the peers read: `queries.npy` and `items.npy` with packed codes, and the label
  /// indicators beside them.
  func write(to folder: URL) throws {
    for (name, codes, labels) in [("query", queries, queryLabels), ("item", items, itemLabels)] {
      let bytes = (codes.bits + 7) / 8
      var packed = Data(capacity: codes.count * bytes)
      for item in 0..<codes.count {
        for byte in 0..<bytes {
          let word = codes.words[item * codes.wordsPerCode + byte / 8]
          packed.append(UInt8(truncatingIfNeeded: word >> UInt64(byte % 8 * 8)))
        }
      }
      try Self.array(packed, rows: codes.count, columns: bytes)
        .write(to: folder.appending(component: "\(name)_codes.npy"))
      var indicators = Data(capacity: labels.count * labels.labelCount)
      for item in 0..<labels.count {
        for label in 0..<labels.labelCount {
          indicators.append(labels.contains(label, item: item) ? 1 : 0)
        }
      }
      try Self.array(indicators, rows: labels.count, columns: labels.labelCount)
        .write(to: folder.appending(component: "\(name)_labels.npy"))
    }
  }

  /// A NumPy file, version 1.0, of bytes.
  private static func array(_ content: Data, rows: Int, columns: Int) -> Data {
    var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    // Ten bytes come before the header; together they fill a multiple of 64.
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = UInt16(header.utf8.count)
    return Data([0x93]) + Data("NUMPY".utf8)
      + Data([1, 0, UInt8(length & 0xff), UInt8(length >> 8)]) + Data(header.utf8) + content
  }
}
