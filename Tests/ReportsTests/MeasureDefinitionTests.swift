import Retrieval
import Testing

@testable import Reports

@Suite("The definition of a measure")
struct MeasureDefinitionTests {
  static let names = [
    "mAP@all", "mAP@50(div=hits)", "mAP@50(div=min)", "mAP@50(div=total)",
    "mAP@50(div=firstRelevant)", "mAP@queries(div=hits)", "MAP@R", "P@50", "R@50",
    "lookup(r=2,precision)", "lookup(r=2,precision,empty=skip)", "lookup(r=2,recall)",
    "lookup(r=2,F1)", "lookup(r=3,F1)", "lookup(r=2,empty)", "NDCG@50", "NDCG@50(gain=linear)",
    "NDCG@all", "ACG@50", "WAP", "WAP(unanswerable=zero)", "WAP(mean=answerable+10)",
  ]

  @Test("differs wherever the measure differs")
  func distinct() throws {
    let definitions = try Self.names.map { try Measure(name: $0).definition }
    #expect(Set(definitions).count == Self.names.count)
  }

  @Test("stands behind a name with the rule for ties among its options")
  func names() throws {
    let names = try ["WAP", "mAP@50(div=hits)"].map {
      try Measure(name: $0).name(ties: "expected")
    }
    #expect(names == ["WAP(ties=expected)", "mAP@50(div=hits,ties=expected)"])
    #expect(
      MeasureText.further([try Measure(name: "P@5"), try Measure(name: "MAP@R")]).definition
        == "means over answerable queries of values of the list by Hamming distance, exact means "
        + "over all orders inside ties: P@5(ties=expected): relevant share of the first 5 items; "
        + "MAP@R(ties=expected): sum of the precision at the relevant items among the first R, "
        + "over R, the number of relevant items")
  }
}
