import Foundation
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

private func grades(
  _ grade: LabelGrade, anchors: LabelSets = labels, candidates: LabelSets = labels
) -> LabelGrades {
  LabelGrades(
    grade, anchors: anchors, candidates: candidates,
    writingTo: Matrix(rows: anchors.count, columns: candidates.count))
}

/// The grades as the literal loss wants them.
private func literal(_ grades: LabelGrades) -> [[Double]?] {
  zip(doubleRows(grades.values), grades.anchorHasLabels).map { $1 ? $0 : nil }
}

@Suite("RMSH's loss")
struct RMSHLossTests {
  /// float32 sums of some hundred terms near 1, over some ten terms.
  private static let tolerance = 1e-4

  private static let cases: [(MarginTriplets, Bool)] = {
    var cases: [(MarginTriplets, Bool)] = []
    for averaging in RMSH.Configuration.Averaging.allCases {
      for (push, pull) in [(true, true), (true, false), (false, true), (false, false)] {
        for leavesOutOwnRow in [false, true] {
          let terms = MarginTriplets(
            distance: 3.5, pushesIrrelevant: push, pullsRelevant: pull, averaging: averaging)
          cases.append((terms, leavesOutOwnRow))
        }
      }
    }
    return cases
  }()

  private func literalLoss(
    _ terms: MarginTriplets, _ grades: [[Double]?], leavesOutOwnRow: Bool
  ) -> LiteralTriplets {
    LiteralTriplets(
      distance: Double(terms.distance), pushesIrrelevant: terms.pushesIrrelevant,
      pullsRelevant: terms.pullsRelevant, averaging: terms.averaging,
      leavesOutOwnRow: leavesOutOwnRow, grades: grades)
  }

  /// The largest difference of two matrices.
  private func largestError(_ matrix: Matrix, _ rows: [[Double]]) -> Double {
    zip(matrix.elements, rows.joined()).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
  }

  @Test(
    "equals the loop over all triplets and its finite differences",
    arguments: 0..<16, LabelGrade.allCases)
  func reference(index: Int, grade: LabelGrade) {
    let (terms, leavesOutOwnRow) = Self.cases[index]
    let u = randomParameter("u", rows: 5, columns: 7)
    let v = randomParameter("v", rows: 5, columns: 7)
    let grades = grades(grade)
    let literal = literalLoss(terms, literal(grades), leavesOutOwnRow: leavesOutOwnRow)
    let tape = Tape()
    let loss = tape.parameter(u).marginTriplets(
      against: tape.parameter(v), grades: grades, terms, leavesOutOwnRow: leavesOutOwnRow)
    tape.backward(from: loss)
    let expected = literal.loss(doubleRows(u.value), doubleRows(v.value))
    #expect(abs(Double(loss.scalar) - expected) < Self.tolerance)
    #expect(expected > 0.1)
    let slopes = literal.slopes(doubleRows(u.value), doubleRows(v.value))
    #expect(largestError(u.gradient, slopes.u) < Self.tolerance)
    #expect(largestError(v.gradient, slopes.v) < Self.tolerance)
  }

  @Test("has the slopes of both places where a code is anchor and candidate")
  func ownModality() {
    let u = randomParameter("u", rows: 5, columns: 7)
    let terms = Self.cases[0].0
    let grades = grades(.jaccard)
    let literal = literalLoss(terms, literal(grades), leavesOutOwnRow: true)
    let tape = Tape()
    let codes = tape.parameter(u)
    tape.backward(
      from: codes.marginTriplets(against: codes, grades: grades, terms, leavesOutOwnRow: true))
    let slopes = literal.slopes(doubleRows(u.value), doubleRows(u.value))
    let sums = zip(slopes.u, slopes.v).map { zip($0, $1).map(+) }
    #expect(largestError(u.gradient, sums) < Self.tolerance)
  }

  @Test("equals the loop for random label sets of every batch size", arguments: [1, 2, 17, 40])
  func randomBatches(count: Int) {
    var random = testStream("labels \(count)")
    let indicators = (0..<(count * 70)).map { _ in UInt8(random.nextUniform() < 0.03 ? 1 : 0) }
    let labels = LabelSets(count: count, labelCount: 70, indicators: indicators)
    let u = randomParameter("u", rows: count, columns: 9)
    let v = randomParameter("v", rows: count, columns: 9)
    for (terms, leavesOutOwnRow) in Self.cases {
      let grades = grades(.cosine, anchors: labels, candidates: labels)
      let tape = Tape()
      let loss = tape.parameter(u).marginTriplets(
        against: tape.parameter(v), grades: grades, terms, leavesOutOwnRow: leavesOutOwnRow)
      let literal = literalLoss(terms, literal(grades), leavesOutOwnRow: leavesOutOwnRow)
      let expected = literal.loss(doubleRows(u.value), doubleRows(v.value))
      #expect(abs(Double(loss.scalar) - expected) < Self.tolerance)
    }
  }

  @Test("is not a number where a code is not")
  func notANumber() {
    let u = randomParameter("u", rows: 5, columns: 7)
    u.value.fill(.nan)
    let v = randomParameter("v", rows: 5, columns: 7)
    for (terms, leavesOutOwnRow) in Self.cases {
      let tape = Tape()
      let loss = tape.parameter(u).marginTriplets(
        against: tape.parameter(v), grades: grades(.jaccard), terms,
        leavesOutOwnRow: leavesOutOwnRow)
      #expect(loss.scalar.isNaN)
    }
  }

  @Test("grades label sets by Jaccard, cosine and count")
  func gradeValues() {
    func row(_ anchor: Int, of grades: LabelGrades) -> [Float] {
      let start = anchor * grades.values.columns
      return Array(grades.values.values[start..<(start + grades.values.columns)])
    }
    let third = Float(1) / 3
    let jaccard = grades(.jaccard)
    #expect(row(0, of: jaccard) == [1, 0.5, 2 * third, 0, 0])
    #expect(row(3, of: jaccard) == [0, 0, 0, 0, 0])
    #expect(jaccard.anchorHasLabels == [true, true, true, false, true])
    #expect(
      row(0, of: grades(.cosine))
        == [1, Float(0.5).squareRoot(), (2 * third).squareRoot(), 0, 0])
    #expect(row(2, of: grades(.count)) == [2 * third, third, 1, 0, 0])
    // Nobody shares more than one label with this anchor.
    let pair = LabelSets(count: 1, labelCount: 4, indicators: [1, 0, 0, 1] as [UInt8])
    #expect(row(0, of: grades(.count, anchors: pair)) == [1, 1, 1, 0, 1])
  }

  @Test("gives equal grades to equal shares of other sizes")
  func equalGrades() {
    // 1 of √(1 · 2) and 3 of √(3 · 6); 1 of 3 and 3 of 9.
    func sets(_ rows: [[Int]]) -> LabelSets {
      let indicators = rows.flatMap { row in (0..<12).map { UInt8(row.contains($0) ? 1 : 0) } }
      return LabelSets(count: rows.count, labelCount: 12, indicators: indicators)
    }
    let small = grades(.cosine, anchors: sets([[0]]), candidates: sets([[0, 1]]))
    let large = grades(.cosine, anchors: sets([[0, 1, 2]]), candidates: sets([Array(0..<6)]))
    #expect(small.values[0, 0] == large.values[0, 0])
    let third = grades(.jaccard, anchors: sets([[0]]), candidates: sets([[0, 1, 2]]))
    let ninth = grades(.jaccard, anchors: sets([[0, 1, 2]]), candidates: sets([Array(0..<9)]))
    #expect(third.values[0, 0] == ninth.values[0, 0])
  }

  @Test("adds up directions, pseudo-codes and quantisation as the guide says")
  func total() throws {
    let u = randomParameter("u", rows: 5, columns: 6)
    let v = randomParameter("v", rows: 5, columns: 6)
    var configuration = RMSH.Configuration.full
    configuration.pseudoCodeWeight = 0.7
    configuration.quantisationWeight = 0.3
    let pseudoCodes = PseudoCodes(members: [[0, 1, 2, 3, 4], [1, 0, 4, 2, 3]], labels: labels)
    let tape = Tape()
    let value = RMSHLoss(configuration, distance: 2.5)(
      tape.parameter(u), tape.parameter(v), labels: labels, pseudoCodes: pseudoCodes)

    var terms = LiteralTriplets(distance: 2.5, grades: literal(grades(.jaccard)))
    let (pictures, texts) = (doubleRows(u.value), doubleRows(v.value))
    let anchors = (0..<5).map { row in
      zip(pictures[row], texts[pseudoCodes.members[1][row]]).map { tanh($0 + $1) }
    }
    let pseudo = (terms.loss(anchors, pictures) + terms.loss(anchors, texts)) / 2
    var triplets = terms.loss(pictures, texts) + terms.loss(texts, pictures)
    terms.leavesOutOwnRow = true
    triplets += terms.loss(pictures, pictures) + terms.loss(texts, texts)
    let quantisation =
      (pictures + texts).joined().reduce(0) { $0 + (abs($1) - 1) * (abs($1) - 1) } / 30
    let expected = triplets + 0.7 * pseudo + 0.3 * quantisation
    #expect(abs(Double(value.total.scalar) - expected) < Self.tolerance)
    #expect(abs(Double(try #require(value["triplet loss"]).scalar) - triplets) < Self.tolerance)
    #expect(abs(Double(try #require(value["pseudo-code loss"]).scalar) - pseudo) < Self.tolerance)
    #expect(abs(Double(try #require(value["quantisation"]).scalar) - quantisation) < Self.tolerance)

    configuration.usesOwnModality = false
    let across = RMSHLoss(configuration, distance: 2.5)(
      tape.parameter(u), tape.parameter(v), labels: labels, pseudoCodes: nil)
    terms.leavesOutOwnRow = false
    #expect(
      abs(
        Double(try #require(across["triplet loss"]).scalar) - terms.loss(pictures, texts)
          - terms.loss(texts, pictures))
        < Self.tolerance)
    #expect(across["pseudo-code loss"] == nil)
  }
}
