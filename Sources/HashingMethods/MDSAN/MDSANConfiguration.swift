public import CrossModalData
public import NeuralNetworks

extension MDSAN {
  /// Every knob of MDSAN.
  ///
  /// Of the paper only the abstract could be read. [text] marks what it says, [code] what was read
  /// in the code of a related method; everything else is [inferred], a choice that fits the
  /// abstract's words and is not known to be the authors'.
  public struct Configuration: PairTrainingConfiguration {
    /// Where the levels of a modality's features come from.
    public enum Levels: String, Sendable, Codable, CaseIterable, Hashable {
      /// Three depths of a network on the item's one vector.
      case depth
      /// The vector and each further level in the data file; by depth for a modality that has none.
      case given
      /// The greatest depth alone.
      case single
    }

    /// What a batch's codes are compared with.
    public enum Similarity: String, Sendable, Codable, CaseIterable, Hashable {
      /// The last codes of all training items: the asymmetric form.
      case buffers
      /// The codes of the same batch.
      case batch
    }

    /// The nodes of the label graph.
    public enum LabelNodes: String, Sendable, Codable, CaseIterable, Hashable {
      /// The data's label vectors; one-hot rows where the data has none.
      case vectors
      /// One-hot rows.
      case identity
    }

    /// The weights of F, G and H in B = sign(weighted sum).
    public struct Binarisation: Sendable, Codable, Hashable {
      /// Weight of the pictures' codes F.
      public var image: Double
      /// Weight of the texts' codes G.
      public var text: Double
      /// Weight of the label sets' codes H.
      public var labels: Double

      /// Creates weights.
      public init(image: Double, text: Double, labels: Double) {
        self.image = image
        self.text = text
        self.labels = labels
      }

      /// All alike.
      public static let equal = Binarisation(image: 1, text: 1, labels: 1)
      /// MIAN's 0.01, 0.99 and 100, by which the label codes all but decide [code: `setting.py`].
      public static let mian = Binarisation(image: 0.01, text: 0.99, labels: 100)
    }

    /// Number of epochs [inferred: 100].
    public var epochs = 100
    /// Pairs of a batch [inferred: 128].
    public var batchSize = 128
    /// How batches are drawn [inferred: shuffled passes].
    public var batchDrawing = BatchDrawing.shuffledPasses
    /// Origin of the levels [inferred: by depth; that features are multilevel is text].
    public var levels = Levels.depth
    /// Units of every level [inferred: 256].
    public var levelUnits = 256
    /// Units of the hidden layer below the two deeper levels [inferred: 512].
    public var trunkUnits = 512
    /// Initial weights of all layers [inferred: Glorot].
    public var initialWeights = Initialiser.glorotUniform
    /// Nodes of the label graph [inferred: label vectors, as GCDH's word vectors, code; that there
    /// is a graph convolution is text].
    public var labelNodes = LabelNodes.vectors
    /// Least share of label k's items that have label l for l to take from k [code: GCDH, 0.3].
    public var graphThreshold = 0.3
    /// What a label takes from all others together, beside 1 from itself [code: GCDH, 0.25].
    public var neighbourMass = 0.25
    /// Hidden units of the graph convolution [code: GCDH, 1024].
    public var graphUnits = 1024
    /// Columns of the label embeddings E [inferred: 256].
    public var embeddingUnits = 256
    /// What codes are compared with [inferred: all training items, as in MIAN; that similarity is
    /// asymmetric is text].
    public var similarity = Similarity.buffers
    /// Whether codes are compared within their modality [text].
    public var usesOwnModality = true
    /// Whether pictures' codes are compared with texts' directly [inferred: yes; that similarity is
    /// kept between modalities is text].
    public var usesOtherModality = true
    /// Whether label sets have codes h that both modalities are compared with [inferred: yes, as in
    /// MIAN].
    public var usesLabelCodes = true
    /// λ, weight of the levels' classification by E [inferred: 1].
    public var levelWeight = 1.0
    /// β, weight of quantisation [probe: 3; B is common to both modalities and holds them together,
    /// and with 0.1 they hardly meet].
    public var quantisationWeight = 3.0
    /// η, weight of h within quantisation [inferred: 1; MIAN's 100 belongs to sums].
    public var labelQuantisationWeight = 1.0
    /// Weights of F, G and H in B [inferred: all alike].
    public var binarisation = Binarisation.equal
    /// Optimiser [inferred: Adam].
    public var optimizer: OptimizerChoice = .adam
    /// Learning rate [probe: 3 · 10⁻³, with 10⁻⁴ a hundred epochs are too few; inferred: a hundredth
    /// at the end].
    public var learningRate = LearningRateSchedule.logSpaced(from: 3e-3, to: 3e-5)
    /// Factor of ½ ‖W‖² over weights and biases [inferred: none].
    public var weightDecay = 0.0
    /// Picture scaling: rows of mean norm √d [inferred, probe].
    public var imageScaling = FeatureScaling.rootDimension
    /// Text scaling: as for pictures [inferred, probe].
    public var textScaling = FeatureScaling.rootDimension
    /// Which epoch's networks are kept [inferred: the last].
    public var epochSelection = EpochSelection.last

    /// Creates the full reconstruction.
    public init() {}
  }
}

extension MDSAN.Configuration {
  /// Levels by depth, label graph and label codes, all comparisons against all training items.
  public static let full = MDSAN.Configuration()

  /// Codes compared inside their batch only, without the buffers of all training items.
  public static let batch = full.with { $0.similarity = .batch }

  /// One level: the deepest.
  public static let singleLevel = full.with { $0.levels = .single }

  /// Seconds instead of a minute: half the units, 30 epochs [our choice].
  public static let short = full.with {
    $0.epochs = 30
    $0.levelUnits = 128
    $0.trunkUnits = 256
    $0.graphUnits = 256
    $0.embeddingUnits = 128
  }

  /// What `crossbit tune` draws: the rate, the widths, and the weights of the terms.
  public static var searchRanges: [SearchRange<Self>] {
    [
      .values(
        "learningRate", \.learningRate,
        [3e-4, 1e-3, 3e-3].map { .logSpaced(from: $0, to: $0 / 100) }),
      .values("levelUnits", \.levelUnits, [256, 512]),
      .values("trunkUnits", \.trunkUnits, [512, 1024]),
      .values("levelWeight", \.levelWeight, [0.1, 1, 10]),
      .values("quantisationWeight", \.quantisationWeight, [1, 3, 10]),
      .values("graphThreshold", \.graphThreshold, [0.05, 0.3]),
      .values("weightDecay", \.weightDecay, [0, 1e-5, 1e-4]),
    ]
  }

  private static let profiles: [(name: String, configuration: MDSAN.Configuration)] = [
    ("full", full), ("batch", batch), ("single-level", singleLevel), ("short", short),
  ]

  /// Name of the profile, `custom` for other knobs.
  public var variant: String {
    Self.profiles.first { $0.configuration == self }?.name ?? "custom"
  }

  /// Reconstructed, whatever the knobs: only the paper's abstract could be read.
  public var fidelity: Fidelity { .reconstructed }

  /// None: no configuration is known to be the one of the paper's numbers.
  public var reportedName: String? { nil }
}

extension MDSAN.Configuration {
  /// F, G and, where label codes are learned, H, with their weights in B.
  var codeShares: [CodeBuffers.Share] {
    [("F", binarisation.image), ("G", binarisation.text)]
      + (usesLabelCodes ? [("H", binarisation.labels)] : [])
  }

  /// Whether any term of the loss reads the label graph.
  var usesLabelGraph: Bool { usesLabelCodes || levelWeight != 0 }

  /// Refuses knobs that make no network, or that the data cannot serve.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func check(_ data: TrainingData) throws {
    let name = MDSAN.description.displayName
    for (knob, value) in [
      ("levelUnits", levelUnits), ("trunkUnits", trunkUnits), ("graphUnits", graphUnits),
      ("embeddingUnits", embeddingUnits),
    ] where value < 1 {
      throw TrainingError.unsuitable("\(name) needs \(knob) of at least 1, not \(value).")
    }
    guard usesOwnModality || usesOtherModality || usesLabelCodes else {
      throw TrainingError.unsuitable(
        "\(name) needs codes to compare: usesOwnModality, usesOtherModality and usesLabelCodes are "
          + "all false.")
    }
    for (knob, weight) in [
      ("levelWeight", levelWeight), ("quantisationWeight", quantisationWeight),
      ("labelQuantisationWeight", labelQuantisationWeight), ("weightDecay", weightDecay),
    ] where !(weight >= 0 && weight.isFinite) {
      throw TrainingError.unsuitable(
        "\(name) needs \(knob) of at least 0 and finite, not \(weight).")
    }
    guard graphThreshold > 0, neighbourMass >= 0, neighbourMass.isFinite else {
      throw TrainingError.unsuitable(
        "\(name) needs a graphThreshold above 0 and a finite neighbourMass of at least 0, not "
          + "\(graphThreshold) and \(neighbourMass).")
    }
    if levels == .given, data.imageLayout.levels.isEmpty, data.textLayout.levels.isEmpty {
      throw TrainingError.unsuitable(
        "\(name) with levels .given needs further levels of pictures or texts in the data, and "
          + "there are none; use .depth.")
    }
  }
}

extension MethodVariant {
  /// MDSAN with the knobs of a profile: `.mdsan(.full)`, `.mdsan(.batch)`, `.mdsan(.singleLevel)`,
  /// `.mdsan(.short)`.
  public static func mdsan(_ configuration: MDSAN.Configuration = .full) -> MethodVariant {
    MethodVariant(MDSAN(configuration))
  }
}
