/// Records operations as they are computed, and runs them backwards for gradients.
///
/// An operation is a value, the variables it was made from, and a closure that turns the gradient
/// of the value into contributions to the gradients of those variables. Running the closures in
/// reverse order of recording is reverse-mode differentiation.
///
/// Buffers come from a pool and go back to it with ``reset()``: from the second step of equal
/// shapes on, nothing large is allocated.
public final class Tape {
  /// Runs when the gradient of `value` is known.
  public typealias Backward = (_ value: Matrix, _ gradient: Matrix) -> Void

  private struct Node {
    let value: Matrix
    let isPooled: Bool
    let parameter: Parameter?
    let needsGradient: Bool
    var useCount = 0
    var gradient: Matrix?
    let backward: Backward?
  }

  private struct Shape: Hashable {
    let rows: Int
    let columns: Int
  }

  private var nodes: [Node] = []
  private var variableOfParameter: [ObjectIdentifier: Int] = [:]
  private var pool: [Shape: [Matrix]] = [:]
  private let isRecording: Bool

  /// Creates an empty tape.
  ///
  /// - Parameter isRecording: False for inference: nothing is kept for a backward pass.
  public init(isRecording: Bool = true) {
    self.isRecording = isRecording
  }

  /// Forgets all operations and takes their buffers back; values read before are no longer valid.
  public func reset() {
    for node in nodes {
      if node.isPooled { giveBack(node.value) }
      if let gradient = node.gradient { giveBack(gradient) }
    }
    nodes.removeAll(keepingCapacity: true)
    variableOfParameter.removeAll(keepingCapacity: true)
  }

  // MARK: Recording

  /// Puts a matrix on the tape that no gradient is wanted for.
  public func constant(_ matrix: Matrix) -> Variable {
    append(
      Node(
        value: matrix, isPooled: false, parameter: nil, needsGradient: false, backward: nil))
  }

  /// Puts a parameter on the tape; the same parameter gives the same variable.
  public func parameter(_ parameter: Parameter) -> Variable {
    let key = ObjectIdentifier(parameter)
    if let index = variableOfParameter[key] { return Variable(tape: self, index: index) }
    let variable = append(
      Node(
        value: parameter.value, isPooled: false, parameter: parameter, needsGradient: isRecording,
        backward: nil))
    variableOfParameter[key] = variable.index
    return variable
  }

  /// Computes and records one operation.
  ///
  /// - Parameters:
  ///   - rows: Rows of the value.
  ///   - columns: Columns of the value.
  ///   - inputs: Variables that the value depends on.
  ///   - forward: Writes every element of the value, which holds old numbers before.
  ///   - backward: Hands contributions to the inputs with ``Variable/receive(_:)``.
  /// - Returns: The value as a variable of this tape.
  public func record(
    rows: Int, columns: Int, from inputs: [Variable],
    forward: (Matrix) -> Void, backward: @escaping Backward
  ) -> Variable {
    let value = take(rows: rows, columns: columns)
    forward(value)
    var needsGradient = false
    for input in inputs {
      nodes[input.index].useCount += 1
      needsGradient = needsGradient || nodes[input.index].needsGradient
    }
    return append(
      Node(
        value: value, isPooled: true, parameter: nil, needsGradient: needsGradient,
        backward: needsGradient ? backward : nil))
  }

  /// A zero-filled or dirty matrix that lives until the next ``reset()``.
  public func scratch(rows: Int, columns: Int) -> Matrix {
    let matrix = take(rows: rows, columns: columns)
    _ = append(
      Node(value: matrix, isPooled: true, parameter: nil, needsGradient: false, backward: nil))
    return matrix
  }

  // MARK: Backward

  /// Computes the gradient of a scalar for every parameter that it depends on.
  ///
  /// - Precondition: `loss` has shape (1, 1).
  public func backward(from loss: Variable) {
    precondition(
      loss.rows == 1 && loss.columns == 1,
      "only a scalar has a gradient here, not shape (\(loss.rows), \(loss.columns))")
    let seed = take(rows: 1, columns: 1)
    seed.fill(1)
    nodes[loss.index].gradient = seed
    for index in nodes.indices.reversed() {
      guard let gradient = nodes[index].gradient, let backward = nodes[index].backward else {
        continue
      }
      backward(nodes[index].value, gradient)
    }
  }

  /// Lets `contribute` blend a contribution into the gradient of a node, if one is wanted.
  fileprivate func receive(_ index: Int, _ contribute: (Contribution) -> Void) {
    guard nodes[index].needsGradient else { return }
    if let parameter = nodes[index].parameter {
      if let step = parameter.directDescent, nodes[index].useCount == 1 {
        contribute(
          Contribution(
            target: parameter.value, scale: -step.rate, keep: 1 - step.rate * step.decay))
      } else {
        contribute(
          Contribution(
            target: parameter.gradient, scale: 1, keep: parameter.hasGradient ? 1 : 0))
        parameter.hasGradient = true
      }
      return
    }
    if let gradient = nodes[index].gradient {
      contribute(Contribution(target: gradient, scale: 1, keep: 1))
    } else {
      let value = nodes[index].value
      let gradient = take(rows: value.rows, columns: value.columns)
      nodes[index].gradient = gradient
      contribute(Contribution(target: gradient, scale: 1, keep: 0))
    }
  }

  fileprivate func value(_ index: Int) -> Matrix { nodes[index].value }

  // MARK: Pool

  private func append(_ node: Node) -> Variable {
    nodes.append(node)
    return Variable(tape: self, index: nodes.count - 1)
  }

  private func take(rows: Int, columns: Int) -> Matrix {
    pool[Shape(rows: rows, columns: columns)]?.popLast() ?? Matrix(rows: rows, columns: columns)
  }

  private func giveBack(_ matrix: Matrix) {
    pool[Shape(rows: matrix.rows, columns: matrix.columns), default: []].append(matrix)
  }
}

/// Where a contribution to a gradient goes: `target ← keep · target + scale · contribution`.
public struct Contribution {
  /// The gradient, or the parameter itself under ``DirectDescent``.
  public let target: Matrix
  /// Factor of the contribution.
  public let scale: Float
  /// Factor of what is there; 0 when the old elements mean nothing.
  public let keep: Float
}

/// A value on a tape.
public struct Variable {
  /// The tape that the value was recorded on.
  public unowned let tape: Tape
  let index: Int

  /// The computed value; valid until the tape is reset.
  public var value: Matrix { tape.value(index) }
  /// Rows of the value.
  public var rows: Int { value.rows }
  /// Columns of the value.
  public var columns: Int { value.columns }
  /// The only element of a (1, 1) value.
  public var scalar: Float { value.elements[0] }

  /// Adds a contribution to this variable's gradient; does nothing where none is wanted.
  public func receive(_ contribute: (Contribution) -> Void) {
    tape.receive(index, contribute)
  }
}
