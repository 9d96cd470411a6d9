import Crossbit
import Glibc

/// A method of one line: the sign of the features, summed over random columns.
struct RandomProjection: HashingMethod {
  struct Configuration: MethodConfiguration {
    /// Seconds that each of the reported steps takes.
    var stepSeconds = 0.0
    /// Number of steps reported.
    var stepCount = 1
    var variant = "plain"
    var fidelity: Fidelity { .adapted }
    var reportedName: String? { nil }
  }

  static let description = MethodDescription(
    identifier: "projection", displayName: "Projection", paper: "none", algorithmVersion: 1)
  let configuration: Configuration

  init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  func train(on data: TrainingData, bits: Int, context: TrainingContext) throws -> TrainedHashing {
    var curve: [LearningCurvePoint] = []
    for step in 1...configuration.stepCount {
      if configuration.stepSeconds > 0 { usleep(UInt32(configuration.stepSeconds * 1e6)) }
      let point = LearningCurvePoint(
        stage: "training", step: step, stepCount: configuration.stepCount, loss: 1 / Double(step))
      context.observe(point)
      curve.append(point)
    }
    let image = projection(from: data.image.columns, to: bits, context.random.stream("image"))
    let text = projection(from: data.text.columns, to: bits, context.random.stream("text"))
    return TrainedHashing(
      image: { product(of: $0, image) }, text: { product(of: $0, text) },
      pair: { pictures, _ in product(of: pictures, image) }, learningCurve: curve)
  }
}

/// Takes the first columns of the features as codes, so that a test knows every distance.
struct LeadingColumns: HashingMethod {
  struct Configuration: MethodConfiguration {
    var variant: String { "plain" }
    var fidelity: Fidelity { .adapted }
    var reportedName: String? { nil }
  }

  static let description = MethodDescription(
    identifier: "columns", displayName: "Columns", paper: "none", algorithmVersion: 1)
  let configuration = Configuration()

  init(_ configuration: Configuration = Configuration()) {}

  func train(on data: TrainingData, bits: Int, context: TrainingContext) throws -> TrainedHashing {
    func leading(_ features: Matrix) -> Matrix {
      let codes = Matrix(rows: features.rows, columns: bits)
      for row in 0..<features.rows {
        for column in 0..<bits { codes[row, column] = features[row, column] }
      }
      return codes
    }
    return TrainedHashing(image: leading, text: leading, learningCurve: [])
  }
}

/// A method whose training ends in the way its configuration says.
struct Mishap: HashingMethod {
  struct Configuration: MethodConfiguration {
    enum Kind: String, Codable {
      case refuses, traps, isKilled, isKilledOnce, givesNaN, givesWrongShape, lacksPairs
    }

    var kind: Kind
    var variant: String { kind.rawValue }
    var fidelity: Fidelity { .adapted }
    var reportedName: String? { nil }
  }

  static let description = MethodDescription(
    identifier: "mishap", displayName: "Mishap", paper: "none", algorithmVersion: 1)
  let configuration: Configuration

  init(_ configuration: Configuration) {
    self.configuration = configuration
  }

  func train(on data: TrainingData, bits: Int, context: TrainingContext) throws -> TrainedHashing {
    switch configuration.kind {
    case .refuses: throw TrainingError.unsuitable("This method refuses all data.")
    // A precondition would keep its message to itself in a release build.
    case .traps: fatalError("this method traps")
    case .isKilled: kill(getpid(), SIGKILL)
    case .isKilledOnce:
      // The environment names a file that says that it has happened.
      let mark = getenv("CROSSBIT_TEST_MARK").map { String(cString: $0) } ?? ""
      if access(mark, F_OK) != 0 {
        close(open(mark, O_CREAT | O_WRONLY, 0o644))
        kill(getpid(), SIGKILL)
      }
    case .givesNaN:
      return hashing {
        Matrix(
          rows: $0.rows, columns: bits, elements: .init(repeating: .nan, count: $0.rows * bits))
      }
    case .givesWrongShape: return hashing { Matrix(rows: $0.rows, columns: bits + 1) }
    case .lacksPairs: break
    }
    return hashing { Matrix(rows: $0.rows, columns: bits) }
  }

  private func hashing(_ function: @escaping (Matrix) -> Matrix) -> TrainedHashing {
    TrainedHashing(image: function, text: function, learningCurve: [])
  }
}

private func projection(from columns: Int, to bits: Int, _ random: RandomStream) -> Matrix {
  var random = random
  return Matrix(
    rows: columns, columns: bits,
    elements: (0..<(columns * bits)).map { _ in Float(random.nextNormal()) })
}

private func product(of rows: Matrix, _ projection: Matrix) -> Matrix {
  let result = Matrix(rows: rows.rows, columns: projection.columns)
  result.setProduct(rows.asFactor, projection.asFactor)
  return result
}
