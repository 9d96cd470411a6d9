public import Tensors

/// A dense layer y = x W + b.
///
/// W has shape (inputs, outputs), b (1, outputs).
public struct Linear {
  /// Weights W, shape (inputs, outputs).
  public let weight: Parameter
  /// Bias b, shape (1, outputs).
  public let bias: Parameter

  /// Creates a layer with random weights and biases.
  ///
  /// - Parameters:
  ///   - name: Prefix of the parameters' names and of their random streams.
  ///   - inputs: Columns of x.
  ///   - outputs: Columns of y.
  ///   - weights: How W starts.
  ///   - biases: How b starts.
  ///   - random: Stream from which the layer takes sub-streams of its own.
  public init(
    _ name: String, inputs: Int, outputs: Int, weights: Initialiser,
    biases: Initialiser = .constant(0), random: RandomStream
  ) {
    weight = Parameter("\(name).weight", Matrix(rows: inputs, columns: outputs))
    bias = Parameter("\(name).bias", Matrix(rows: 1, columns: outputs))
    var weightStream = random.stream("\(name).weight")
    weights.fill(weight.value, using: &weightStream)
    var biasStream = random.stream("\(name).bias")
    biases.fill(bias.value, using: &biasStream)
  }

  private init(weight: Parameter, bias: Parameter) {
    self.weight = weight
    self.bias = bias
  }

  /// A layer with parameters of its own that start from this layer's values.
  public func copy() -> Linear {
    Linear(
      weight: Parameter(weight.name, weight.value.copy()),
      bias: Parameter(bias.name, bias.value.copy()))
  }

  /// Both parameters.
  public var parameters: [Parameter] { [weight, bias] }

  /// Applies the layer to x of shape (n, inputs).
  public func callAsFunction(_ x: Variable) -> Variable {
    x.linear(x.tape.parameter(weight), x.tape.parameter(bias))
  }
}
