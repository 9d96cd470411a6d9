import Tensors

extension Matrix {
  /// Mean absolute element; 0 for an empty matrix.
  var meanMagnitude: Double {
    var total = 0.0
    for element in elements { total += abs(Double(element)) }
    return total / Double(max(elements.count, 1))
  }
}
