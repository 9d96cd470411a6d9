public import CrossModalData
public import NeuralNetworks

extension DBRH {
  /// Every knob of DBRH.
  ///
  /// The defaults are DBRC-L as its papers state it.
  public struct Configuration: MethodConfiguration {
    /// The hash layer's activation and what learns its scale.
    public enum Activation: Sendable, Codable, Hashable {
      /// DBRC-L: q = tanh(α s), α learned per bit, penalty λ Σ α⁻² [text].
      case linear
      /// DBRC-N: q = tanh(sign(s) ln(1 + |s|) / ln(1 + α)), penalty λ Σ α² [text; the odd
      /// extension to s < 0 is inferred].
      case nonlinear
    }

    /// How the scales α move.
    public enum ScaleLearning: Sendable, Codable, Hashable {
      /// Learned with the penalty (DBRC) [text].
      case regularised
      /// Learned without the penalty (DBRC-P) [text].
      case unregularised
      /// Not learned: stepped through a fixed sequence, equal shares of the joint updates each
      /// (DBRC-C) [text; the papers do not give the sequence].
      case continuation([Double])
    }

    /// Output activation of the decoders.
    public enum Output: String, Sendable, Codable, Hashable {
      /// Identity; needed as soon as features can be negative [inferred].
      case linear
      /// "ReLU for the whole network except the hash layer", taken literally [text].
      case relu
      /// Logistic function.
      case sigmoid
    }

    /// How squared errors are added up over the columns of a modality; always a mean over rows.
    public enum Reduction: String, Sendable, Codable, Hashable {
      /// Mean over columns, as Keras' mse [inferred].
      case mean
      /// Sum over columns (TMM eq. 22 read literally) [text].
      case sum
    }

    /// The parameters that fine-tuning changes.
    public enum FineTunedPart: String, Sendable, Codable, Hashable {
      /// All of them, scales and decoders included.
      case wholeNetwork
      /// The encoder of the modality that is left and the joint layer.
      case encoder
    }

    /// The activation.
    public var activation = Activation.linear
    /// How the scales move.
    public var scaleLearning = ScaleLearning.regularised
    /// First and second hidden layer of each encoder: 128 and 512 [text].
    public var encoderUnits = [128, 512]
    /// λ: 0.001 on every data set [text].
    public var penaltyWeight = 0.001
    /// α at the start: 1 [text, code].
    public var initialScale = 1.0
    /// Least α; the authors enforce none, and a bound far below what is reached costs nothing.
    public var leastScale = 1e-3
    /// Initial weights: Glorot uniform, the Keras default [inferred].
    public var initialWeights = Initialiser.glorotUniform
    /// RMSprop with ρ = 0.9 [text]; ε = 10⁻⁸ as in Keras 1 [inferred].
    public var optimizer = OptimizerChoice.rmsprop(rho: 0.9, epsilon: 1e-8)
    /// Learning rate: 0.001 [text].
    public var learningRate = 1e-3
    /// Rows of a batch [inferred; not stated, found likewise].
    public var batchSize = 256
    /// How batches are drawn: shuffled passes, the Keras default [inferred].
    public var batchDrawing = BatchDrawing.shuffledPasses
    /// Updates of the joint network [inferred; not stated: found while explaining Table II of TMM
    /// 2019 on Wiki, and on the same plateau on held-out training items].
    public var jointUpdates = 200
    /// Updates of each fine-tuned network; 0 leaves fine-tuning out [inferred; found likewise].
    public var fineTuningUpdates = 200
    /// What fine-tuning changes: the whole copy ("fine-tune the network") [text].
    public var fineTunedPart = FineTunedPart.wholeNetwork
    /// Reduction of squared errors [inferred].
    public var reduction = Reduction.mean
    /// Output activation [inferred].
    public var output = Output.linear
    /// Image scaling: as they come, which fits the start of the published curve [probe].
    public var imageScaling = FeatureScaling.asIs
    /// Text scaling: as they come [probe].
    public var textScaling = FeatureScaling.asIs

    /// Creates DBRC-L.
    public init() {}
  }
}

extension DBRH.Configuration {
  /// DBRC-L: tanh(α s).
  public static let linear = DBRH.Configuration()

  /// DBRC-N: tanh of a logarithm with learned base.
  public static let nonlinear: DBRH.Configuration = {
    var configuration = DBRH.Configuration()
    configuration.activation = .nonlinear
    return configuration
  }()

  /// Fine-tunes the encoder of the modality that is left and the joint layer, nothing else.
  ///
  /// The papers say that the network is fine-tuned, not which part; with the decoders held, query
  /// codes stay close to the database's joint codes [inferred].
  public var tuningEncodersOnly: DBRH.Configuration {
    var configuration = self
    configuration.fineTunedPart = .encoder
    return configuration
  }

  /// DBRC-P: the scales are learned without the penalty.
  public var withoutRegulariser: DBRH.Configuration {
    var configuration = self
    configuration.scaleLearning = .unregularised
    return configuration
  }

  /// DBRC-C: the scales walk through a fixed sequence, upwards for L and downwards for N.
  ///
  /// The papers give no sequence; ours ends near the scales that DBRC-L and DBRC-N reach in a long
  /// run [inferred].
  public var withContinuation: DBRH.Configuration {
    var configuration = self
    configuration.scaleLearning = .continuation(
      activation == .linear ? [1, 2, 5, 10] : [1, 0.5, 0.2, 0.1])
    return configuration
  }

  /// Adam, 256-unit encoders, features scaled to row norm √d, encoder tuned [our choice, made on
  /// held-out training rows of openclipart].
  public static let short: DBRH.Configuration = {
    var configuration = DBRH.Configuration()
    configuration.encoderUnits = [256, 256]
    configuration.optimizer = .adam
    configuration.batchSize = 128
    configuration.fineTunedPart = .encoder
    configuration.imageScaling = .rootDimension
    configuration.textScaling = .rootDimension
    return configuration
  }()

  /// What `crossbit tune` draws: the rate, widths, updates, the penalty, the scaling.
  public static var searchRanges: [SearchRange<Self>] {
    [
      .values("activation", \.activation, [.linear, .nonlinear]),
      .values("optimizer", \.optimizer, [.adam, .rmsprop(rho: 0.9, epsilon: 1e-8)]),
      .values("learningRate", \.learningRate, [3e-4, 1e-3, 3e-3]),
      .values("encoderUnits", \.encoderUnits, [[128, 512], [256, 256], [512, 512]]),
      .values("jointUpdates", \.jointUpdates, [200, 1000, 3000]),
      .values("fineTuningUpdates", \.fineTuningUpdates, [0, 200, 1000]),
      .values("fineTunedPart", \.fineTunedPart, [.wholeNetwork, .encoder]),
      .values("penaltyWeight", \.penaltyWeight, [1e-4, 1e-3, 1e-2]),
      .values("imageScaling", \.imageScaling, [.asIs, .rootDimension, .standardised]),
      .values("textScaling", \.textScaling, [.asIs, .rootDimension, .standardised]),
    ]
  }

  /// `linear` or `nonlinear`, `-P` and `-C` for the papers' ablations, and what else was changed.
  public var variant: String {
    if self == .short { return "short" }
    let activationName = activation == .linear ? "linear" : "nonlinear"
    let base = activationName + (fineTunedPart == .encoder ? ", encoder tuned" : "")
    switch scaleLearning {
    case .regularised: return base
    case .unregularised: return "\(base)-P"
    case .continuation: return "\(base)-C"
    }
  }

  /// Published where everything that the papers state is as stated, adapted otherwise.
  ///
  /// What they leave open (updates, batches, scaling, reduction, output) does not count. That the
  /// network is fine-tuned is stated, so tuning only a part of it is adapted.
  public var fidelity: Fidelity {
    isAsStated && fineTunedPart == .wholeNetwork ? .published : .adapted
  }

  private var isAsStated: Bool {
    let stated = DBRH.Configuration()
    return encoderUnits == stated.encoderUnits && penaltyWeight == stated.penaltyWeight
      && initialScale == stated.initialScale && optimizer == stated.optimizer
      && learningRate == stated.learningRate && fineTuningUpdates > 0
  }

  /// `DBRC-L`, `DBRC-N`, `DBRC-P-L`, … as TMM 2019 prints them.
  public var reportedName: String? {
    guard isAsStated else { return nil }
    let letter = activation == .linear ? "L" : "N"
    switch scaleLearning {
    case .regularised: return "DBRC-\(letter)"
    case .unregularised: return "DBRC-P-\(letter)"
    case .continuation: return "DBRC-C-\(letter)"
    }
  }
}

extension MethodVariant {
  /// DBRH with the knobs of a profile: `.dbrh(.linear)`, `.dbrh(.nonlinear)`, `.dbrh(.short)`.
  public static func dbrh(_ configuration: DBRH.Configuration = .linear) -> MethodVariant {
    MethodVariant(DBRH(configuration))
  }
}
