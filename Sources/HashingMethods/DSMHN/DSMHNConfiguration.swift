public import CrossModalData
public import NeuralNetworks

extension DSMHN {
  /// Every knob of DSMHN.
  ///
  /// Of the paper only the abstracts of its versions could be read. [text] marks what they say;
  /// everything else is [inferred], a choice that fits their words and is not known to be the
  /// authors'.
  public struct Configuration: PairTrainingConfiguration {
    /// Whether both streams predict labels by one layer.
    public enum Classifiers: String, Sendable, Codable, CaseIterable, Hashable {
      /// Each stream has its own.
      case separate
      /// One for both, which ties the streams together once more.
      case shared
    }

    /// Number of epochs [inferred: 100].
    public var epochs = 100
    /// Pairs of a batch [inferred: 128; the mean of a bit needs that many].
    public var batchSize = 128
    /// How batches are drawn [inferred: shuffled passes].
    public var batchDrawing = BatchDrawing.shuffledPasses
    /// Hidden units of each network [inferred: 1024; that there are two networks is text].
    public var hiddenUnits = 1024
    /// Initial weights [inferred: Glorot].
    public var initialWeights = Initialiser.glorotUniform
    /// Optimiser [inferred: Adam].
    public var optimizer: OptimizerChoice = .adam
    /// Learning rate [inferred: a hundredth at the end; 10⁻³ suits one hidden layer].
    public var learningRate = LearningRateSchedule.logSpaced(from: 1e-3, to: 1e-5)
    /// Factor ω of ½ ω ‖W‖² over weights and biases [inferred: 10⁻⁵].
    public var weightDecay = 1e-5
    /// w, weight of the pairwise loss; 0 leaves it out [inferred: 1].
    public var similarityWeight = 1.0
    /// ℓ [inferred: logistic; that similarity across modalities is kept is text].
    public var pairwiseLoss = PairwiseLoss.logistic
    /// Whether similar and dissimilar pairs weigh the same [probe: yes; every loss is better for it,
    /// and without it `l1` ends near chance, where every pair is predicted dissimilar].
    public var balancesClasses = true
    /// m, margin of the hinges [inferred: ½; with 1 they are `l1` and `l2`].
    public var hingeMargin = 0.5
    /// μ, the share of K that dissimilar codes are to be apart under `contrastive` [inferred: ½].
    public var contrastiveMargin = 0.5
    /// α, weight of the label loss, a mean over labels; 0 leaves it out [inferred: 1; that there is
    /// one is text; ten times as much costs similarity across modalities, probe].
    public var labelWeight = 1.0
    /// ℓ_c [inferred: sigmoid cross-entropy, as items have several labels].
    public var labelLoss = LabelLoss.sigmoidCrossEntropy
    /// Classifiers [inferred: separate, as labels are an intra-modality term].
    public var classifiers = Classifiers.separate
    /// β, weight of quantisation; 0 leaves it out [inferred: 0.1].
    public var quantisationWeight = 0.1
    /// γ, weight of bit balance; 0 leaves it out [inferred: 0.1; that bits are balanced is text in
    /// the first versions and no longer in the journal's abstract].
    public var balanceWeight = 0.1
    /// Picture scaling: rows of mean norm √d, as for RMSH [inferred, probe].
    public var imageScaling = FeatureScaling.rootDimension
    /// Text scaling: as for pictures [inferred, probe].
    public var textScaling = FeatureScaling.rootDimension
    /// Which epoch's networks are kept [inferred: the last].
    public var epochSelection = EpochSelection.last

    /// Creates the full reconstruction.
    public init() {}
  }
}

extension DSMHN.Configuration {
  /// All that any abstract speaks of: similarity, labels, balanced bits.
  public static let full = DSMHN.Configuration()

  /// Without bit balance, which the journal's abstract does not name.
  public static let journal = full.with { $0.balanceWeight = 0 }

  /// Seconds instead of a minute: 256 hidden units, 30 epochs at three times the rate [our choice,
  /// made on held-out training rows of openclipart].
  public static let short = full.with {
    $0.epochs = 30
    $0.hiddenUnits = 256
    $0.learningRate = .logSpaced(from: 3e-3, to: 3e-5)
  }

  /// What `crossbit tune` draws: the rate, the width, the pairwise loss and the weights.
  public static var searchRanges: [SearchRange<Self>] {
    [
      .values(
        "learningRate", \.learningRate,
        [3e-4, 1e-3, 3e-3].map { .logSpaced(from: $0, to: $0 / 100) }),
      .values("hiddenUnits", \.hiddenUnits, [512, 1024, 2048]),
      .values("pairwiseLoss", \.pairwiseLoss, DSMHN.PairwiseLoss.allCases),
      .values("labelWeight", \.labelWeight, [0.01, 0.1, 1, 10]),
      .values("quantisationWeight", \.quantisationWeight, [0.01, 0.1, 1]),
      .values("balanceWeight", \.balanceWeight, [0, 0.1, 1]),
      .values("weightDecay", \.weightDecay, [0, 1e-5, 1e-4]),
    ]
  }

  private static let profiles: [(name: String, configuration: DSMHN.Configuration)] = [
    ("full", full), ("journal", journal), ("short", short),
  ]

  /// Name of the profile, `custom` for other knobs.
  public var variant: String {
    Self.profiles.first { $0.configuration == self }?.name ?? "custom"
  }

  /// Reconstructed, whatever the knobs: only the paper's abstracts could be read.
  public var fidelity: Fidelity { .reconstructed }

  /// None: no configuration is known to be the one of the paper's numbers.
  public var reportedName: String? { nil }

  /// Refuses knobs that make no network or no loss.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func check() throws {
    guard hiddenUnits >= 1 else {
      throw TrainingError.unsuitable(
        "DSMHN-style needs hiddenUnits of at least 1, not \(hiddenUnits).")
    }
    for (name, margin) in [("hingeMargin", hingeMargin), ("contrastiveMargin", contrastiveMargin)]
    where !(margin > 0 && margin <= 1) {
      throw TrainingError.unsuitable(
        "DSMHN-style needs \(name) above 0 and up to 1, not \(margin).")
    }
    for (name, weight) in [
      ("similarityWeight", similarityWeight), ("labelWeight", labelWeight),
      ("quantisationWeight", quantisationWeight), ("balanceWeight", balanceWeight),
      ("weightDecay", weightDecay),
    ] where !(weight >= 0 && weight.isFinite) {
      throw TrainingError.unsuitable(
        "DSMHN-style needs \(name) of at least 0 and finite, not \(weight).")
    }
    guard similarityWeight > 0 || labelWeight > 0 else {
      throw TrainingError.unsuitable(
        "DSMHN-style needs similarityWeight or labelWeight above 0, and both are 0.")
    }
  }
}

extension MethodVariant {
  /// DSMHN with the knobs of a profile: `.dsmhn(.full)`, `.dsmhn(.journal)`, `.dsmhn(.short)`.
  public static func dsmhn(_ configuration: DSMHN.Configuration = .full) -> MethodVariant {
    MethodVariant(DSMHN(configuration))
  }
}
