import CrossModalData
import NeuralNetworks
import Tensors

/// The multimodal auto-encoder with a hash layer in the middle (TMM 2019, section III-B).
///
/// Encoders dx → 128 → 512 and dy → 128 → 512 with ReLU; a linear joint layer
/// j = A h_x + B h_y + c of K units; the hash layer q = ATanh(j); decoders 512 → 128 → dx and
/// 512 → 128 → dy.
struct DBRHNetwork {
  /// What one pass makes.
  struct Pass {
    /// Activations of the hash layer, (b, K), in −1 … 1.
    let codes: Variable
    /// Reconstructed pictures, (b, dx).
    let image: Variable
    /// Reconstructed texts, (b, dy).
    let text: Variable
  }

  private let imageEncoder: [Linear]
  private let textEncoder: [Linear]
  /// A and c of the joint layer.
  private let imageJoint: Linear
  /// B of the joint layer; its bias is c.
  private let textJoint: Parameter
  private let imageDecoder: [Linear]
  private let textDecoder: [Linear]
  private let activation: DBRH.Configuration.Activation
  private let output: DBRH.Configuration.Output
  /// Scales α, shape (1, K).
  let scales: Parameter

  init(
    imageColumns: Int, textColumns: Int, bits: Int, _ configuration: DBRH.Configuration,
    random: RandomStream
  ) {
    func stack(_ name: String, _ units: [Int]) -> [Linear] {
      zip(units, units.dropFirst()).enumerated().map { index, sizes in
        Linear(
          "\(name) \(index)", inputs: sizes.0, outputs: sizes.1,
          weights: configuration.initialWeights, random: random)
      }
    }
    let units = configuration.encoderUnits
    imageEncoder = stack("image encoder", [imageColumns] + units)
    textEncoder = stack("text encoder", [textColumns] + units)
    imageJoint = stack("image joint", [units.last ?? imageColumns, bits])[0]
    textJoint = Parameter(
      "text joint.weight", Matrix(rows: units.last ?? textColumns, columns: bits))
    var textJointStream = random.stream(textJoint.name)
    configuration.initialWeights.fill(textJoint.value, using: &textJointStream)
    imageDecoder = stack("image decoder", [bits] + units.reversed() + [imageColumns])
    textDecoder = stack("text decoder", [bits] + units.reversed() + [textColumns])
    activation = configuration.activation
    output = configuration.output
    scales = Parameter("scales", Matrix(rows: 1, columns: bits))
    scales.value.fill(Float(configuration.initialScale))
  }

  /// A network with parameters of its own that start from another's values.
  init(copying other: DBRHNetwork) {
    imageEncoder = other.imageEncoder.map { $0.copy() }
    textEncoder = other.textEncoder.map { $0.copy() }
    imageJoint = other.imageJoint.copy()
    textJoint = Parameter(other.textJoint.name, other.textJoint.value.copy())
    imageDecoder = other.imageDecoder.map { $0.copy() }
    textDecoder = other.textDecoder.map { $0.copy() }
    activation = other.activation
    output = other.output
    scales = Parameter("scales", other.scales.value.copy())
  }

  /// Weights and biases, without the scales.
  var weights: [Parameter] {
    let layers = imageEncoder + textEncoder + [imageJoint] + imageDecoder + textDecoder
    return layers.flatMap(\.parameters) + [textJoint]
  }

  /// Weights and biases between the input of one modality and the joint layer.
  func encoderWeights(of modality: Modality) -> [Parameter] {
    let encoder = modality == .image ? imageEncoder : textEncoder
    return (encoder + [imageJoint]).flatMap(\.parameters) + [textJoint]
  }

  /// Activations of the hash layer for pictures x (b, dx) and texts y (b, dy).
  func codes(_ x: Variable, _ y: Variable) -> Variable {
    let hx = imageEncoder.reduce(x) { $1($0).relu() }
    let hy = textEncoder.reduce(y) { $1($0).relu() }
    let joint = imageJoint(hx).plus(hy.multiplied(by: x.tape.parameter(textJoint)))
    let α = x.tape.parameter(scales)
    return switch activation {
    case .linear: joint.linearScaledTanh(scales: α)
    case .nonlinear: joint.logarithmicScaledTanh(scales: α)
    }
  }

  /// Codes and reconstructions.
  func callAsFunction(_ x: Variable, _ y: Variable) -> Pass {
    let q = codes(x, y)
    return Pass(codes: q, image: decode(q, imageDecoder), text: decode(q, textDecoder))
  }

  private func decode(_ q: Variable, _ layers: [Linear]) -> Variable {
    let hidden = layers.dropLast().reduce(q) { $1($0).relu() }
    guard let last = layers.last else { return hidden }
    let reconstruction = last(hidden)
    return switch output {
    case .linear: reconstruction
    case .relu: reconstruction.relu()
    case .sigmoid: reconstruction.sigmoid()
    }
  }
}
