import CrossModalData
import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

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
    // numpy on the label matrix of MDSANLossTests: M = YᵀY without its diagonal, P = M / n, ones
    // where P ≥ 0.45, A = 0.25 P / (column sums + 1e-6) + I, D = diag(row sums)^-½, (A D)ᵀ D; 0/0
    // as 0.
    let expected = [
      1, 0.072169, 0.072169, 0.080064, 0,
      0, 0.75, 0.1875, 0, 0,
      0, 0.1875, 0.75, 0, 0,
      0, 0, 0, 0.923077, 0,
      0, 0, 0, 0, 1,
    ]
    let graph = LabelGraph.propagation(of: sevenLabelSets, threshold: 0.45, mass: 0.25)
    for (value, expected) in zip(graph.values, expected) {
      #expect(abs(Double(value) - expected) < 2e-6)
    }
    // Nobody follows anybody with certainty but no mass passes: all stand alone.
    let alone = LabelGraph.propagation(of: sevenLabelSets, threshold: 0.45, mass: 0)
    #expect((0..<25).allSatisfy { alone.values[$0] == ($0 % 6 == 0 ? 1 : 0) })
  }

  @Test("Embeddings and label codes follow their formula and finite differences")
  func labelCodes() throws {
    let vectors = randomParameter("vectors", rows: 5, columns: 8).value
    for (nodes, vectors) in [
      (MDSAN.Configuration.LabelNodes.vectors, vectors), (.identity, vectors), (.vectors, nil),
    ] {
      let graph = LabelGraph(
        sevenLabelSets, vectors: vectors, bits: 4, Self.small.with { $0.labelNodes = nodes },
        random: random)
      let parameters = graph.parameters
      let (V1, V2) = (doubleRows(parameters[0].value), doubleRows(parameters[1].value))
      let (W, bias) = (doubleRows(parameters[2].value), doubleRows(parameters[3].value))
      let A = doubleRows(LabelGraph.propagation(of: sevenLabelSets, threshold: 0.3, mass: 0.25))
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
      let codes = try #require(
        graph.codes(of: LabelIndicators(sets, dividedBy: .count, on: tape), embeddings))
      #expect(largestDifference(codes.value, h) < 1e-5)
      let error = GradientCheck.largestError(of: parameters) { tape in
        let embeddings = graph.embeddings(on: tape)
        return graph.codes(of: LabelIndicators(sets, dividedBy: .count, on: tape), embeddings)
          ?? embeddings
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
