public import CrossModalData
import NeuralNetworks
import Retrieval
import Tensors

/// A reconstruction of Semantic Decomposition and Enhancement Hashing from its abstract.
///
/// Each modality has an attention-based network with a global and a local branch. Its features are
/// decomposed into a part that is shared with the other modality and with prototypes of the labels,
/// and a private part. Codes of pictures, texts and label sets are learned together under four
/// losses: multilevel semantics, equal distributions, classification, and good codes. Fei, He, Wong,
/// Zhu, Zhao & Wen, Pattern Recognition 2025; the full text could not be read, so this is not known
/// to be the published method. Formulas in `Documentation/Methods/SDEH.md`.
public struct SDEH: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "sdeh", displayName: "SDEH-style",
    paper: "after the abstract of Fei, He, Wong, Zhu, Zhao & Wen, Semantic decomposition and "
      + "enhancement hashing for deep cross-modal retrieval, Pattern Recognition 160, 2025",
    algorithmVersion: 1)

  /// Regions and tokens, for the local branch.
  public static let extraFeatures: ExtraFeatures = .parts

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .full) {
    self.configuration = configuration
  }

  /// Trains both networks, the prototypes and the label codes on batches of pairs.
  ///
  /// - Throws: ``TrainingError`` when the loss is not finite, or the widths do not fit each other.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    try configuration.check()
    return try trainPairs(on: data, bits: bits, context: context) { data in
      SDEHModel(data, bits: bits, configuration, random: context.random)
    }
  }
}

/// Everything that SDEH trains, the last codes of all training items, and the loss of a batch.
struct SDEHModel: PairModel {
  private let image: SDEHNetwork
  private let text: SDEHNetwork
  private let prototypes: Parameter
  private let labelHash: Linear
  private let labels: LabelSets
  private let codes: CodeBuffers
  private let loss: SDEHLoss

  init(
    _ data: TrainingData, bits: Int, _ configuration: SDEH.Configuration, random: RandomStream
  ) {
    image = SDEHNetwork(
      "image", layout: data.imageLayout, bits: bits, configuration, random: random)
    text = SDEHNetwork("text", layout: data.textLayout, bits: bits, configuration, random: random)
    prototypes = Parameter(
      "prototypes", Matrix(rows: data.labels.labelCount, columns: configuration.hiddenUnits))
    var stream = random.stream("prototypes")
    Initialiser.normal(deviation: configuration.prototypeDeviation)
      .fill(prototypes.value, using: &stream)
    labelHash = Linear(
      "labels.hash", inputs: configuration.hiddenUnits, outputs: bits,
      weights: configuration.initialWeights, random: random)
    labels = data.labels
    codes = CodeBuffers(
      [("F", 1), ("G", 1), ("H", 1)], count: data.count, bits: bits, random: random)
    loss = SDEHLoss(configuration: configuration)
  }

  var parameters: [Parameter] {
    image.parameters + text.parameters + [prototypes] + labelHash.parameters
  }

  func encodeImage(_ x: Variable) -> Variable {
    image.encode(x, prototypes: x.tape.parameter(prototypes))
  }

  func encodeText(_ x: Variable) -> Variable {
    text.encode(x, prototypes: x.tape.parameter(prototypes))
  }

  mutating func loss(of batch: PairBatch) -> PairLoss {
    let tape = batch.tape
    let prototypes = tape.parameter(self.prototypes)
    let indicators = LabelIndicators(batch.labels, dividedBy: .root, on: tape)
    let semantics = indicators.shares.multiplied(by: prototypes).tanh()
    let binary = tape.scratch(rows: batch.items.count, columns: codes.binary.columns)
    binary.gatherRows(batch.items, of: codes.binary)
    let features = SDEHBatch(
      image: image(batch.image, prototypes: prototypes),
      text: text(batch.text, prototypes: prototypes),
      labelSemantics: semantics, labelCodes: labelHash(semantics).tanh(),
      prototypes: prototypes, indicators: indicators.values, binary: binary)
    codes.store(features.codes, at: batch.items)
    let isBatch = loss.configuration.candidates == .batch
    let candidates = isBatch ? batch.labels : labels
    let grades = LabelGrades(
      loss.configuration.similarity == .cosine ? .cosine : .jaccard, anchors: batch.labels,
      candidates: candidates,
      writingTo: tape.scratch(rows: batch.items.count, columns: candidates.count))
    return loss(
      features, candidates: isBatch ? features.codes : codes.real.map(tape.constant),
      grades: grades)
  }

  mutating func endEpoch() { codes.updateBinary() }
}
