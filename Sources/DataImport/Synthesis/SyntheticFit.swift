import ArrayFiles
import CrossModalData
import Foundation
import Retrieval
import Tensors

/// Sets the noise and the linear share of made-up pictures so that a sample of them is as real
/// features are: in how often near pictures share a label, and in what a linear probe gets right.
///
/// What real features have, `crossbit data info FILE` says. Pictures of Open Clip Art
/// (`Data/openclipart.h5`, 256 features): neighbours 0.735, chance 0.168; probe 0.691, chance 0.284.
/// 730 pictures of MIRFlickr (1,280 features of EfficientNet-Lite0): 0.880, 0.478; 0.832, 0.357.
struct SyntheticFit {
  /// How often neighbours share a label.
  private(set) var agreement = 0.0
  /// The same for random items.
  let chance: Double
  /// What a linear probe gets right; nil where it was not asked for.
  private(set) var probe: LinearProbe?

  /// What was reached, in words.
  var text: String {
    let neighbours = String(
      format: "neighbours among pictures share a label in %.3f, at random in %.3f", agreement,
      chance)
    guard let probe else { return neighbours }
    return neighbours
      + String(
        format: "; a linear probe names a right label in %.3f, the most frequent one is right in "
          + "%.3f", probe.accuracy, probe.chance)
  }

  private let images: SyntheticImages
  private let sample: [Int]
  private let unitNoise: Matrix
  private let wanted: Double

  /// Items of which neighbours are looked for, and how many of them ask.
  private static let sampleCount = 2_000
  private static let askedCount = 500
  /// Fewer items with labels have no neighbours worth counting.
  static let leastSampleCount = 200
  /// How far from chance (0) to certainty (1) neighbours share labels in real features: those of
  /// EfficientNet-Lite0 of 730 pictures of MIRFlickr agree in 3,213 of 3,650 cases, chance in 0.48.
  private static let usualShare = 0.77
  /// Halvings of the linear share: the last moves the probe by less than 0.01, and its own deviation
  /// over 1,000 items is 0.015.
  private static let shareSteps = 8

  /// Sets the noise so that neighbours share labels as often as is asked for, and the linear share
  /// so that the probe comes out as asked for.
  ///
  /// - Parameters:
  ///   - images: What is set; at least ``leastSampleCount`` items have labels.
  ///   - wanted: Share of the 5 nearest by cosine that share a label; nil asks for what real
  ///     features reach.
  ///   - wantedProbe: Share of items for which a linear probe names a right label; nil leaves all
  ///     of the signal linear.
  ///   - seed: Of the sample that is looked at.
  /// - Throws: ``UnreachableFigure`` when nothing gives one of them.
  init(
    _ images: SyntheticImages, agreement wanted: Double?, probe wantedProbe: Double?, seed: UInt64
  ) throws(UnreachableFigure) {
    var random = RandomStream(seed: seed).stream("sample for the noise")
    let eligible = images.labels.labelled
    precondition(eligible.count >= Self.leastSampleCount, "\(eligible.count) items with labels")
    let sampleCount = min(Self.sampleCount, eligible.count)
    let probeCount = LinearProbe.sampleCount(of: eligible.count, columns: images.columns)
    // The items of which neighbours are looked for come first, with a probe or without.
    let drawn = random.nextDistinct(
      wantedProbe == nil ? sampleCount : max(sampleCount, probeCount), below: eligible.count
    ).map { eligible[$0] }
    sample = Array(drawn.prefix(sampleCount))
    self.images = images
    unitNoise = Matrix(rows: sampleCount, columns: images.columns)
    images.addNoise(1, to: unitNoise, of: sample)
    chance = images.labels.shareOfRelevantPairs(sample)
    self.wanted = wanted ?? chance + Self.usualShare * (1 - chance)
    try setNoise()
    guard let wantedProbe else { return }
    let probed = Array(drawn.prefix(probeCount))
    try setLinearShare(probe: wantedProbe, probed)
  }

  /// Sets the noise for the linear share as it is.
  private mutating func setNoise() throws(UnreachableFigure) {
    let plain = images.signal(sample)
    let noisy = Matrix(rows: plain.rows, columns: plain.columns)
    func agreement(_ noise: Float) -> Double {
      for index in plain.elements.indices {
        noisy.elements[index] = plain.elements[index] + noise * unitNoise.elements[index]
      }
      return self.agreement(noisy)
    }
    let greatest = agreement(0)
    guard wanted > chance, wanted < greatest else {
      throw .agreement(wanted, chance: chance, greatest: greatest)
    }
    // More noise, less agreement: the logarithm of the noise is halved between the two ends.
    var (low, high): (Float, Float) = (1e-3, 1e3)
    for _ in 0..<16 {
      let middle = (low * high).squareRoot()
      if agreement(middle) > wanted { low = middle } else { high = middle }
    }
    images.noise = (low * high).squareRoot()
    self.agreement = agreement(images.noise)
  }

  /// Sets the linear share, and the noise anew for each share that is tried.
  private mutating func setLinearShare(
    probe wanted: Double, _ items: [Int]
  ) throws(UnreachableFigure) {
    let labels = images.labels.selecting(items)
    func accuracy(_ share: Float) throws(UnreachableFigure) -> Double {
      images.linearShare = share
      try setNoise()
      let probe = LinearProbe(path: "/image", images.features(of: items), labels: labels)
      self.probe = probe
      return probe.accuracy
    }
    func accuracyIfReachable(_ share: Float) -> Double? {
      do throws(UnreachableFigure) { return try accuracy(share) } catch { return nil }
    }
    let greatest = try accuracy(1)
    var low: Float = 0
    // Without some linear share a high agreement may be out of reach, whatever the noise.
    var least = accuracyIfReachable(low)
    if least == nil {
      var reachable: Float = 1
      for _ in 0..<Self.shareSteps {
        let middle = (low + reachable) / 2
        if accuracyIfReachable(middle) == nil { low = middle } else { reachable = middle }
      }
      low = reachable
      least = try accuracy(low)
    }
    guard let least, wanted >= least, wanted <= greatest else {
      throw .probe(
        wanted, least: least ?? greatest, greatest: greatest, agreement: self.wanted)
    }
    // The larger the linear share, the better the probe at one agreement, but for a few items:
    // the share that came nearest is kept.
    var high: Float = 1
    var nearest = (share: high, distance: greatest - wanted)
    if wanted - least < nearest.distance { nearest = (low, wanted - least) }
    for _ in 0..<Self.shareSteps {
      let middle = (low + high) / 2
      let reached = try accuracy(middle)
      if abs(reached - wanted) < nearest.distance { nearest = (middle, abs(reached - wanted)) }
      if reached > wanted { high = middle } else { low = middle }
    }
    _ = try accuracy(nearest.share)
  }

  private func agreement(_ features: Matrix) -> Double {
    let asked = min(Self.askedCount, sample.count)
    let neighbours = features.nearestByCosine(
      NeighbourAgreement.neighbourCount, askedCount: asked)
    let shared = neighbours.enumerated().reduce(0) { sum, entry in
      sum + entry.element.count { images.labels.share(sample[entry.offset], sample[$0]) }
    }
    return Double(shared) / Double(asked * NeighbourAgreement.neighbourCount)
  }
}

/// A figure that no setting gives.
enum UnreachableFigure: Error {
  /// An agreement of neighbours at or below chance, or above what features without noise reach.
  case agreement(Double, chance: Double, greatest: Double)
  /// A probe beyond what a signal reaches that is not linear at all, or wholly.
  case probe(Double, least: Double, greatest: Double, agreement: Double)

  /// The sentence for a user.
  func error(file path: String) -> DatasetError {
    func text(_ value: Double) -> String { String(format: "%.3f", value) }
    switch self {
    case .agreement(let wanted, let chance, let greatest):
      return DatasetError(
        file: path, dataset: "/image",
        expected:
          "an agreement of neighbours between chance, \(text(chance)), and \(text(greatest)) "
          + "without noise", found: text(wanted))
    case .probe(let wanted, let least, let greatest, let agreement):
      return DatasetError(
        file: path, dataset: "/image",
        expected: "a linear probe between \(text(least)) and \(text(greatest)), as an agreement of "
          + "neighbours of \(text(agreement)) admits", found: text(wanted))
    }
  }
}

extension LabelSets {
  /// Items that have a label.
  var labelled: [Int] { (0..<count).filter { cardinality(of: $0) > 0 } }

  /// Share of the pairs of one item of the first half and one of the second that share a label.
  fileprivate func shareOfRelevantPairs(_ items: [Int]) -> Double {
    let half = items.count / 2
    let shared = (0..<half).count { share(items[$0], items[half + $0]) }
    return Double(shared) / Double(max(half, 1))
  }

  /// Whether two items share a label.
  fileprivate func share(_ one: Int, _ other: Int) -> Bool {
    (0..<labelCount).contains { contains($0, item: one) && contains($0, item: other) }
  }
}
