import Tensors
import TestSupport
import Testing

@Suite("Reshaping and means of neighbouring rows")
struct ReshapingTests {
  private let x = randomParameter("x", rows: 6, columns: 4)

  @Test("keep the elements in order, or average them")
  func values() {
    let tape = Tape()
    let reshaped = tape.parameter(x).reshaped(rows: 3, columns: 8)
    #expect(reshaped.rows == 3 && reshaped.columns == 8)
    #expect(reshaped.value.values == x.value.values)
    let means = tape.parameter(x).meansOfRows(3)
    #expect(means.rows == 2 && means.columns == 4)
    for column in 0..<4 {
      let mean = (x.value[3, column] + x.value[4, column] + x.value[5, column]) / 3
      // Three roundings of numbers near 1.
      #expect(abs(means.value[1, column] - mean) < 1e-6)
    }
  }

  @Test("have the gradients of their differences, also beside another use")
  func gradients() {
    for error in [
      GradientCheck.largestError(of: [x]) {
        let x = $0.parameter(x)
        return x.reshaped(rows: 3, columns: 8).plus(x.times(x).reshaped(rows: 3, columns: 8))
      },
      GradientCheck.largestError(of: [x]) {
        let x = $0.parameter(x)
        return x.meansOfRows(2).plus(x.times(x).meansOfRows(2))
      },
    ] {
      #expect(error < GradientCheck.tolerance)
    }
  }
}
