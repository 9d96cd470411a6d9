public import CrossModalData
public import NeuralNetworks

extension SDEH {
  /// Every knob of SDEH.
  ///
  /// Of the paper only the abstract could be read. [text] marks what it says; [code] is the code of
  /// MESDCH, a related method; everything else is [inferred], a choice that fits the abstract and is
  /// not known to be the authors'. A weight of 0 leaves its term out.
  public struct Configuration: PairTrainingConfiguration {
    /// How much two label sets share, in 0 … 1.
    public enum Similarity: String, Sendable, Codable, CaseIterable, Hashable {
      /// |A ∩ B| / √(|A| |B|), the cosine of the label vectors.
      case cosine
      /// |A ∩ B| / |A ∪ B|.
      case jaccard
    }

    /// The form of the multilevel semantic loss.
    public enum SemanticForm: String, Sendable, Codable, CaseIterable, Hashable {
      /// Logistic likelihood where similarity is 0 or 1, squared error of the cosine in between.
      case likelihood
      /// Symmetric divergence of similarity and rectified cosine [code: MESDCH
      /// `loss/multisimilarity.py`].
      case divergence
    }

    /// What the codes of a batch are compared with.
    public enum Candidates: String, Sendable, Codable, CaseIterable, Hashable {
      /// The codes of the same batch; both sides learn.
      case batch
      /// The last code of every training item, a constant [code: MESDCH, DCMH].
      case trainingItems
    }

    /// Number of epochs [inferred: 100].
    public var epochs = 100
    /// Pairs of a batch [inferred: 128].
    public var batchSize = 128
    /// How batches are drawn [inferred: shuffled passes].
    public var batchDrawing = BatchDrawing.shuffledPasses
    /// Columns of a branch, of the shared and the private part and of a prototype [inferred: 256].
    public var hiddenUnits = 256
    /// Whether there is a local branch beside the global one [text: global and local detail].
    public var localBranch = true
    /// Whether the local branch reads regions and tokens where the data has them [inferred: yes].
    public var usesParts = true
    /// Slots that the local branch makes of a vector [inferred: 8].
    public var slotCount = 8
    /// Columns of a slot, and of an embedded region or token [inferred: 64].
    public var slotWidth = 64
    /// Heads of attention, a divisor of ``slotWidth`` [inferred: 4; attention is text].
    public var headCount = 4
    /// Whether there is a private part beside the shared one [inferred; decomposition is text].
    public var privatePart = true
    /// Whether the prototypes enhance the shared part [inferred: yes; the title's “enhanced”].
    public var enhancement = true
    /// Similarity of label sets [inferred: cosine].
    public var similarity = Similarity.cosine
    /// Whether similarity has grades; otherwise a shared label is 1 and none 0 [text: grades].
    public var gradedSimilarity = true
    /// Form of the multilevel semantic loss [inferred: likelihood].
    public var semanticForm = SemanticForm.likelihood
    /// What codes are compared with [inferred].
    public var candidates = Candidates.batch
    /// a₁, weight of the multilevel semantic loss [inferred: 1; the loss is text].
    public var semanticWeight = 1.0
    /// Weight of pairs inside one modality within it [inferred: 1; 1.9 in MESDCH, code].
    public var ownModalityWeight = 1.0
    /// Weight of pairs with a label code within it [inferred: 1; 0.3 for texts in MESDCH, code].
    public var labelCodeWeight = 1.0
    /// a₂, weight of distribution consistency [inferred: 0.1, by factors of ten on held-out training
    /// items; the loss is text].
    public var distributionWeight = 0.1
    /// a₃, weight of classification and separation [inferred: 10, chosen as a₂].
    public var classificationWeight = 10.0
    /// Weight of separation of shared and private part within it [inferred: 0.1].
    public var separationWeight = 0.1
    /// a₄, weight of code quality [inferred: 1; informative codes are text].
    public var qualityWeight = 1.0
    /// Weight of bit balance within it [inferred: 1].
    public var balanceWeight = 1.0
    /// Initial weights [inferred: Glorot].
    public var initialWeights = Initialiser.glorotUniform
    /// Deviation of initial prototypes [inferred: 0.1].
    public var prototypeDeviation = 0.1
    /// Optimiser [inferred: Adam].
    public var optimizer: OptimizerChoice = .adam
    /// Learning rate [inferred: 3 · 10⁻³, a hundredth at the end; chosen as a₂].
    public var learningRate = LearningRateSchedule.logSpaced(from: 3e-3, to: 3e-5)
    /// Factor ω of ½ ω ‖W‖² over all parameters [inferred: none].
    public var weightDecay = 0.0
    /// Picture scaling: rows of mean norm √d [inferred; for RMSH a probe].
    public var imageScaling = FeatureScaling.rootDimension
    /// Text scaling: as for pictures [inferred; for RMSH a probe].
    public var textScaling = FeatureScaling.rootDimension
    /// Which epoch's networks are kept [inferred: the last].
    public var epochSelection = EpochSelection.last

    /// Creates the full reconstruction.
    public init() {}
  }
}

extension SDEH.Configuration {
  /// Everything that the abstract speaks of.
  public static let full = SDEH.Configuration()

  /// Without grades: the criterion “similar or not” that the abstract criticises.
  public static let binarySimilarity = SDEH.Configuration().with { $0.gradedSimilarity = false }

  /// Seconds instead of minutes: half the widths, 30 epochs [our choice].
  public static let short = SDEH.Configuration().with {
    $0.epochs = 30
    $0.hiddenUnits = 128
    $0.slotWidth = 32
  }

  /// What `crossbit tune` draws: the rate, the width and the weights of the four losses.
  public static var searchRanges: [SearchRange<Self>] {
    [
      .values(
        "learningRate", \.learningRate,
        [1e-3, 3e-3, 1e-2].map { .logSpaced(from: $0, to: $0 / 100) }),
      .values("hiddenUnits", \.hiddenUnits, [128, 256, 512]),
      .values("similarity", \.similarity, Similarity.allCases),
      .values("semanticForm", \.semanticForm, SemanticForm.allCases),
      .values("semanticWeight", \.semanticWeight, [0.1, 1, 10]),
      .values("distributionWeight", \.distributionWeight, [0.01, 0.1, 1]),
      .values("classificationWeight", \.classificationWeight, [1, 10, 100]),
      .values("qualityWeight", \.qualityWeight, [0.1, 1, 10]),
    ]
  }

  private static let profiles: [(name: String, configuration: SDEH.Configuration)] = [
    ("full", full), ("binary-similarity", binarySimilarity), ("short", short),
  ]

  /// Name of the profile, `custom` for other knobs.
  public var variant: String {
    Self.profiles.first { $0.configuration == self }?.name ?? "custom"
  }

  /// Reconstructed, whatever the knobs: only the paper's abstract could be read.
  public var fidelity: Fidelity { .reconstructed }

  /// None: no configuration is known to be the one of the paper's numbers.
  public var reportedName: String? { nil }

  /// Refuses widths that no network can have.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func check() throws {
    for (name, value) in [
      ("hiddenUnits", hiddenUnits), ("slotCount", slotCount), ("slotWidth", slotWidth),
      ("headCount", headCount),
    ] where value < 1 {
      throw TrainingError.unsuitable("SDEH-style needs \(name) of at least 1, not \(value).")
    }
    for (name, weight) in [
      ("semanticWeight", semanticWeight), ("ownModalityWeight", ownModalityWeight),
      ("labelCodeWeight", labelCodeWeight), ("distributionWeight", distributionWeight),
      ("classificationWeight", classificationWeight), ("separationWeight", separationWeight),
      ("qualityWeight", qualityWeight), ("balanceWeight", balanceWeight),
      ("weightDecay", weightDecay),
    ] where !(weight >= 0 && weight.isFinite) {
      throw TrainingError.unsuitable(
        "SDEH-style needs \(name) of at least 0 and finite, not \(weight).")
    }
    guard slotWidth.isMultiple(of: headCount) else {
      throw TrainingError.unsuitable(
        "SDEH-style needs a slotWidth that is a multiple of headCount, not \(slotWidth) columns "
          + "for \(headCount) heads.")
    }
  }
}

extension MethodVariant {
  /// SDEH with the knobs of a profile: `.sdeh(.full)`, `.sdeh(.binarySimilarity)`, `.sdeh(.short)`.
  public static func sdeh(_ configuration: SDEH.Configuration = .full) -> MethodVariant {
    MethodVariant(SDEH(configuration))
  }
}
