import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

/// Label sets of five items: the fourth has no label, the last shares none with the others.
private let labels = LabelSets(
  count: 5, labelCount: 4,
  indicators: [
    1, 1, 0, 0,
    1, 0, 0, 0,
    1, 1, 1, 0,
    0, 0, 0, 0,
    0, 0, 0, 1,
  ] as [UInt8])

/// y of ``labels``.
private let indicators: [[Double]] = (0..<5).map { item in
  (0..<4).map { labels.contains($0, item: item) ? 1 : 0 }
}

private func product(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

private func cosine(_ a: [Double], _ b: [Double]) -> Double {
  let norms = sqrt(product(a, a) * product(b, b))
  return norms == 0 ? 0 : product(a, b) / norms
}

@Suite("SDEH's losses")
struct SDEHLossTests {
  /// float32 sums of some ten terms near 10.
  private static let tolerance = 1e-4

  private func similarity(_ i: Int, _ j: Int) -> Double { cosine(indicators[i], indicators[j]) }

  private func grades() -> LabelGrades {
    LabelGrades(
      .cosine, anchors: labels, candidates: labels, writingTo: Matrix(rows: 5, columns: 5))
  }

  /// S word for word.
  private func literal(_ u: [[Double]], _ v: [[Double]], _ semantics: MultilevelSemantics) -> Double
  {
    let bits = Double(u[0].count)
    var terms: [Double] = []
    for i in u.indices where indicators[i].contains(1) {
      for j in v.indices {
        let exact = similarity(i, j)
        let s = semantics.isGraded || exact == 0 ? exact : 1
        let ρ = cosine(u[i], v[j])
        switch semantics.form {
        case .likelihood where s == 0 || abs(s - 1) < 1e-12:
          let θ = product(u[i], v[j]) / 2
          terms.append(log(1 + exp(θ)) - (s > 0 ? θ : 0))
        case .likelihood:
          terms.append(bits / 2 * pow((1 + ρ) / 2 - (1 + s) / 2, 2))
        case .divergence:
          let r = max(ρ, 0)
          terms.append((s - r) * log((s + 1e-5) / (r + 1e-5)))
        }
      }
    }
    return terms.reduce(0, +) / Double(terms.count)
  }

  private static let forms: [MultilevelSemantics] = SDEH.Configuration.SemanticForm.allCases
    .flatMap { form in [true, false].map { MultilevelSemantics(form: form, isGraded: $0) } }

  @Test("The semantic loss equals its formula and its differences", arguments: 0..<4)
  func semantic(index: Int) {
    let semantics = Self.forms[index]
    let u = randomParameter("u", rows: 5, columns: 7)
    let v = randomParameter("v", rows: 5, columns: 7)
    let tape = Tape()
    let loss = tape.parameter(u).semanticLoss(
      against: tape.parameter(v), grades: grades(), semantics)
    let expected = literal(doubleRows(u.value), doubleRows(v.value), semantics)
    #expect(abs(Double(loss.scalar) - expected) < Self.tolerance)
    #expect(expected > 0.1)

    // Well away from a right angle, where the divergence has a corner.
    for parameter in [u, v] {
      for element in parameter.value.elements.indices {
        parameter.value.elements[element] = 0.3 + abs(parameter.value.elements[element])
      }
    }
    let error = GradientCheck.largestError(of: [u, v]) {
      $0.parameter(u).semanticLoss(against: $0.parameter(v), grades: grades(), semantics)
    }
    #expect(error < GradientCheck.tolerance)
    let own = GradientCheck.largestError(of: [u]) {
      $0.parameter(u).semanticLoss(against: $0.parameter(u), grades: grades(), semantics)
    }
    #expect(own < GradientCheck.tolerance)
  }

  @Test("The semantic loss is 0 without a labelled anchor, and not a number where a code is not")
  func edges() {
    let u = randomParameter("u", rows: 5, columns: 7)
    let v = randomParameter("v", rows: 5, columns: 7)
    let none = LabelSets(count: 5, labelCount: 4, indicators: [UInt8](repeating: 0, count: 20))
    let noGrades = LabelGrades(
      .cosine, anchors: none, candidates: none, writingTo: Matrix(rows: 5, columns: 5))
    for semantics in Self.forms {
      let tape = Tape()
      let loss = tape.parameter(u).semanticLoss(
        against: tape.parameter(v), grades: noGrades, semantics)
      tape.backward(from: loss)
      #expect(loss.scalar == 0)
      #expect(u.gradient.values.allSatisfy { $0 == 0 })
      let broken = randomParameter("broken", rows: 5, columns: 7)
      broken.value[0, 3] = .nan
      #expect(
        tape.parameter(broken).semanticLoss(
          against: tape.parameter(v), grades: grades(), semantics
        ).scalar.isNaN)
    }
  }

  @Test("Squared cosines equal their mean and have the gradient of their differences")
  func separation() {
    let a = randomParameter("a", rows: 4, columns: 6)
    let b = randomParameter("b", rows: 4, columns: 6)
    let tape = Tape()
    let seen = tape.parameter(a).squaredCosines(with: tape.parameter(b)).scalar
    let expected =
      zip(doubleRows(a.value), doubleRows(b.value)).reduce(0) { $0 + pow(cosine($1.0, $1.1), 2) }
      / 4
    #expect(abs(Double(seen) - expected) < Self.tolerance)
    let error = GradientCheck.largestError(of: [a, b]) {
      $0.parameter(a).squaredCosines(with: $0.parameter(b))
    }
    #expect(error < GradientCheck.tolerance)
  }

  /// A batch of random features as parameters.
  private struct Sample {
    let c = randomParameter("c", rows: 5, columns: 6)
    let r = randomParameter("r", rows: 5, columns: 6)
    let f = randomParameter("f", rows: 5, columns: 3)
    let d = randomParameter("d", rows: 5, columns: 6)
    let q = randomParameter("q", rows: 5, columns: 6)
    let g = randomParameter("g", rows: 5, columns: 3)
    let s = randomParameter("s", rows: 5, columns: 6)
    let h = randomParameter("h", rows: 5, columns: 3)
    let p = randomParameter("p", rows: 4, columns: 6)
    let binary = Matrix(rows: 5, columns: 3)

    init() { for index in 0..<15 { binary.elements[index] = index % 4 < 2 ? 1 : -1 } }

    func batch(_ tape: Tape) -> SDEHBatch {
      SDEHBatch(
        image: SDEHFeatures(
          shared: tape.parameter(c), own: tape.parameter(r), codes: tape.parameter(f)),
        text: SDEHFeatures(
          shared: tape.parameter(d), own: tape.parameter(q), codes: tape.parameter(g)),
        labelSemantics: tape.parameter(s), labelCodes: tape.parameter(h),
        prototypes: tape.parameter(p),
        indicators: Matrix(rows: 5, columns: 4, elements: indicators.joined().map { Float($0) }),
        binary: binary)
    }
  }

  @Test("The four losses add up as the guide says")
  func total() throws {
    let sample = Sample()
    let configuration = SDEH.Configuration.full.with {
      $0.semanticWeight = 0.5
      $0.ownModalityWeight = 0.7
      $0.labelCodeWeight = 0.4
      $0.distributionWeight = 2
      $0.classificationWeight = 3
      $0.separationWeight = 0.6
      $0.qualityWeight = 0.25
      $0.balanceWeight = 0.9
    }
    let tape = Tape()
    let batch = sample.batch(tape)
    let buffers = ["F", "G", "H"].map { randomParameter($0, rows: 5, columns: 3).value }
    let loss = SDEHLoss(configuration: configuration)(
      batch, candidates: buffers.map(tape.constant), grades: grades())

    let codes = [sample.f, sample.g, sample.h].map { doubleRows($0.value) }
    let others = buffers.map(doubleRows)
    let semantics = MultilevelSemantics(form: .likelihood, isGraded: true)
    func s(_ own: Int, _ other: Int) -> Double { literal(codes[own], others[other], semantics) }
    let semantic =
      (s(0, 1) + s(1, 0)) / 2 + 0.7 * (s(0, 0) + s(1, 1)) + 0.2
      * (s(0, 2) + s(2, 0) + s(1, 2) + s(2, 1))
    #expect(abs(Double(try #require(loss["semantic loss"]).scalar) - semantic) < Self.tolerance)

    let shared = [sample.c, sample.d, sample.s].map { doubleRows($0.value) }
    let prototypes = doubleRows(sample.p.value)
    var classification = 0.0
    for features in shared {
      for (item, row) in features.enumerated() {
        for (label, prototype) in prototypes.enumerated() {
          let z = product(row, prototype)
          classification += (log(1 + exp(z)) - indicators[item][label] * z) / 20
        }
      }
    }
    for (c, r) in [(sample.c, sample.r), (sample.d, sample.q)] {
      for (x, y) in zip(doubleRows(c.value), doubleRows(r.value)) {
        classification += 0.6 * pow(cosine(x, y), 2) / 5
      }
    }
    #expect(
      abs(Double(try #require(loss["classification"]).scalar) - classification) < Self.tolerance)

    var quality = 0.0
    for rows in codes {
      for bit in 0..<3 {
        let column = rows.map { $0[bit] }
        quality += 0.9 * pow(column.reduce(0, +) / 5, 2) / 3
        for (item, x) in column.enumerated() {
          quality += pow(Double(sample.binary[item, bit]) - x, 2) / 15
        }
      }
    }
    #expect(abs(Double(try #require(loss["code quality"]).scalar) - quality) < Self.tolerance)

    let discrepancy = Double(
      Variable.meanDiscrepancy(of: [sample.c, sample.d, sample.s].map(tape.parameter)).scalar)
    #expect(
      abs(Double(try #require(loss["discrepancy"]).scalar) - discrepancy) < Self.tolerance)
    let expected = 0.5 * semantic + 2 * discrepancy + 3 * classification + 0.25 * quality
    #expect(abs(Double(loss.total.scalar) - expected) < Self.tolerance)
  }

  @Test("Each loss has the gradient of its differences", arguments: 0..<3)
  func gradient(index: Int) {
    let sample = Sample()
    let none = SDEH.Configuration.full.with {
      $0.semanticWeight = 0
      $0.distributionWeight = 0
      $0.classificationWeight = 0
      $0.qualityWeight = 0
    }
    // The discrepancy has a test of its own, with its bandwidth held.
    let (configuration, parameters) = [
      (none.with { $0.semanticWeight = 1 }, [sample.f, sample.g, sample.h]),
      (
        none.with { $0.classificationWeight = 1 },
        [sample.c, sample.r, sample.d, sample.q, sample.s, sample.p]
      ),
      (none.with { $0.qualityWeight = 1 }, [sample.f, sample.g, sample.h]),
    ][index]
    let error = GradientCheck.largestError(of: parameters) { tape in
      let batch = sample.batch(tape)
      return SDEHLoss(configuration: configuration)(
        batch, candidates: batch.codes, grades: grades()
      ).total
    }
    #expect(error < GradientCheck.tolerance)
  }

  @Test("A weight of 0 leaves a term out")
  func leftOut() {
    let tape = Tape()
    let batch = Sample().batch(tape)
    let loss = SDEHLoss(
      configuration: .full.with {
        $0.distributionWeight = 0
        $0.qualityWeight = 0
      })(batch, candidates: batch.codes, grades: grades())
    #expect(loss.parts.map(\.name) == ["semantic loss", "classification"])
  }
}
