public import CrossModalData
import NeuralNetworks
import Retrieval
import Tensors

/// A reconstruction of multilevel deep semantic asymmetric hashing from its abstract.
///
/// Several levels of each modality's features are fused by attention and hashed. Embeddings of the
/// labels, made by a graph convolution over their co-occurrence, classify every level and give each
/// label set a code. A batch's codes meet the last codes of all training items, within a modality,
/// across, and of the label sets. Jiang, Fan, Zhang, Lin & Li, IEEE Latin America Transactions 2024;
/// the full text could not be read, so this is not known to be the published method. Formulas in
/// `Documentation/Methods/MDSAN.md`.
public struct MDSAN: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "mdsan", displayName: "MDSAN-style",
    paper: "after the abstract of Jiang, Fan, Zhang, Lin & Li, Multilevel Deep Semantic Feature "
      + "Asymmetric Network for Cross-Modal Hashing Retrieval, IEEE Latin America Transactions "
      + "22(8), 2024",
    algorithmVersion: 1)

  /// Further levels of the features, and label vectors as nodes of the graph.
  public static let extraFeatures: ExtraFeatures = [.levels, .labelVectors]

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .full) {
    self.configuration = configuration
  }

  /// Trains both networks and the label graph on batches of pairs.
  ///
  /// - Throws: ``TrainingError`` when the loss is not finite, or the knobs do not fit the data.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    try configuration.check(data)
    return try trainPairs(on: data, bits: bits, context: context) { data in
      MDSANModel(data, bits: bits, configuration, random: context.random)
    }
  }
}

/// The networks of MDSAN, the codes of all training items, and the loss of a batch.
struct MDSANModel: PairModel {
  private let configuration: MDSAN.Configuration
  private let image: MDSANNetwork
  private let text: MDSANNetwork
  private let graph: LabelGraph?
  private let codes: CodeBuffers
  private let similarity: LabelSimilarity

  init(
    _ data: TrainingData, bits: Int, _ configuration: MDSAN.Configuration, random: RandomStream
  ) {
    self.configuration = configuration
    image = MDSANNetwork(
      "image", layout: data.imageLayout, bits: bits, configuration, random: random)
    text = MDSANNetwork("text", layout: data.textLayout, bits: bits, configuration, random: random)
    graph =
      configuration.usesLabelGraph
      ? LabelGraph(
        data.labels, vectors: data.labelVectors, bits: bits, configuration, random: random) : nil
    codes = CodeBuffers(
      configuration.codeShares, count: data.count, bits: bits, random: random)
    similarity = LabelSimilarity(data.labels)
  }

  var parameters: [Parameter] {
    image.parameters + text.parameters + (graph?.parameters ?? [])
  }

  func encodeImage(_ x: Variable) -> Variable { image(x).codes }

  func encodeText(_ x: Variable) -> Variable { text(x).codes }

  func loss(of batch: PairBatch) -> PairLoss {
    let (f, imageLevels) = image(batch.image)
    let (g, textLevels) = text(batch.text)
    let labels = LabelIndicators(batch.labels, dividedBy: .count, on: batch.tape)
    let embeddings = graph?.embeddings(on: batch.tape)
    let h = embeddings.flatMap { graph?.codes(of: labels, $0) }
    codes.store(
      configuration.usesLabelCodes ? [f, g, h].compactMap { $0 } : [f, g], at: batch.items)

    // In both forms the second code of a pair is a constant.
    let pairs: MDSANPairs
    switch configuration.similarity {
    case .buffers:
      pairs = MDSANPairs(
        items: batch.items, image: codes.real[0], text: codes.real[1],
        labels: codes.real.count > 2 ? codes.real[2] : nil, similarity: similarity)
    case .batch:
      pairs = MDSANPairs(
        items: Array(batch.items.indices), image: f.value, text: g.value, labels: h?.value,
        similarity: LabelSimilarity(batch.labels))
    }
    var levelLogits: [[Variable]] = []
    if let embeddings, configuration.levelWeight != 0 {
      levelLogits = [
        image.logits(of: imageLevels, embeddings), text.logits(of: textLevels, embeddings),
      ]
    }
    return MDSANLoss(configuration: configuration)(
      f, g, h, pairs, binary: batch.tape.rows(batch.items, of: codes.binary),
      levelLogits: levelLogits, labels: labels)
  }

  func endEpoch() { codes.updateBinary() }
}
