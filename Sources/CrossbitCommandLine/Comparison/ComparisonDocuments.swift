import ArrayFiles
import CodeSets
import CrossModalData
import ExperimentKit
import Reports
import Retrieval

extension CodeSetComparison {
  /// All numbers with all digits, one line for each pair and task.
  var csv: String {
    var document = CSVDocument(columns: [
      "task", "measure", "first", "second", "first_bits", "second_bits", "queries", "first_mean",
      "second_mean", "difference", "ci_low", "ci_high", "p", "p_holm",
    ])
    for pair in pairs {
      let (first, second) = (contestants[pair.first], contestants[pair.second])
      document.append([
        pair.task, "\(settings.measure)", first.name, second.name, "\(first.set.bits)",
        "\(second.set.bits)", "\(pair.queryCount)", "\(pair.firstMean)", "\(pair.secondMean)",
        "\(pair.difference)", "\(pair.interval.lowerBound)", "\(pair.interval.upperBound)",
        "\(pair.pValue)", "\(pair.adjustedPValue)",
      ])
    }
    return document.text
  }

  /// The same with the settings and where the codes came from, as JSON.
  ///
  /// - Throws: `DatasetError` when a file can no longer be read.
  func json() throws -> String {
    let sets = try contestants.map { contestant in
      OrderedJSON.object([
        ("name", .text(contestant.name)),
        ("bits", .integer(contestant.set.bits)),
        (
          "sha256",
          .object(
            try contestant.set.files.map { file in
              (key: file, value: OrderedJSON.text(try SHA256.hexDigest(ofFileAt: file)))
            })
        ),
      ])
    }
    return OrderedJSON.object([
      ("measure", .text("\(settings.measure)")),
      ("definition", .text(settings.measure.definition)),
      ("ties", .text(TieOrder.expected.rawValue)),
      ("rounds", .integer(settings.rounds)),
      // A seed may exceed what readers of JSON keep exactly.
      ("seed", .text("\(settings.seed)")),
      ("confidence", .number(settings.confidence)),
      ("test", .text("two-sided paired randomisation test")),
      ("correction", .text("Holm over all comparisons")),
      ("sets", .list(sets)),
      ("comparisons", .list(pairs.map(Self.json))),
      ("crossbit", .text(ProgramVersion.current)),
    ]).document
  }

  private static func json(_ pair: Pair) -> OrderedJSON {
    .object([
      ("task", .text(pair.task)),
      // Positions in the list of sets.
      ("first", .integer(pair.first)),
      ("second", .integer(pair.second)),
      ("queries", .integer(pair.queryCount)),
      ("firstMean", .number(pair.firstMean)),
      ("secondMean", .number(pair.secondMean)),
      ("difference", .number(pair.difference)),
      (
        "interval",
        .list([.number(pair.interval.lowerBound), .number(pair.interval.upperBound)])
      ),
      ("p", .number(pair.pValue)),
      ("pHolm", .number(pair.adjustedPValue)),
    ])
  }
}
