public import CrossModalData
public import NeuralNetworks

extension RMSH {
  /// Every knob of RMSH.
  ///
  /// Of the paper only the abstract could be read. [text] marks what it says; everything else is
  /// [inferred], a choice that fits its words and is not known to be the authors'.
  public struct Configuration: PairTrainingConfiguration {
    /// What δ is, the distance that items without a shared label are to keep.
    public enum Distance: Sendable, Codable, Hashable {
      /// A place in the range that ``CodeDistanceBounds`` gives for the code length: 0 is its lower
      /// end, 1 its upper one, below and above lies outside.
      case position(Double)
      /// The same number of bits for every code length.
      case bits(Double)
    }

    /// The number M of points that are to be δ apart, from which the range of δ follows.
    public enum SeparatedPoints: String, Sendable, Codable, Hashable {
      /// The labels: no more items than labels can be without a shared label two by two.
      case labels
      /// The distinct label sets of the training items; stricter than need be, most share labels.
      case distinctLabelSets
    }

    /// Over which terms a loss is averaged.
    public enum Averaging: String, Sendable, Codable, CaseIterable, Hashable {
      /// Those that are not 0.
      case activeTerms
      /// All valid ones.
      case allTerms
    }

    /// How the codes of several items become one pseudo-code.
    public enum Fusion: Sendable, Codable, Hashable {
      /// tanh(sharpness · mean); gradients reach the fused codes.
      case softMean(sharpness: Double)
      /// The sign of the sum, bit by bit, +1 for a sum of 0; a constant.
      case majority
    }

    /// The label set of a pseudo-code.
    public enum FusedLabels: String, Sendable, Codable, Hashable {
      /// Labels of any member.
      case union
      /// Labels of every member.
      case intersection
    }

    /// How an item's partners in a pseudo-code are drawn from its batch.
    public enum Partners: String, Sendable, Codable, Hashable {
      /// All alike.
      case random
      /// With a probability proportional to 1 / (1 + c), c the number of training items that have
      /// exactly the label set that the fusion would give.
      case rareLabelSets
    }

    /// Number of epochs [inferred: 100].
    public var epochs = 100
    /// Pairs of a batch [inferred: 128].
    public var batchSize = 128
    /// How batches are drawn [inferred: shuffled passes].
    public var batchDrawing = BatchDrawing.shuffledPasses
    /// Hidden units of each network [inferred: 1024; that there are two deep networks is text].
    public var hiddenUnits = 1024
    /// Initial weights [inferred: Glorot].
    public var initialWeights = Initialiser.glorotUniform
    /// Optimiser [inferred: Adam].
    public var optimizer: OptimizerChoice = .adam
    /// Learning rate [inferred: a hundredth at the end; 10⁻³ suits one hidden layer].
    public var learningRate = LearningRateSchedule.logSpaced(from: 1e-3, to: 1e-5)
    /// Factor ω of ½ ω ‖W‖² over weights and biases [inferred: 10⁻⁵].
    public var weightDecay = 1e-5
    /// Grade of similarity [inferred: Jaccard; that similarity is graded is text].
    public var grade = LabelGrade.jaccard
    /// M [inferred: the number of labels].
    public var separatedPoints = SeparatedPoints.labels
    /// δ [inferred: the middle of the range; that coding theory bounds δ is text].
    public var distance = Distance.position(0.5)
    /// Whether irrelevant candidates are pushed beyond δ by a term of their own [inferred: yes;
    /// with the pull but without the push all items get about one code, probe].
    public var pushesIrrelevant = true
    /// Whether relevant candidates are pulled within δ (1 − grade) by a term of their own
    /// [inferred: yes].
    public var pullsRelevant = true
    /// Whether triplets inside one modality count, beside those across [inferred: yes].
    public var usesOwnModality = true
    /// Over which terms losses are averaged [inferred: those that are not 0].
    public var averaging = Averaging.activeTerms
    /// η, weight of the pseudo-codes' loss; 0 leaves them out [inferred: ½; that there are
    /// pseudo-codes is text].
    public var pseudoCodeWeight = 0.5
    /// Items in a pseudo-code, by turns a picture and a text [inferred: 2].
    public var pseudoCodeMembers = 2
    /// Fusion of their codes [inferred: tanh of twice the mean; that codes are fused is text].
    public var pseudoCodeFusion = Fusion.softMean(sharpness: 2)
    /// Fusion of their label sets [inferred: union].
    public var pseudoCodeLabels = FusedLabels.union
    /// Draw of partners [inferred: at random; that rare label sets are to gain is text].
    public var pseudoCodePartners = Partners.random
    /// λ, weight of quantisation [inferred: 0.1].
    public var quantisationWeight = 0.1
    /// Picture scaling: rows of mean norm √d; rows of norm 1 hardly train [inferred, probe].
    public var imageScaling = FeatureScaling.rootDimension
    /// Text scaling: as for pictures [inferred, probe].
    public var textScaling = FeatureScaling.rootDimension
    /// Which epoch's networks are kept [inferred: the last].
    public var epochSelection = EpochSelection.last

    /// Creates the full reconstruction.
    public init() {}
  }
}

extension RMSH.Configuration {
  /// Everything that the abstract speaks of: graded margins, a robust δ, pseudo-codes.
  public static let full = RMSH.Configuration()

  /// The margin-adaptive triplets alone, across modalities: no push, no pull, no pseudo-codes.
  ///
  /// One triplet loss could carry both goals, as the abstract may be read.
  public static let triplets: RMSH.Configuration = {
    var configuration = RMSH.Configuration()
    configuration.pushesIrrelevant = false
    configuration.pullsRelevant = false
    configuration.usesOwnModality = false
    configuration.pseudoCodeWeight = 0
    return configuration
  }()

  /// Seconds instead of minutes: 256 hidden units, 30 epochs [our choice].
  public static let short: RMSH.Configuration = {
    var configuration = RMSH.Configuration()
    configuration.epochs = 30
    configuration.hiddenUnits = 256
    return configuration
  }()

  /// The best of `Results/tune-rmsh-full-openclipart`, found on held-out training items at 32 bits.
  public static let tuned = full.with {
    $0.hiddenUnits = 2048
    $0.distance = .position(1)
    $0.pseudoCodeWeight = 1
    $0.quantisationWeight = 0.01
    $0.weightDecay = 1e-4
  }

  /// What `crossbit tune` draws: the rate, δ, and the weights of the terms.
  public static var searchRanges: [SearchRange<Self>] {
    [
      .values(
        "learningRate", \.learningRate,
        [3e-4, 1e-3, 3e-3].map { .logSpaced(from: $0, to: $0 / 100) }),
      .values("hiddenUnits", \.hiddenUnits, [512, 1024, 2048]),
      .values("distance", \.distance, [0, 0.5, 1].map { .position($0) }),
      .values("grade", \.grade, LabelGrade.allCases),
      .values("pseudoCodeWeight", \.pseudoCodeWeight, [0, 0.5, 1]),
      .values("quantisationWeight", \.quantisationWeight, [0.01, 0.1, 0.3]),
      .values("weightDecay", \.weightDecay, [0, 1e-5, 1e-4]),
    ]
  }

  private static let profiles: [(name: String, configuration: RMSH.Configuration)] = [
    ("full", full), ("triplets", triplets), ("short", short), ("tuned", tuned),
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

extension MethodVariant {
  /// RMSH with the knobs of a profile: `.rmsh(.full)`, `.rmsh(.tuned)`, `.rmsh(.short)`.
  public static func rmsh(_ configuration: RMSH.Configuration = .full) -> MethodVariant {
    MethodVariant(RMSH(configuration))
  }
}
