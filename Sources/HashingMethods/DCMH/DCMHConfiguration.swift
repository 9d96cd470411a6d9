public import CrossModalData
public import NeuralNetworks

extension DCMH {
  /// Every knob of DCMH.
  ///
  /// The defaults are the authors' recommended MATLAB profile.
  public struct Configuration: MethodConfiguration {
    /// Which half-step of an epoch comes first.
    public enum SweepOrder: String, Sendable, Codable, Hashable {
      /// B, then all text batches, then all image batches (MATLAB `process_DCMH.m`).
      case binaryTextImage
      /// Image, text, then B (the paper's derivation; TensorFlow `DCMH_demo.py`).
      case imageTextBinary
    }

    /// How the code buffers F and G start.
    public enum BufferStart: String, Sendable, Codable, Hashable {
      /// Zeros: B is 0 in the first epoch and its first sweep has no likelihood (MATLAB).
      case zeros
      /// N(0, 1) (TensorFlow).
      case standardNormal
    }

    /// The image network on frozen features.
    public enum ImageHead: Sendable, Codable, Hashable {
      /// One linear layer: the paper's own DCMH-I, whose first seven layers are frozen (p. 8).
      case linear
      /// Linear, ReLU, linear: stands in for fine-tuned full6 and full7 [inferred].
      case relearned(hiddenUnits: Int)
    }

    /// Number of epochs.
    ///
    /// 500 [code: `DCMH_demo.m`].
    public var epochs = 500
    /// Rows of a batch.
    ///
    /// 128 [text, code].
    public var batchSize = 128
    /// How batches are drawn: ⌈n/b⌉ independent draws a sweep [code: `update_net.m`].
    public var batchDrawing = BatchDrawing.independent
    /// Whether the number of batches in a sweep is rounded up (MATLAB) or down (TensorFlow) [code].
    public var roundsBatchCountUp = true
    /// Learning rate of both networks: 10^-1.5 to 10^-3 in equal ratios [code: `DCMH_demo.m`].
    public var learningRate = LearningRateSchedule.logSpaced(from: 0.031622776601683791, to: 1e-3)
    /// Plain gradient descent with decay 5e-4 on weights and biases [code: `update_net.m`].
    public var optimizer = OptimizerChoice.gradientDescent(decay: 5e-4, momentum: 0)
    /// Order of the half-steps [code].
    public var sweepOrder = SweepOrder.binaryTextImage
    /// Start of F and G [code].
    public var bufferStart = BufferStart.zeros
    /// Hidden units of the text network: 8192 [code: `net_structure_txt.m`].
    public var textHiddenUnits = 8192
    /// The image network; linear is the paper's frozen-feature variant DCMH-I [text, page 8].
    public var imageHead = ImageHead.linear
    /// Deviation of initial weights and biases: 0.01 [code].
    public var initialDeviation = 0.01
    /// γ, weight of quantisation: 1 [text, page 6; code].
    public var quantisationWeight = 1.0
    /// η, weight of bit balance: 1 [text, page 6; code].
    public var balanceWeight = 1.0
    /// Image scaling: centred as in the authors' code, then one constant so that rows have norm
    /// √d; with N(0, 0.01²) weights smaller inputs hardly train [probe].
    public var imageScaling = FeatureScaling.centredRootDimension
    /// Text scaling: centred with training means (the authors centre over all rows, queries
    /// included, which would leak) and one constant as for images [code, probe].
    public var textScaling = FeatureScaling.centredRootDimension
    /// Which epoch's networks are kept: the last [code: MATLAB].
    public var epochSelection = EpochSelection.last

    /// Creates the MATLAB profile.
    public init() {}
  }
}

extension DCMH.Configuration {
  /// The authors' recommended profile (`DCMH_matlab/DCMH_demo.m`).
  public static let matlab = DCMH.Configuration()

  /// The authors' TensorFlow profile (`DCMH_tensorflow/DCMH_demo.py`): image, text, B; N(0, 1)
  /// buffers; linear rate to 10^-6; no decay; raw text [code].
  public static let tf: DCMH.Configuration = {
    var configuration = DCMH.Configuration()
    configuration.sweepOrder = .imageTextBinary
    configuration.bufferStart = .standardNormal
    configuration.learningRate = .linear(from: 0.031622776601683791, to: 1e-6)
    configuration.optimizer = .gradientDescent(decay: 0, momentum: 0)
    configuration.roundsBatchCountUp = false
    configuration.textScaling = .rootDimension
    return configuration
  }()

  /// Seconds instead of minutes: Adam at 10^-3, 60 epochs, 512 hidden text units, text as it comes
  /// [our choice, made on held-out training rows of openclipart].
  public static let short: DCMH.Configuration = {
    var configuration = DCMH.Configuration()
    configuration.epochs = 60
    configuration.optimizer = .adam
    configuration.learningRate = .constant(1e-3)
    configuration.textHiddenUnits = 512
    configuration.textScaling = .asIs
    return configuration
  }()

  /// The best of `Results/tune-dcmh-short-openclipart`, found on held-out training items at 32 bits.
  public static let tuned = short.with {
    $0.learningRate = .constant(3e-3)
    $0.epochs = 120
    $0.textHiddenUnits = 1024
    $0.imageHead = .relearned(hiddenUnits: 1024)
    $0.initialDeviation = 0.03
    $0.quantisationWeight = 10
    $0.balanceWeight = 0
  }

  /// What `crossbit tune` draws: the rate, the text network's width, the weights, the scaling.
  public static var searchRanges: [SearchRange<Self>] {
    [
      .values("learningRate", \.learningRate, [3e-4, 1e-3, 3e-3].map { .constant($0) }),
      .values("epochs", \.epochs, [60, 120, 200]),
      .values("textHiddenUnits", \.textHiddenUnits, [512, 1024, 2048]),
      .values("imageHead", \.imageHead, [.linear, .relearned(hiddenUnits: 1024)]),
      .values("initialDeviation", \.initialDeviation, [0.01, 0.03]),
      .values("quantisationWeight", \.quantisationWeight, [0.1, 1, 10]),
      .values("balanceWeight", \.balanceWeight, [0, 1]),
      .values("textScaling", \.textScaling, [.asIs, .rootDimension, .centredRootDimension]),
    ]
  }

  private static let profiles: [(name: String, configuration: DCMH.Configuration)] = [
    ("matlab", matlab), ("tf", tf), ("short", short), ("tuned", tuned),
  ]

  /// Name of the profile, `custom` for other knobs.
  public var variant: String {
    Self.profiles.first { $0.configuration == self }?.name ?? "custom"
  }

  /// Published for the two profiles of the authors, adapted for everything else.
  public var fidelity: Fidelity {
    self == .matlab || self == .tf ? .published : .adapted
  }

  /// `DCMH` for the authors' profiles.
  public var reportedName: String? { fidelity == .published ? "DCMH" : nil }
}

extension MethodVariant {
  /// DCMH with the knobs of a profile: `.dcmh(.matlab)`, `.dcmh(.tf)`, `.dcmh(.short)`,
  /// `.dcmh(.tuned)`.
  public static func dcmh(_ configuration: DCMH.Configuration = .matlab) -> MethodVariant {
    MethodVariant(DCMH(configuration))
  }
}
