import Tensors
import TestSupport
import Testing

@Suite("Gradients of the operations equal central differences")
struct OperationGradientTests {
  private let x = randomParameter("x", rows: 5, columns: 7)
  private let z = randomParameter("z", rows: 5, columns: 7)
  private let weight = randomParameter("weight", rows: 7, columns: 3)
  private let bias = randomParameter("bias", rows: 1, columns: 3)
  private let row = randomParameter("row", rows: 1, columns: 7)

  private func check(
    _ parameters: [Parameter], _ output: (Tape) -> Variable,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = GradientCheck.largestError(of: parameters, output)
    #expect(error < GradientCheck.tolerance, sourceLocation: sourceLocation)
  }

  @Test("of a dense layer") func linear() {
    check([x, weight, bias]) {
      $0.parameter(x).linear($0.parameter(weight), $0.parameter(bias))
    }
  }

  @Test("of a matrix product") func product() {
    check([x, weight]) { $0.parameter(x).multiplied(by: $0.parameter(weight)) }
  }

  @Test("of a product with a transposed matrix") func transposedProduct() {
    check([x, z]) { $0.parameter(x).multiplied(byTransposed: $0.parameter(z)) }
    check([x]) { $0.parameter(x).multiplied(byTransposed: $0.parameter(x)).scaled(by: 0.1) }
  }

  @Test("of an element-wise product, also of a variable with itself") func hadamard() {
    check([x, z]) { $0.parameter(x).times($0.parameter(z)) }
    check([x]) { $0.parameter(x).times($0.parameter(x)) }
  }

  @Test("of softmax") func softmax() { check([x]) { $0.parameter(x).softmax() } }

  @Test("of chosen columns and of joined ones") func columns() {
    check([x]) { $0.parameter(x).columns(2..<5).plus($0.parameter(x).columns(3..<6)) }
    check([x, z]) {
      let (x, z) = ($0.parameter(x), $0.parameter(z))
      return .joiningColumns([x, z.columns(0..<1), x])
    }
  }

  @Test("of ReLU, away from its corner") func relu() {
    // A step of the difference quotient must not cross 0.
    for index in x.value.elements.indices where abs(x.value.elements[index]) < 0.05 {
      x.value.elements[index] = 0.05
    }
    check([x]) { $0.parameter(x).relu() }
  }

  @Test("of tanh") func tanh() { check([x]) { $0.parameter(x).tanh() } }

  @Test("of the logistic function") func sigmoid() { check([x]) { $0.parameter(x).sigmoid() } }

  @Test("of sums and multiples, also where a variable is used twice") func arithmetic() {
    check([x, z]) {
      let sum = $0.parameter(x).plus($0.parameter(z).scaled(by: -0.5))
      return sum.plus($0.parameter(x))
    }
  }

  @Test("of scaled columns") func scaledColumns() {
    check([x, row]) { $0.parameter(x).scalingColumns(by: $0.parameter(row)) }
  }

  @Test("of sums, norms and distances") func reductions() {
    check([x]) { $0.parameter(x).sum().scaled(by: 0.1) }
    check([x]) { $0.parameter(x).columnSums() }
    check([x]) { $0.parameter(x).squaredNorm().scaled(by: 0.01) }
    check([x, z]) { $0.parameter(x).squaredDistance(to: $0.parameter(z)).scaled(by: 0.01) }
  }

  @Test("A variable that nothing depends on has no gradient") func independent() {
    let tape = Tape()
    let other = tape.parameter(z)
    tape.backward(from: tape.parameter(x).squaredNorm())
    #expect(x.hasGradient)
    #expect(!z.hasGradient)
    #expect(other.rows == 5)
  }
}
