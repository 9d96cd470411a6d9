import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

/// The fourth item has no label, the last shares none with the others.
private let sets: [Set<Int>] = [[0, 1], [0], [0, 1, 2], [], [3]]

private let labels = LabelSets(sets, labelCount: 4)

/// Which pairwise loss, whether class-balanced.
private let pairwiseCases = DSMHN.PairwiseLoss.allCases.flatMap { [($0, true), ($0, false)] }

@Suite("DSMHN's loss")
struct DSMHNLossTests {
  /// float32 sums of some twenty terms near 1, or of a hundred for the total.
  private static let tolerance = 1e-5

  private func term(_ literal: LiteralDSMHN, bits: Int) -> PairwiseTerm {
    PairwiseTerm(
      loss: literal.pairwiseLoss, bits: bits, hingeMargin: Float(literal.hingeMargin),
      contrastiveMargin: Float(literal.contrastiveMargin))
  }

  /// The largest difference of two matrices.
  private func largestError(_ matrix: Matrix, _ rows: [[Double]]) -> Double {
    zip(matrix.elements, rows.joined()).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
  }

  @Test("Each pairwise loss equals its formula and differences of it", arguments: pairwiseCases)
  func pairwise(loss: DSMHN.PairwiseLoss, balancesClasses: Bool) {
    let u = randomParameter("u", rows: 5, columns: 7)
    let v = randomParameter("v", rows: 5, columns: 7)
    let literal = LiteralDSMHN(
      pairwiseLoss: loss, hingeMargin: 0.4, contrastiveMargin: 0.6,
      balancesClasses: balancesClasses)
    let tape = Tape()
    let value = tape.parameter(u).pairwiseLoss(
      against: tape.parameter(v), labels: labels, term(literal, bits: 7),
      balancesClasses: balancesClasses)
    tape.backward(from: value)
    let (x, y) = (doubleRows(u.value), doubleRows(v.value))
    let expected = literal.similarityLoss(x, y, sets)
    #expect(expected > 0.1)
    #expect(abs(Double(value.scalar) - expected) < Self.tolerance)
    let du = centralDifferences(x) { literal.similarityLoss($0, y, sets) }
    let dv = centralDifferences(y) { literal.similarityLoss(x, $0, sets) }
    #expect(largestError(u.gradient, du) < Self.tolerance)
    #expect(largestError(v.gradient, dv) < Self.tolerance)
    // No slope goes to the item without labels, and much goes to the others.
    #expect(du[3].allSatisfy { $0 == 0 })
    #expect(du.joined().contains { abs($0) > 100 * Self.tolerance })
  }

  @Test("Each pairwise loss equals its formula in batches of every size", arguments: pairwiseCases)
  func randomBatches(loss: DSMHN.PairwiseLoss, balancesClasses: Bool) {
    for count in [1, 2, 17, 40] {
      var random = testStream("labels \(count)")
      let sets = (0..<count).map { _ in
        Set((0..<70).filter { _ in random.nextUniform() < 0.03 })
      }
      let u = randomParameter("u", rows: count, columns: 9)
      let v = randomParameter("v", rows: count, columns: 9)
      let literal = LiteralDSMHN(pairwiseLoss: loss, balancesClasses: balancesClasses)
      let tape = Tape()
      let value = tape.parameter(u).pairwiseLoss(
        against: tape.parameter(v), labels: LabelSets(sets, labelCount: 70),
        term(literal, bits: 9), balancesClasses: balancesClasses)
      let expected = literal.similarityLoss(doubleRows(u.value), doubleRows(v.value), sets)
      #expect(abs(Double(value.scalar) - expected) < Self.tolerance, "\(count) items")
    }
  }

  @Test(
    "A batch of one class of pairs has half the mean of that class, one without labels nothing",
    arguments: DSMHN.PairwiseLoss.allCases)
  func oneClass(loss: DSMHN.PairwiseLoss) {
    let u = randomParameter("u", rows: 3, columns: 6)
    let v = randomParameter("v", rows: 3, columns: 6)
    let literal = LiteralDSMHN(pairwiseLoss: loss)
    for sets: [Set<Int>] in [[[0], [0], [0]], [[], [], []]] {
      let tape = Tape()
      let value = tape.parameter(u).pairwiseLoss(
        against: tape.parameter(v), labels: LabelSets(sets, labelCount: 2),
        term(literal, bits: 6), balancesClasses: true)
      tape.backward(from: value)
      let expected = literal.similarityLoss(doubleRows(u.value), doubleRows(v.value), sets)
      #expect(abs(Double(value.scalar) - expected) < Self.tolerance)
      #expect(u.gradient.elements.allSatisfy { $0.isFinite })
      #expect((expected == 0) == sets[0].isEmpty)
    }
  }

  @Test("With margin 1 the hinges are l1 and l2, with another one they are not")
  func margins() {
    func term(_ loss: DSMHN.PairwiseLoss, margin: Float) -> PairwiseTerm {
      PairwiseTerm(loss: loss, bits: 8, hingeMargin: margin, contrastiveMargin: 0.5)
    }
    for (hinge, other) in [(DSMHN.PairwiseLoss.hinge, DSMHN.PairwiseLoss.l1), (.squaredHinge, .l2)]
    {
      for isSimilar in [true, false] {
        for θ in stride(from: Float(-0.875), through: 0.875, by: 0.125) {
          let expected = term(other, margin: 1)(isSimilar: isSimilar, θ)
          // Eighths are exact in float32.
          #expect(term(hinge, margin: 1)(isSimilar: isSimilar, θ) == expected)
          #expect(term(hinge, margin: 0.5)(isSimilar: isSimilar, θ).value < expected.value)
        }
      }
    }
  }

  @Test("Long codes of ±1 cost no infinity", arguments: pairwiseCases)
  func extremes(loss: DSMHN.PairwiseLoss, balancesClasses: Bool) {
    let u = Parameter("u", Matrix(rows: 5, columns: 4096))
    let v = Parameter("v", Matrix(rows: 5, columns: 4096))
    u.value.fill(1)
    for sign: Float in [-1, 1] {
      v.value.fill(sign)
      let literal = LiteralDSMHN(pairwiseLoss: loss)
      let tape = Tape()
      let value = tape.parameter(u).pairwiseLoss(
        against: tape.parameter(v), labels: labels, term(literal, bits: 4096),
        balancesClasses: balancesClasses)
      tape.backward(from: value)
      #expect(value.scalar.isFinite)
      #expect(u.gradient.elements.allSatisfy { $0.isFinite })
      #expect(v.gradient.elements.allSatisfy { $0.isFinite })
      v.clearGradient()
      u.clearGradient()
    }
  }

  @Test("A code that is not a number makes the loss none", arguments: pairwiseCases)
  func notANumber(loss: DSMHN.PairwiseLoss, balancesClasses: Bool) {
    let u = randomParameter("u", rows: 5, columns: 7)
    u.value[0, 0] = .nan
    let v = randomParameter("v", rows: 5, columns: 7)
    let tape = Tape()
    let value = tape.parameter(u).pairwiseLoss(
      against: tape.parameter(v), labels: labels, term(LiteralDSMHN(pairwiseLoss: loss), bits: 7),
      balancesClasses: balancesClasses)
    #expect(value.scalar.isNaN)
  }

  @Test(
    "Each label loss equals its formula and differences of it",
    arguments: DSMHN.LabelLoss.allCases)
  func label(loss: DSMHN.LabelLoss) {
    let logits = randomParameter("logits", rows: 5, columns: 4)
    // Far from 0, where the hinge is off and both entropies are steep.
    logits.value[0, 0] = 8
    logits.value[2, 3] = -9
    let literal = LiteralDSMHN(labelLoss: loss)
    let tape = Tape()
    let value = tape.parameter(logits).labelLoss(labels, loss)
    tape.backward(from: value)
    let y = doubleRows(logits.value)
    #expect(abs(Double(value.scalar) - literal.labelLoss(y, sets)) < 2 * Self.tolerance)
    let slopes = centralDifferences(y) { literal.labelLoss($0, sets) }
    #expect(largestError(logits.gradient, slopes) < Self.tolerance)
    #expect(slopes[3].allSatisfy { $0 == 0 })
    #expect(slopes.joined().contains { abs($0) > 100 * Self.tolerance })
  }

  @Test(
    "Label losses do not overflow, and keep what is not a number",
    arguments: DSMHN.LabelLoss.allCases)
  func labelExtremes(loss: DSMHN.LabelLoss) {
    let logits = randomParameter("logits", rows: 5, columns: 4)
    logits.value[0, 0] = 1e4
    logits.value[1, 0] = -1e4
    var tape = Tape()
    var value = tape.parameter(logits).labelLoss(labels, loss)
    tape.backward(from: value)
    #expect(value.scalar.isFinite)
    #expect(logits.gradient.elements.allSatisfy { $0.isFinite })
    logits.value[0, 0] = .nan
    tape = Tape()
    value = tape.parameter(logits).labelLoss(labels, loss)
    #expect(value.scalar.isNaN)
  }

  @Test("Bit balance is the squared norm of the mean code over K, and its gradient a difference")
  func balance() {
    let u = randomParameter("u", rows: 6, columns: 4)
    let tape = Tape()
    let value = tape.parameter(u).bitBias()
    tape.backward(from: value)
    let x = doubleRows(u.value)
    #expect(abs(Double(value.scalar) - LiteralDSMHN.bitBias(x)) < Self.tolerance)
    let slopes = centralDifferences(x, of: LiteralDSMHN.bitBias)
    #expect(largestError(u.gradient, slopes) < Self.tolerance)
    // ±1 equally often.
    for index in u.value.elements.indices {
      u.value.elements[index] = (index / 4).isMultiple(of: 2) ? 1 : -1
    }
    tape.reset()
    #expect(tape.parameter(u).bitBias().scalar == 0)
  }

  @Test(
    "Adds up its terms as the guide says, and its gradients are differences",
    arguments: DSMHN.Configuration.Classifiers.allCases)
  func total(classifiers form: DSMHN.Configuration.Classifiers) {
    let configuration = DSMHN.Configuration.full.with {
      $0.similarityWeight = 0.9
      $0.labelWeight = 0.7
      $0.quantisationWeight = 0.3
      $0.balanceWeight = 0.5
      $0.classifiers = form
    }
    let u = randomParameter("u", rows: 5, columns: 6)
    let v = randomParameter("v", rows: 5, columns: 6)
    let classifiers = DSMHNClassifiers(
      bits: 6, labels: labels, configuration, random: testStream("classifiers"))
    let loss = DSMHNLoss(configuration, bits: 6)
    let tape = Tape()
    let value = loss(
      tape.parameter(u), tape.parameter(v), labels: labels, classifiers: classifiers)

    let literal = LiteralDSMHN()
    let (x, y) = (doubleRows(u.value), doubleRows(v.value))
    func logits(_ codes: [[Double]], _ layer: Linear) -> [[Double]] {
      let weight = doubleRows(layer.weight.value)
      return codes.map { code in
        (0..<4).map { label in
          code.indices.reduce(Double(layer.bias.value[0, label])) {
            $0 + code[$1] * weight[$1][label]
          }
        }
      }
    }
    let parts = [
      "similarity loss": literal.similarityLoss(x, y, sets),
      "label loss": literal.labelLoss(logits(x, classifiers.image), sets)
        + literal.labelLoss(logits(y, classifiers.text), sets),
      "quantisation": LiteralDSMHN.quantisation(x) + LiteralDSMHN.quantisation(y),
      "bit balance": LiteralDSMHN.bitBias(x) + LiteralDSMHN.bitBias(y),
    ]
    let weights = [
      "similarity loss": 0.9, "label loss": 0.7, "quantisation": 0.3, "bit balance": 0.5,
    ]
    #expect(value.parts.map(\.name).sorted() == parts.keys.sorted())
    for (name, part) in value.parts {
      #expect(abs(Double(part.scalar) - (parts[name] ?? .nan)) < Self.tolerance, "\(name)")
    }
    let expected = weights.reduce(0) { $0 + $1.value * (parts[$1.key] ?? .nan) }
    #expect(abs(Double(value.total.scalar) - expected) < Self.tolerance)
    let error = GradientCheck.largestError(of: [u, v] + classifiers.parameters) {
      loss($0.parameter(u), $0.parameter(v), labels: labels, classifiers: classifiers).total
    }
    #expect(error < GradientCheck.tolerance)
  }

  @Test("A term of weight 0 is left out")
  func leavingOut() {
    let u = randomParameter("u", rows: 5, columns: 6)
    let v = randomParameter("v", rows: 5, columns: 6)
    let knobs: [(String, WritableKeyPath<DSMHN.Configuration, Double>)] = [
      ("similarity loss", \.similarityWeight), ("label loss", \.labelWeight),
      ("quantisation", \.quantisationWeight), ("bit balance", \.balanceWeight),
    ]
    for (name, knob) in knobs {
      let configuration = DSMHN.Configuration.full.with { $0[keyPath: knob] = 0 }
      let classifiers = DSMHNClassifiers(
        bits: 6, labels: labels, configuration, random: testStream("classifiers"))
      let tape = Tape()
      let value = DSMHNLoss(configuration, bits: 6)(
        tape.parameter(u), tape.parameter(v), labels: labels, classifiers: classifiers)
      #expect(value[name] == nil && value.parts.count == 3)
    }
  }

  @Test("The gradients of a stream are differences")
  func stream() {
    let stream = HiddenLayerNetwork(
      "image", columns: 5, hiddenUnits: 6, bits: 3, weights: .glorotUniform,
      random: testStream("stream"))
    let x = randomParameter("x", rows: 4, columns: 5)
    let error = GradientCheck.largestError(of: stream.parameters + [x]) {
      stream($0.parameter(x))
    }
    #expect(error < GradientCheck.tolerance)
  }
}
