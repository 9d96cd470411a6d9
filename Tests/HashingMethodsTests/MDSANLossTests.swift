import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

/// Seven items of five labels; no item has the last label.
private let labels = LabelSets(
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
  (0..<5).contains { labels.contains($0, item: i) && labels.contains($0, item: j) } ? 1 : 0
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
      labels: withLabelCodes ? buffers[2] : nil, similarity: LabelSimilarity(labels))
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
      labels: LabelIndicators(labels.selecting(items), on: tape))
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
          sum -= labels.contains(k, item: i) ? log(p) : log(1 - p)
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
      similarity: LabelSimilarity(labels.selecting(items)))
    let loss = MDSANLoss(configuration: configuration)(
      codes[0], codes[1], codes[2], pairs, binary: tape.constant(binary), levelLogits: [],
      labels: LabelIndicators(labels.selecting(items), on: tape))
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
    let codes = MDSANCodes(count: 7, bits: bits, configuration, random: RandomStream(seed: 1))
    codes.store(tape.parameter(f), tape.parameter(g), tape.parameter(h), at: items)
    codes.updateBinary()
    for (row, item) in items.enumerated() {
      for bit in 0..<bits {
        #expect(codes.image[item, bit] == f.value[row, bit])
        let sum = 0.5 * f.value[row, bit] + 2 * g.value[row, bit] + 3 * h.value[row, bit]
        #expect(codes.binary[item, bit] == (sum < 0 ? -1 : 1))
      }
    }
    let without = MDSANCodes(
      count: 7, bits: bits, configuration.with { $0.usesLabelCodes = false },
      random: RandomStream(seed: 1))
    #expect(without.labels == nil && without.binary.values.allSatisfy { abs($0) == 1 })
  }
}

@Suite("MDSAN's networks")
struct MDSANNetworkTests {
  private static let small = MDSAN.Configuration.full.with {
    $0.levelUnits = 5
    $0.trunkUnits = 6
    $0.graphUnits = 4
    $0.embeddingUnits = 3
  }

  /// Values are read from it after they have been made, so it must outlive them.
  private let tape = Tape()
  private let random = RandomStream(seed: 5)

  @Test("The fusion is the weighted sum of its rows and has its finite differences")
  func fusion() {
    let levels = (0..<3).map { randomParameter("u\($0)", rows: 4, columns: 5) }
    let weights = randomParameter("w", rows: 4, columns: 3)
    func output(_ tape: Tape) -> Variable {
      Variable.weightedSum(of: levels.map(tape.parameter), by: tape.parameter(weights))
    }
    let sums = output(tape).value
    for row in 0..<4 {
      for column in 0..<5 {
        let expected = (0..<3).reduce(0.0) {
          $0 + Double(weights.value[row, $1]) * Double(levels[$1].value[row, column])
        }
        #expect(abs(Double(sums[row, column]) - expected) < 1e-5)
      }
    }
    #expect(
      GradientCheck.largestError(of: levels + [weights], output) < GradientCheck.tolerance)
    // A level that is also used elsewhere keeps what it got there.
    let shared = GradientCheck.largestError(of: levels + [weights]) { tape in
      let first = tape.parameter(levels[0]).tanh()
      let rest = levels.dropFirst().map(tape.parameter)
      return first.plus(Variable.weightedSum(of: [first] + rest, by: tape.parameter(weights)))
    }
    #expect(shared < GradientCheck.tolerance)
  }

  private static let layouts: [(MDSAN.Configuration.Levels, FeatureLayout, count: Int)] = [
    (.depth, FeatureLayout(vector: 7), 3),
    (.single, FeatureLayout(vector: 7), 1),
    (.depth, FeatureLayout(vector: 3, levels: [2, 2]), 3),
    (.given, FeatureLayout(vector: 3, levels: [2, 1], parts: (count: 1, width: 1)), 3),
    (.given, FeatureLayout(vector: 7), 3),
  ]

  @Test("A network has the levels asked for and its finite differences", arguments: 0..<5)
  func network(index: Int) {
    let (levels, layout, count) = Self.layouts[index]
    // Small weights and biases of ±1 keep every ReLU clear of its kink, where differences are no
    // gradients, half of them on and half off.
    let configuration = Self.small.with {
      $0.levels = levels
      $0.initialWeights = .normal(deviation: 0.1)
    }
    let network = MDSANNetwork("image", layout: layout, bits: 4, configuration, random: random)
    for parameter in network.parameters where parameter.name.hasSuffix(".bias") {
      for unit in parameter.value.elements.indices {
        parameter.value.elements[unit] = unit.isMultiple(of: 2) ? 1 : -1
      }
    }
    let x = randomParameter("x", rows: 3, columns: 7).value
    let embeddings = randomParameter("E", rows: 2, columns: 3)
    func outputs(_ tape: Tape) -> [Variable] {
      let (codes, levels) = network(tape.constant(x))
      return [codes] + network.logits(of: levels, tape.parameter(embeddings))
    }
    let first = outputs(tape)
    #expect(first.map(\.columns) == [4] + Array(repeating: 2, count: count))
    #expect(first[0].value.values.allSatisfy { abs($0) < 1 })
    let error = GradientCheck.largestError(of: network.parameters + [embeddings]) {
      Variable.joiningColumns(outputs($0))
    }
    #expect(error < GradientCheck.tolerance)
  }

  @Test("Levels see their own columns only")
  func columns() {
    let layout = FeatureLayout(vector: 3, levels: [2], parts: (count: 2, width: 1))
    func codes(_ levels: MDSAN.Configuration.Levels, changing column: Int) -> [Float] {
      let network = MDSANNetwork(
        "image", layout: layout, bits: 4, Self.small.with { $0.levels = levels }, random: random)
      let x = randomParameter("x", rows: 3, columns: 7).value
      x[0, column] += 1
      return network(tape.constant(x)).codes.value.values
    }
    // Column 5 and 6 are parts, which nothing reads; 3 and 4 are the given level.
    #expect(codes(.depth, changing: 3) == codes(.depth, changing: 6))
    #expect(codes(.depth, changing: 0) != codes(.depth, changing: 6))
    #expect(codes(.given, changing: 3) != codes(.given, changing: 6))
    #expect(codes(.given, changing: 5) == codes(.given, changing: 6))
  }

  @Test("The graph is that of GCDH's recipe")
  func propagation() {
    // numpy on the label matrix above: M = YᵀY without its diagonal, P = M / n, threshold 0.45, ones,
    // A = 0.25 P / (column sums + 1e-6) + I, D = diag(row sums)^-½, (A D)ᵀ D; 0/0 as 0.
    let expected = [
      1, 0.072169, 0.072169, 0.080064, 0,
      0, 0.75, 0.1875, 0, 0,
      0, 0.1875, 0.75, 0, 0,
      0, 0, 0, 0.923077, 0,
      0, 0, 0, 0, 1,
    ]
    let graph = LabelGraph.propagation(of: labels, threshold: 0.45, mass: 0.25)
    for (value, expected) in zip(graph.values, expected) {
      #expect(abs(Double(value) - expected) < 2e-6)
    }
    // Nobody follows anybody with certainty but no mass passes: all stand alone.
    let alone = LabelGraph.propagation(of: labels, threshold: 0.45, mass: 0)
    #expect((0..<25).allSatisfy { alone.values[$0] == ($0 % 6 == 0 ? 1 : 0) })
  }

  @Test("Embeddings and label codes follow their formula and finite differences")
  func labelCodes() throws {
    let vectors = randomParameter("vectors", rows: 5, columns: 8).value
    for (nodes, vectors) in [
      (MDSAN.Configuration.LabelNodes.vectors, vectors), (.identity, vectors), (.vectors, nil),
    ] {
      let graph = LabelGraph(
        labels, vectors: vectors, bits: 4, Self.small.with { $0.labelNodes = nodes },
        random: random)
      let parameters = graph.parameters
      let (V1, V2) = (doubleRows(parameters[0].value), doubleRows(parameters[1].value))
      let (W, bias) = (doubleRows(parameters[2].value), doubleRows(parameters[3].value))
      let A = doubleRows(LabelGraph.propagation(of: labels, threshold: 0.3, mass: 0.25))
      var X = (0..<5).map { k in (0..<5).map { k == $0 ? 5.0.squareRoot() : 0 } }
      if nodes == .vectors, let vectors {
        X = doubleRows(vectors)
        let norms = X.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let scale = 8.0.squareRoot() / (norms.reduce(0, +) / 5)
        X = X.map { $0.map { $0 * scale } }
      }
      let hidden = product(product(A, X), V1).map { $0.map { $0 < 0 ? 0.2 * $0 : $0 } }
      let E = product(product(A, hidden), V2)
      let embeddings = graph.embeddings(on: tape)
      // float32 against Double, sums of ten numbers near 1.
      #expect(largestDifference(embeddings.value, E) < 1e-5)

      let sets = LabelSets(count: 2, labelCount: 5, indicators: [1, 0, 1, 0, 0, 0, 0, 0, 0, 0])
      let means = [(0..<3).map { (E[0][$0] + E[2][$0]) / 2 }, [0, 0, 0]]
      let h = product(means, W).map { zip($0, bias[0]).map { tanh($0 + $1) } }
      let codes = try #require(graph.codes(of: LabelIndicators(sets, on: tape), embeddings))
      #expect(largestDifference(codes.value, h) < 1e-5)
      let error = GradientCheck.largestError(of: parameters) { tape in
        let embeddings = graph.embeddings(on: tape)
        return graph.codes(of: LabelIndicators(sets, on: tape), embeddings) ?? embeddings
      }
      #expect(error < GradientCheck.tolerance)
    }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { column in
        row.indices.reduce(0) { $0 + row[$1] * b[$1][column] }
      }
    }
  }

  private func largestDifference(_ matrix: Matrix, _ rows: [[Double]]) -> Double {
    zip(matrix.elements, rows.joined()).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
  }
}
