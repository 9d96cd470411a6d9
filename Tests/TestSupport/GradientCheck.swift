public import Tensors

/// Compares gradients from the tape with central differences.
///
/// The output y of an operation is turned into the scalar L = Σ (y − t)² with a fixed random t. The
/// tape gives dL/dp for every parameter; beside it each element of p is moved by ±h and L is summed
/// in Double. With h = 1/128 (exact in float32) the rounding of y contributes about 1e-5 and the
/// third derivative about h² to a difference quotient, so errors below 2e-3 are noise, while a wrong
/// factor or sign is an error of order 1.
public enum GradientCheck {
  /// Largest error that rounding and curvature explain; see the type's comment.
  public static let tolerance = 2e-3

  /// Largest |tape − difference| over all elements, relative to the largest slope (at least 1).
  public static func largestError(
    of parameters: [Parameter], _ output: (Tape) -> Variable
  ) -> Double {
    let tape = Tape()
    var random = testStream("gradient check")
    let first = output(tape)
    let target = randomMatrix(rows: first.rows, columns: first.columns, using: &random)
    for parameter in parameters { parameter.clearGradient() }
    tape.backward(from: first.squaredDistance(to: tape.constant(target)))

    func loss() -> Double {
      tape.reset()
      let y = output(tape).value.elements
      return zip(y, target.elements).reduce(0) { sum, pair in
        let distance = Double(pair.0) - Double(pair.1)
        return sum + distance * distance
      }
    }
    let step: Float = 1 / 128
    var largestError = 0.0
    var largestSlope = 1.0
    for parameter in parameters {
      guard parameter.hasGradient else { return .infinity }
      for index in parameter.value.elements.indices {
        let start = parameter.value.elements[index]
        parameter.value.elements[index] = start + step
        let above = loss()
        parameter.value.elements[index] = start - step
        let below = loss()
        parameter.value.elements[index] = start
        let slope = (above - below) / (2 * Double(step))
        largestSlope = max(largestSlope, abs(slope))
        largestError = max(largestError, abs(slope - Double(parameter.gradient.elements[index])))
      }
    }
    return largestError / largestSlope
  }
}

/// A matrix of standard normal numbers times `deviation`.
public func randomMatrix(
  rows: Int, columns: Int, deviation: Double = 1, using random: inout RandomStream
) -> Matrix {
  let matrix = Matrix(rows: rows, columns: columns)
  for index in matrix.elements.indices {
    matrix.elements[index] = Float(deviation * random.nextNormal())
  }
  return matrix
}

/// A parameter of standard normal numbers from the test stream of its name.
public func randomParameter(_ name: String, rows: Int, columns: Int) -> Parameter {
  var random = testStream(name)
  return Parameter(name, randomMatrix(rows: rows, columns: columns, using: &random))
}
