import Foundation
import Testing

@testable import Retrieval

@Suite("Names of measures")
struct MeasureNameTests {
  static let names: [(String, Measure)] = [
    ("mAP@all", .meanAveragePrecision),
    ("mAP@5000(div=hits)", Measure(.averagePrecisionAt(.rank(5000), divisor: .hits))),
    (
      "mAP@50(div=min)", Measure(.averagePrecisionAt(.rank(50), divisor: .smallerOfCutoffAndTotal))
    ),
    ("mAP@50(div=total)", Measure(.averagePrecisionAt(.rank(50), divisor: .total))),
    ("mAP@50(div=firstRelevant)", Measure(.averagePrecisionAt(.rank(50), divisor: .firstRelevant))),
    ("mAP@queries(div=hits)", Measure(.averagePrecisionAt(.queryCount, divisor: .hits))),
    ("mAP@all(unanswerable=zero)", Measure(.averagePrecision, mean: .unanswerableAsZero)),
    ("mAP@all(mean=answerable+10)", Measure(.averagePrecision, mean: .tenTooMany)),
    ("MAP@R", Measure(.averagePrecisionAtR)),
    ("P@100", Measure(.precision(k: 100))),
    ("R@1", Measure(.recall(k: 1))),
    ("lookup(r=2,precision)", Measure(.lookup(radius: 2, .precision, emptyBall: .zero))),
    ("lookup(r=0,F1,empty=skip)", Measure(.lookup(radius: 0, .f1, emptyBall: .skip))),
    ("lookup(r=2,recall)", Measure(.lookup(radius: 2, .recall, emptyBall: .zero))),
    ("lookup(r=2,empty)", Measure(.lookup(radius: 2, .empty, emptyBall: .zero))),
    ("NDCG@100", Measure(.normalizedDiscountedGain(k: 100, gain: .exponential))),
    ("NDCG@all(gain=linear)", Measure(.normalizedDiscountedGain(k: nil, gain: .linear))),
    ("ACG@100", Measure(.averageGain(k: 100))),
    ("WAP", Measure(.weightedAveragePrecision)),
    (
      "mAP@9(div=hits,unanswerable=zero)",
      Measure(.averagePrecisionAt(.rank(9), divisor: .hits), mean: .unanswerableAsZero)
    ),
  ]

  @Test("A measure prints its name and reads it back", arguments: names)
  func roundTrip(name: String, measure: Measure) throws {
    #expect(measure.description == name)
    #expect(try Measure(name: name) == measure)
    let data = try JSONEncoder().encode([measure])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(name)\"]")
    #expect(try JSONDecoder().decode([Measure].self, from: data) == [measure])
  }

  @Test("Options may come in any order")
  func optionOrder() throws {
    let name = "mAP@9(unanswerable=zero,div=hits)"
    #expect(try Measure(name: name).description == "mAP@9(div=hits,unanswerable=zero)")
  }

  @Test(
    "A name that means nothing or leaves the definition open is refused",
    arguments: [
      "", "mAP", "mAP@5000", "mAP@5000(div=)", "mAP@5000(div=hits", "mAP@x(div=hits)", "map@all",
      "mAP@all(div=hits)", "P@", "P", "P@10(gain=linear)", "lookup", "lookup(r=2)",
      "lookup(precision)", "lookup(r=2,precision,empty=zero,empty=skip)", "NDCG", "NDCG@10(gain=2)",
      "WAP@10", "MAP@10", "MAP@R()", "P@10(unanswerable=zero,unanswerable=zero)",
    ])
  func refusal(name: String) {
    #expect(throws: RetrievalError.unknownMeasure(name)) { try Measure(name: name) }
  }

  static let curveNames: [(String, RetrievalCurve)] = [
    ("PR(radius,micro)", .radius(.micro, stopsEarly: false)),
    ("PR(radius,macro)", .radius(.macro, stopsEarly: false)),
    ("PR(radius,micro,stop=K-1)", .radius(.micro, stopsEarly: true)),
    ("PR(rank,11)", .rank(levels: 11)),
    ("PR(top,1,10,100)", .top([1, 10, 100])),
  ]

  @Test("A curve prints its name and reads it back", arguments: curveNames)
  func curveRoundTrip(name: String, curve: RetrievalCurve) throws {
    #expect(curve.description == name)
    #expect(try RetrievalCurve(name: name) == curve)
    let data = try JSONEncoder().encode([curve])
    #expect(try JSONDecoder().decode([RetrievalCurve].self, from: data) == [curve])
  }

  @Test(
    "A name of no curve is refused",
    arguments: [
      "", "PR", "PR(radius)", "PR(rank)", "PR(rank,11,12)", "PR(top)", "PR(top,x)", "PR@10(top,1)",
      "PR(radius,micro,macro)",
    ])
  func curveRefusal(name: String) {
    #expect(throws: RetrievalError.unknownCurve(name)) { try RetrievalCurve(name: name) }
  }
}
