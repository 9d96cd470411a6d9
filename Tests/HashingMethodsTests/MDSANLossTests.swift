import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

/// Seven items of five labels; no item has the last label.
let sevenLabelSets = LabelSets(
  count: 7, labelCount: 5,
  indicators: [
    1, 1, 0, 0, 0,
    1, 0, 0, 0, 0,
    1, 1, 1, 0, 0,
    0, 1, 1, 0, 0,
    0, 0, 0, 1, 0,
    1, 0, 0, 1, 0,
    1, 0, 1, 0, 0,
  ] as [UInt8])

/// The batch: items that share labels and one that shares none with the others.
private let items = [2, 0, 4]
private let bits = 6

/// Whether two items share a label, 0 or 1.
private func similar(_ i: Int, _ j: Int) -> Double {
  (0..<5).contains { sevenLabelSets.contains($0, item: i) && sevenLabelSets.contains($0, item: j) }
    ? 1 : 0
}

/// ℓ(u, V) word for word; `rows` and `columns` are the items of the rows of u and V.
private func literal(
  _ u: [[Double]], _ v: [[Double]], rows: [Int] = items, columns: [Int] = Array(0..<7)
) -> Double {
  var sum = 0.0
  for (i, a) in zip(rows, u) {
    for (j, b) in zip(columns, v) {
      let θ = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / 2
      sum += log(1 + exp(θ)) - similar(i, j) * θ
    }
  }
  return sum / Double(u.count * v.count)
}

private func meanSquares(_ a: [[Double]], _ b: [[Double]]) -> Double {
  zip(a.joined(), b.joined()).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    / Double(a.count * bits)
}

@Suite("MDSAN's loss")
struct MDSANLossTests {
  /// float32 sums of some hundred terms near 1, over some ten terms.
  private static let tolerance = 1e-4

  /// Values are read from it after the loss has been made, so it must outlive them.
  private let tape = Tape()
  private let f = randomParameter("f", rows: 3, columns: bits)
  private let g = randomParameter("g", rows: 3, columns: bits)
  private let h = randomParameter("h", rows: 3, columns: bits)
  private let imageLogits = (0..<3).map { randomParameter("z\($0)", rows: 3, columns: 5) }
  private let textLogits = (3..<5).map { randomParameter("z\($0)", rows: 3, columns: 5) }
  private let buffers = ["F", "G", "H"].map {
    randomParameter($0, rows: 7, columns: bits).value
  }
  private let binary = {
    let signs = randomParameter("B", rows: 3, columns: bits).value
    for index in signs.elements.indices {
      signs.elements[index] = signs.elements[index] < 0 ? -1 : 1
    }
    return signs
  }()

  private func pairs(withLabelCodes: Bool = true) -> MDSANPairs {
    MDSANPairs(
      items: items, image: buffers[0], text: buffers[1],
      labels: withLabelCodes ? buffers[2] : nil, similarity: LabelSimilarity(sevenLabelSets))
  }

  private func loss(
    _ configuration: MDSAN.Configuration, on tape: Tape, labelCodes: Bool = true,
    levels: Bool = true
  ) -> PairLoss {
    MDSANLoss(configuration: configuration)(
      tape.parameter(f), tape.parameter(g), labelCodes ? tape.parameter(h) : nil,
      pairs(withLabelCodes: labelCodes), binary: tape.constant(binary),
      levelLogits: levels
        ? [imageLogits.map(tape.parameter), textLogits.map(tape.parameter)] : [],
      labels: LabelIndicators(sevenLabelSets.selecting(items), dividedBy: .count, on: tape))
  }

  /// The five parts, written out in Double.
  private func literalParts(_ configuration: MDSAN.Configuration) -> [String: Double] {
    let (u, v, l) = (doubleRows(f.value), doubleRows(g.value), doubleRows(h.value))
    let (F, G, H) = (doubleRows(buffers[0]), doubleRows(buffers[1]), doubleRows(buffers[2]))
    func crossEntropy(_ logits: Parameter) -> Double {
      var sum = 0.0
      for (i, row) in zip(items, doubleRows(logits.value)) {
        for (k, z) in row.enumerated() {
          let p = 1 / (1 + exp(-z))
          sum -= sevenLabelSets.contains(k, item: i) ? log(p) : log(1 - p)
        }
      }
      return sum / 15
    }
    let B = doubleRows(binary)
    return [
      "own-modality likelihood": literal(u, F) + literal(v, G),
      "other-modality likelihood": literal(u, G) + literal(v, F),
      "label-code likelihood": literal(u, H) + literal(v, H) + literal(l, F) + literal(l, G),
      "level loss": imageLogits.map(crossEntropy).reduce(0, +) / 3
        + textLogits.map(crossEntropy).reduce(0, +) / 2,
      "quantisation": meanSquares(B, u) + meanSquares(B, v)
        + configuration.labelQuantisationWeight * meanSquares(B, l),
    ]
  }

  private static let weighted = MDSAN.Configuration.full.with {
    $0.levelWeight = 0.7
    $0.quantisationWeight = 0.3
    $0.labelQuantisationWeight = 2
  }

  @Test("equals each term of its formula, and their weighted sum")
  func reference() throws {
    let loss = loss(Self.weighted, on: tape)
    let expected = literalParts(Self.weighted)
    #expect(loss.parts.map(\.name).sorted() == expected.keys.sorted())
    for (name, value) in loss.parts {
      #expect(abs(Double(value.scalar) - (expected[name] ?? .nan)) < Self.tolerance, "\(name)")
    }
    var total = 0.0
    for (name, value) in expected {
      total += value * (["level loss": 0.7, "quantisation": 0.3][name] ?? 1)
    }
    #expect(abs(Double(loss.total.scalar) - total) < Self.tolerance)
  }

  @Test("has the gradients of its finite differences")
  func gradient() {
    let parameters = [f, g, h] + imageLogits + textLogits
    // 0.2 keeps the squares that the check takes, and with them rounding, near 1.
    let error = GradientCheck.largestError(of: parameters) {
      loss(Self.weighted, on: $0).total.scaled(by: 0.2)
    }
    #expect(error < GradientCheck.tolerance)
    for (index, name) in loss(Self.weighted, on: tape).parts.map(\.name).enumerated() {
      let tape = Tape()
      let value = loss(Self.weighted, on: tape).parts[index].value
      for parameter in parameters { parameter.clearGradient() }
      tape.backward(from: value)
      let touched = parameters.filter(\.hasGradient)
      let error = GradientCheck.largestError(of: touched) {
        loss(Self.weighted, on: $0).parts[index].value
      }
      #expect(!touched.isEmpty && error < GradientCheck.tolerance, "\(name)")
    }
  }

  @Test("leaves out the terms that the knobs leave out")
  func knobs() {
    func names(
      labelCodes: Bool = true, levels: Bool = true,
      _ change: (inout MDSAN.Configuration) -> Void = { _ in }
    ) -> Set<String> {
      Set(
        loss(Self.weighted.with(change), on: tape, labelCodes: labelCodes, levels: levels)
          .parts.map(\.name))
    }
    let all = names()
    #expect(all.subtracting(names { $0.usesOwnModality = false }) == ["own-modality likelihood"])
    #expect(
      all.subtracting(names { $0.usesOtherModality = false }) == ["other-modality likelihood"])
    #expect(all.subtracting(names(labelCodes: false)) == ["label-code likelihood"])
    #expect(all.subtracting(names(levels: false)) == ["level loss"])
  }

  @Test("compares inside the batch with the slopes of one symmetric sum")
  func batchForm() {
    // Each pair of two codes stands in L both ways round with one of them held, so the slope of L is
    // that of ½ [ℓ(f, f) + ℓ(g, g)] + ℓ(f, g) + ℓ(f, h) + ℓ(g, h) with nothing held.
    let configuration = MDSAN.Configuration.full.with { $0.quantisationWeight = 0 }
    let codes = [f, g, h].map(tape.parameter)
    let pairs = MDSANPairs(
      items: [0, 1, 2], image: f.value, text: g.value, labels: h.value,
      similarity: LabelSimilarity(sevenLabelSets.selecting(items)))
    let loss = MDSANLoss(configuration: configuration)(
      codes[0], codes[1], codes[2], pairs, binary: tape.constant(binary), levelLogits: [],
      labels: LabelIndicators(sevenLabelSets.selecting(items), dividedBy: .count, on: tape))
    for parameter in [f, g, h] { parameter.clearGradient() }
    tape.backward(from: loss.total)

    func symmetric() -> Double {
      let (u, v, l) = (doubleRows(f.value), doubleRows(g.value), doubleRows(h.value))
      func pair(_ a: [[Double]], _ b: [[Double]]) -> Double { literal(a, b, columns: items) }
      return (pair(u, u) + pair(v, v)) / 2 + pair(u, v) + pair(u, l) + pair(v, l)
    }
    let step: Float = 1 / 128
    for parameter in [f, g, h] {
      for index in parameter.value.elements.indices {
        let start = parameter.value.elements[index]
        parameter.value.elements[index] = start + step
        let above = symmetric()
        parameter.value.elements[index] = start - step
        let below = symmetric()
        parameter.value.elements[index] = start
        let slope = (above - below) / (2 * Double(step))
        #expect(abs(slope - Double(parameter.gradient.elements[index])) < Self.tolerance)
      }
    }
  }

  @Test("takes B as the sign of the weighted sum of the last codes")
  func binaryCodes() {
    let configuration = MDSAN.Configuration.full.with {
      $0.binarisation = MDSAN.Configuration.Binarisation(image: 0.5, text: 2, labels: 3)
    }
    let codes = CodeBuffers(
      configuration.codeShares, count: 7, bits: bits, random: RandomStream(seed: 1))
    codes.store([f, g, h].map(tape.parameter), at: items)
    codes.updateBinary()
    for (row, item) in items.enumerated() {
      for bit in 0..<bits {
        #expect(codes.real[0][item, bit] == f.value[row, bit])
        let sum = 0.5 * f.value[row, bit] + 2 * g.value[row, bit] + 3 * h.value[row, bit]
        #expect(codes.binary[item, bit] == (sum < 0 ? -1 : 1))
      }
    }
    let without = CodeBuffers(
      configuration.with { $0.usesLabelCodes = false }.codeShares, count: 7, bits: bits,
      random: RandomStream(seed: 1))
    #expect(without.real.count == 2 && without.binary.values.allSatisfy { abs($0) == 1 })
  }
}
