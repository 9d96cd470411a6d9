import TestSupport
import Testing

@testable import Retrieval

@Suite("Inputs that the evaluator refuses")
struct RefusalTests {
  private func refusal(
    _ measures: MeasureSpecification = MeasureSpecification(),
    change: (inout RetrievalProblem) -> Void = { _ in }
  ) -> String? {
    var stream = testStream("refusals")
    var problem = RetrievalProblem(
      queryCount: 4, retrievalCount: 9, bits: 16, labelCount: 3, labelShare: 0.5, using: &stream)
    change(&problem)
    do {
      _ = try evaluate(
        queries: problem.queries, queryLabels: problem.queryLabels,
        retrieval: problem.retrieval, retrievalLabels: problem.retrievalLabels,
        measures: measures)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("Codes of different lengths")
  func codeLengths() {
    #expect(refusal() == nil)
    #expect(
      refusal { $0.queries = BinaryCodes(count: 4, bits: 32, words: [0, 0, 0, 0]) }
        == "The codes differ in length: 4 queries × 32 bits against 9 retrieval items × 16 bits.")
  }

  @Test("A set with more or fewer labels than codes")
  func rowCounts() {
    #expect(
      refusal { $0.queryLabels = $0.queryLabels.selecting([0, 1]) }
        == "The query set has 4 codes but 2 label sets; one each is expected.")
    #expect(
      refusal { $0.retrieval = $0.retrieval.selecting([0]) }
        == "The retrieval set has 1 codes but 9 label sets; one each is expected.")
  }

  @Test("Sides that are labelled differently")
  func labelCounts() {
    let other = LabelSets(count: 4, labelCount: 2, indicators: [UInt8](repeating: 1, count: 8))
    #expect(
      refusal { $0.queryLabels = other }
        == "The queries are labelled with 2 labels but the retrieval set with 3; "
        + "the same labels are expected.")
  }

  @Test("A cut-off outside 1 … the size of the retrieval set", arguments: [-1, 0, 10])
  func cutoffs(k: Int) {
    #expect(
      refusal(MeasureSpecification(precisionCutoffs: [1, k]))
        == "The cut-off \(k) is out of range: 1 to 9, the size of the retrieval set, is expected.")
  }

  @Test("A measure or curve that does not fit the data")
  func measures() {
    let cut = "The cut-off 10 is out of range: 1 to 9, the size of the retrieval set, is expected."
    #expect(refusal(MeasureSpecification(measures: [Measure(.precision(k: 10))])) == cut)
    #expect(refusal(MeasureSpecification(curves: [.top([1, 10])])) == cut)
    #expect(
      refusal(
        MeasureSpecification(measures: [Measure(.lookup(radius: 17, .f1, emptyBall: .zero))]))
        == "The radius 17 is out of range: 0 to 16, the code length, is expected.")
    for levels in [1, 10_002] {
      #expect(
        refusal(MeasureSpecification(curves: [.rank(levels: levels)]))
          == "The curve PR(rank,\(levels)) is not possible: 2 to 10001 levels of recall are expected."
      )
    }
  }
}
