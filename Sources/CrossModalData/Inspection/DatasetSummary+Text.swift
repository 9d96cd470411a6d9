import Foundation

extension DatasetSummary {
  /// Labels listed in full; of more, the most and the least frequent are shown.
  private static let listedLabelCount = 40
  private static let headLabelCount = 20
  private static let tailLabelCount = 5

  /// The summary as lines for a terminal.
  package var lines: [String] {
    var lines = ["file      \(path)", "SHA-256   \(digest)", "items     \(itemCount)"]
    lines += attributes.keys.sorted().map { "\($0): \(attributes[$0] ?? "")" }
    lines += features
    if let meanLabelCount {
      lines.append(
        "/label  \(itemCount) × \(labelHistogram.count), \(Self.text(meanLabelCount)) labels per item"
      )
      lines += labelLines + labelPairLines
    }
    if let textLength {
      lines.append(
        "text length  \(textLength.least) to \(textLength.greatest), "
          + "mean \(Self.text(textLength.mean)) (features other than 0)")
    }
    if !duplicates.isEmpty {
      let counts = duplicates.map { "\($0.path) \($0.count) of \($0.rowCount)" }
      lines.append("duplicates  \(counts.joined(separator: ", ")) (rows that equal an earlier row)")
    }
    lines += agreementLines + probeLines
    for split in splits { lines += split.lines }
    if splits.isEmpty && refusals.isEmpty {
      lines.append("splits  none stored; an experiment must name a published or a random one")
    }
    if !ignored.isEmpty { lines.append("ignored  \(ignored.joined(separator: ", "))") }
    if !missing.isEmpty {
      lines.append(
        "missing  \(missing.joined(separator: ", ")); a partial file cannot be trained on")
    }
    lines += warnings.map { "warning  \($0)" }
    lines += refusals.map { "refused  \($0)" }
    return lines
  }

  private var labelLines: [String] {
    let sorted = labelHistogram.enumerated().sorted {
      // Ties keep the order of the columns.
      (-$0.element.itemCount, $0.offset) < (-$1.element.itemCount, $1.offset)
    }.map(\.element)
    func line(_ label: LabelFrequency) -> String { "  \(label.itemCount)  \(label.name)" }
    guard sorted.count > Self.listedLabelCount else { return sorted.map(line) }
    let omittedCount = sorted.count - Self.headLabelCount - Self.tailLabelCount
    return sorted.prefix(Self.headLabelCount).map(line) + ["  … \(omittedCount) more …"]
      + sorted.suffix(Self.tailLabelCount).map(line)
  }

  private var labelPairLines: [String] {
    labelPairs.isEmpty
      ? []
      : ["label pairs  the most frequent; lift: times as often as if independent"]
        + labelPairs.map {
          "  \($0.itemCount)  \($0.first) + \($0.second), lift \(Self.text($0.lift))"
        }
  }

  private var agreementLines: [String] {
    agreements.flatMap { figure in
      let line = String(
        format: "neighbours  %@ %.3f of the %d nearest share a label, %.3f of random items "
          + "(z %.1f; %d of %d sampled items asked)",
        figure.path, figure.agreement, NeighbourAgreement.neighbourCount, figure.chance,
        figure.deviations, figure.askedCount, figure.sampleCount)
      let doubt =
        "warning  \(figure.path): near items share labels hardly more often than random ones; "
        + "rows may be misaligned with the labels"
      return figure.isDoubtful ? [line, doubt] : [line]
    }
  }

  private var probeLines: [String] {
    probes.map { figure in
      String(
        format:
          "linear probe  %@ names a right label in %.3f, the most frequent one is right in %.3f "
          + "(%d items asked, %d fitted)",
        figure.path, figure.accuracy, figure.chance, figure.askedCount, figure.fittedCount)
    }
  }

  fileprivate static func text(_ value: Double) -> String { String(format: "%.2f", value) }
}

extension DatasetSummary.Split {
  fileprivate var lines: [String] {
    let trained =
      trainingCount.map { "\($0) trained on (\(overlapCount) of them searched)" }
      ?? "training items left open"
    let chance = chanceMeanAveragePrecision.map {
      ", chance mAP@all \(String(format: "%.4f", $0))"
    }
    return [
      "split \(name)  \(queryCount) queries, \(retrievalCount) searched, \(trained)\(chance ?? "")"
    ] + warnings.map { "  warning  \($0)" }
  }
}
