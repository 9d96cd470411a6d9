import Tensors
import TestSupport
import Testing

@Suite("Matrices")
struct MatrixTests {
  @Test("Storage is aligned to a cache line", arguments: [1, 3, 17, 1000])
  func alignment(_ columns: Int) throws {
    let matrix = Matrix(rows: 2, columns: columns)
    let address = try #require(matrix.elements.baseAddress)
    #expect(UInt(bitPattern: address) % 64 == 0)
    #expect(matrix.elements.allSatisfy { $0 == 0 })
  }

  @Test("Products agree with the definition, transposed or not, scaled and added")
  func products() {
    var random = testStream("products")
    let a = randomMatrix(rows: 4, columns: 6, using: &random)
    let b = randomMatrix(rows: 6, columns: 5, using: &random)
    let old = randomMatrix(rows: 4, columns: 5, using: &random)
    func transposed(_ m: Matrix) -> Matrix {
      let t = Matrix(rows: m.columns, columns: m.rows)
      for i in 0..<m.rows { for j in 0..<m.columns { t[j, i] = m[i, j] } }
      return t
    }
    for (left, right) in [
      (a.asFactor, b.asFactor), (transposed(a).transposed, b.asFactor),
      (a.asFactor, transposed(b).transposed),
    ] {
      let c = old.copy()
      c.setProduct(left, right, scale: 2, keep: -1)
      for i in 0..<4 {
        for j in 0..<5 {
          let sum = (0..<6).reduce(0.0) { $0 + Double(a[i, $1]) * Double(b[$1, j]) }
          // Six float32 products: rounding stays below 1e-5.
          #expect(abs(Double(c[i, j]) - (2 * sum - Double(old[i, j]))) < 1e-5)
        }
      }
    }
  }

  @Test("Gathered rows scatter back to where they were")
  func rows() {
    var random = testStream("rows")
    let source = randomMatrix(rows: 9, columns: 3, using: &random)
    let part = Matrix(rows: 4, columns: 3)
    let rows = [7, 0, 8, 3]
    part.gatherRows(rows, of: source)
    #expect(part[0, 2] == source[7, 2])
    let target = Matrix(rows: 9, columns: 3)
    part.scatterRows(to: target, at: rows)
    for row in 0..<9 {
      for column in 0..<3 {
        #expect(target[row, column] == (rows.contains(row) ? source[row, column] : 0))
      }
    }
  }

  @Test("An infinity or NaN anywhere makes a matrix not finite")
  func finiteness() {
    let matrix = Matrix(rows: 3, columns: 3)
    #expect(matrix.isFinite)
    for bad in [Float.nan, .infinity, -.infinity] {
      matrix[1, 2] = bad
      #expect(!matrix.isFinite)
    }
  }
}
