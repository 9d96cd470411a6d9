public import CrossModalData
public import Retrieval
public import Tensors

/// A method that learns to turn the features of either modality into short binary codes.
///
/// A method knows nothing of experiments, files or tables: it gets training features and labels, a
/// code length and a context, and returns hash functions.
public protocol HashingMethod: Sendable {
  /// Every knob of the method, each with a default whose origin its comment states.
  associatedtype Configuration: MethodConfiguration

  /// Name, paper and version of the method.
  static var description: MethodDescription { get }

  /// What the method wants to see beside one vector an item and its labels; nothing by default.
  static var extraFeatures: ExtraFeatures { get }

  /// The knobs in use.
  var configuration: Configuration { get }

  /// The method with these knobs.
  init(_ configuration: Configuration)

  /// Learns hash functions of `bits` bits.
  ///
  /// - Throws: ``TrainingError`` when training cannot go on; the trial then fails with its sentence.
  func train(on data: TrainingData, bits: Int, context: TrainingContext) throws -> TrainedHashing
}

extension HashingMethod {
  /// Nothing.
  public static var extraFeatures: ExtraFeatures { [] }
}

/// The knobs of a method as a value that can be compared, stored and printed.
public protocol MethodConfiguration: Sendable, Codable, Hashable {
  /// What the configuration is called in tables, such as `matlab` or `nonlinear`.
  var variant: String { get }
  /// How faithful a result with exactly these knobs is to the paper.
  var fidelity: Fidelity { get }
  /// Name under which papers report the method in this configuration, nil when none does.
  var reportedName: String? { get }
  /// The knobs that `crossbit tune` draws, each with its candidates; none by default.
  static var searchRanges: [SearchRange<Self>] { get }
}

extension MethodConfiguration {
  /// None.
  public static var searchRanges: [SearchRange<Self>] { [] }

  /// A copy with some knobs changed: `.short.with { $0.epochs = 100 }`.
  public func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}

/// How a number of ours relates to the paper's method.
public enum Fidelity: String, Sendable, Codable, CaseIterable, Hashable {
  /// The paper's or its authors' published settings.
  case published
  /// The published method with other widths, optimiser, head or protocol.
  case adapted
  /// Rebuilt from an abstract; the paper's full text could not be read.
  case reconstructed
}

/// What a method is called and where it comes from.
public struct MethodDescription: Sendable, Hashable {
  /// Identifier in records and file names, such as `dbrh`.
  public let identifier: String
  /// Name in tables; carries the papers' own name where it differs, such as `DBRH (DBRC)`.
  public let displayName: String
  /// Citation of the paper that defines the method.
  public let paper: String
  /// Raised whenever the same configuration and seed may give other codes than before.
  public let algorithmVersion: Int

  /// Creates a description.
  public init(identifier: String, displayName: String, paper: String, algorithmVersion: Int) {
    self.identifier = identifier
    self.displayName = displayName
    self.paper = paper
    self.algorithmVersion = algorithmVersion
  }
}

/// Features and labels of the training items; row i of each belongs to the same item.
public struct TrainingData {
  /// Picture features, shape (n, image columns).
  public var image: Matrix
  /// Text features, shape (n, text columns).
  public var text: Matrix
  /// Label sets of the n items.
  public var labels: LabelSets
  /// What the picture columns are.
  public let imageLayout: FeatureLayout
  /// What the text columns are.
  public let textLayout: FeatureLayout
  /// A vector for each label, shape (c, columns), such as of its name's words; nil when not given.
  public let labelVectors: Matrix?

  /// Creates training data.
  ///
  /// Without a layout all columns are one vector.
  ///
  /// - Precondition: Features and labels have equally many rows, layouts their columns, and label
  ///   vectors a row for each label.
  public init(
    image: Matrix, text: Matrix, labels: LabelSets, imageLayout: FeatureLayout? = nil,
    textLayout: FeatureLayout? = nil, labelVectors: Matrix? = nil
  ) {
    precondition(
      image.rows == text.rows && text.rows == labels.count,
      "\(image.rows) pictures, \(text.rows) texts and \(labels.count) label sets do not pair up")
    self.image = image
    self.text = text
    self.labels = labels
    self.imageLayout = imageLayout ?? FeatureLayout(vector: image.columns)
    self.textLayout = textLayout ?? FeatureLayout(vector: text.columns)
    self.labelVectors = labelVectors
    precondition(
      self.imageLayout.columns == image.columns && self.textLayout.columns == text.columns,
      "layouts of \(self.imageLayout.columns) and \(self.textLayout.columns) columns do not fit "
        + "\(image.columns) and \(text.columns)")
    precondition(
      labelVectors.map { $0.rows == labels.labelCount } ?? true,
      "\(labelVectors?.rows ?? 0) label vectors for \(labels.labelCount) labels")
  }

  /// Number of training items n.
  public var count: Int { image.rows }
}

/// What surrounds a training run: randomness comes in, progress goes out.
public struct TrainingContext {
  /// The trial's stream for this method; take named sub-streams from it.
  public let random: RandomStream
  /// Is told of every epoch.
  public let observe: (LearningCurvePoint) -> Void

  /// Creates a context.
  public init(random: RandomStream, observe: @escaping (LearningCurvePoint) -> Void = { _ in }) {
    self.random = random
    self.observe = observe
  }
}

/// One point of a learning curve.
public struct LearningCurvePoint: Sendable, Codable, Hashable {
  /// Name of the stage, such as `training` or `image fine-tuning`.
  public var stage: String
  /// 1-based epoch, or update where the method counts updates.
  public var step: Int
  /// Last step of the stage, for progress.
  public var stepCount: Int
  /// Mean loss since the previous point.
  public var loss: Double
  /// Further named figures, such as the parts of the loss or mean |activation|.
  public var figures: [String: Double]

  /// Creates a point.
  public init(
    stage: String, step: Int, stepCount: Int, loss: Double, figures: [String: Double] = [:]
  ) {
    self.stage = stage
    self.step = step
    self.stepCount = stepCount
    self.loss = loss
    self.figures = figures
  }
}

/// Learned hash functions and how they came about.
///
/// A function may reuse its buffers: the activations it returns are valid until its next call.
public struct TrainedHashing {
  /// Real activations of pictures: (b, image columns) → (b, bits).
  public let image: (Matrix) -> Matrix
  /// Real activations of texts: (b, text columns) → (b, bits).
  public let text: (Matrix) -> Matrix
  /// Real activations of pairs, where the paper has a joint code: (pictures, texts) → (b, bits).
  public let pair: ((Matrix, Matrix) -> Matrix)?
  /// All points that the trainer reported.
  public let learningCurve: [LearningCurvePoint]
  /// Passes over the training pairs, for the cost of one; nil where training has none.
  public let passes: Double?

  /// Creates the outcome of training.
  public init(
    image: @escaping (Matrix) -> Matrix, text: @escaping (Matrix) -> Matrix,
    pair: ((Matrix, Matrix) -> Matrix)? = nil, learningCurve: [LearningCurvePoint],
    passes: Double? = nil
  ) {
    self.passes = passes
    self.image = image
    self.text = text
    self.pair = pair
    self.learningCurve = learningCurve
  }
}

/// Why training stopped early.
public enum TrainingError: Error, CustomStringConvertible, Equatable {
  /// The loss became infinite or not a number.
  case nonFiniteLoss(stage: String, step: Int, loss: Double)
  /// The data cannot be trained on with this configuration.
  case unsuitable(String)

  /// A full sentence for the user.
  public var description: String {
    switch self {
    case .nonFiniteLoss(let stage, let step, let loss):
      "Training stopped: the loss is \(loss) in step \(step) of \(stage); "
        + "lower the learning rate or scale the features."
    case .unsuitable(let reason): reason
    }
  }
}
