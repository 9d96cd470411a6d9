import ArrayFiles
import Foundation
import Retrieval
import Tensors
import TestSupport

/// Random codes and labels of both modalities, as matrices and packed.
struct RandomCodes {
  let bits: Int
  let labelCount = 5
  let queryCount = 70
  let retrievalCount = 130
  /// ±1 matrices by name, row after row.
  private(set) var codes: [String: [Float]] = [:]
  /// 0/1 matrices by name, row after row.
  private(set) var labels: [String: [UInt8]] = [:]

  init(bits: Int) {
    self.bits = bits
    var stream = testStream("random codes of \(bits) bits")
    for (name, count) in [
      ("q_img", queryCount), ("q_txt", queryCount), ("r_img", retrievalCount),
      ("r_txt", retrievalCount),
    ] {
      codes[name] = (0..<count * bits).map { _ in stream.nextUniform() < 0.5 ? 1 : -1 }
    }
    for (name, count) in [("q_l", queryCount), ("r_l", retrievalCount)] {
      labels[name] = (0..<count * labelCount).map { _ in stream.nextUniform() < 0.2 ? 1 : 0 }
    }
    // An item that is a query has the labels of the query.
    let queryLabels = labels["q_l"] ?? []
    for case let (query, row?) in ownRows.enumerated() {
      for label in 0..<labelCount {
        labels["r_l"]?[row * labelCount + label] = queryLabels[query * labelCount + label]
      }
    }
  }

  /// The queries' own rows: every third stands at its number in the retrieval set.
  var ownRows: [Int?] { (0..<queryCount).map { $0 % 3 == 0 ? $0 : nil } }

  func rows(of name: String) -> Int { name.hasPrefix("q") ? queryCount : retrievalCount }

  /// Writes all of them, and the own rows as `rows`.
  func write(to folder: String) throws {
    for (name, values) in codes {
      try NumPyFile.write(
        path: "\(folder)/\(name).npy", shape: [rows(of: name), bits], values: values)
    }
    for (name, values) in labels {
      try NumPyFile.write(
        path: "\(folder)/\(name).npy", shape: [rows(of: name), labelCount], values: values)
    }
    try NumPyFile.write(
      path: "\(folder)/rows.npy", shape: [queryCount], values: ownRows.map { Int32($0 ?? -1) })
  }

  func packed(_ name: String) throws -> BinaryCodes {
    try BinaryCodes(count: rows(of: name), bits: bits, activations: codes[name] ?? [])
  }

  func labelSets(_ name: String) -> LabelSets {
    LabelSets(count: rows(of: name), labelCount: labelCount, indicators: labels[name] ?? [])
  }

  /// mAP@all in database order by a stable sort of all items, nothing packed.
  func literalMean(
    _ queries: String, _ retrieval: String, leavingOut ownRows: [Int?]? = nil
  ) -> Double {
    guard let asking = codes[queries], let asked = codes[retrieval], let wanted = labels["q_l"],
      let held = labels["r_l"]
    else { return .nan }
    var values: [Double] = []
    for query in 0..<queryCount {
      var ranked: [(distance: Int, item: Int)] = []
      for item in 0..<retrievalCount where item != ownRows?[query] {
        let distance = (0..<bits).count { asking[query * bits + $0] != asked[item * bits + $0] }
        ranked.append((distance, item))
      }
      ranked.sort { ($0.distance, $0.item) < ($1.distance, $1.item) }
      var precisions: [Double] = []
      for (rank, entry) in ranked.enumerated() {
        let isRelevant = (0..<labelCount).contains { label in
          wanted[query * labelCount + label] == 1 && held[entry.item * labelCount + label] == 1
        }
        if isRelevant { precisions.append(Double(precisions.count + 1) / Double(rank + 1)) }
      }
      if !precisions.isEmpty {
        values.append(precisions.reduce(0, +) / Double(precisions.count))
      }
    }
    return values.reduce(0, +) / Double(values.count)
  }
}
