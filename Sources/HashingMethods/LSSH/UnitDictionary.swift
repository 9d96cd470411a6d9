import Tensors

/// A dictionary whose atoms have at most length 1.
struct UnitDictionary {
  /// The atoms as rows, shape (atoms, d).
  let atoms: Matrix
  private let products: Matrix
  private let targets: Matrix
  private let productRow: Matrix
  private let image: Matrix

  /// Starts from standard normal numbers, longer than the updates allow [code: `solveLSSH.m`].
  init(atomCount: Int, columns: Int, _ random: RandomStream) {
    var stream = random
    atoms = DoubleMatrix.standardNormal(rows: atomCount, columns: columns, using: &stream).asMatrix
    products = Matrix(rows: atomCount, columns: atomCount)
    targets = Matrix(rows: atomCount, columns: columns)
    productRow = Matrix(rows: 1, columns: atomCount)
    image = Matrix(rows: 1, columns: columns)
  }

  /// Lowers ‖X − S D‖² over the dictionary D, atom by atom, no atom longer than 1.
  ///
  /// With M = Sᵀ S and N = Sᵀ X each atom takes its best value d_j + (N_j − M_j D) / M_jj, shortened
  /// to length 1 (Mairal et al. 2009, algorithm 2). An atom that no code uses stays.
  ///
  /// - Parameters:
  ///   - rows: X, shape (n, d).
  ///   - codes: S, shape (n, atoms).
  ///   - passes: Number of times that every atom has its turn.
  func fit(_ rows: Matrix, codes: Matrix, passes: Int) {
    products.setProduct(codes.transposed, codes.asFactor)
    targets.setProduct(codes.transposed, rows.asFactor)
    for _ in 0..<passes {
      for atom in 0..<atoms.rows where products[atom, atom] > 0 {
        _ = productRow.row(0).update(fromContentsOf: products.row(atom))
        image.setProduct(productRow.asFactor, atoms.asFactor)
        let (target, row) = (targets.row(atom), atoms.row(atom))
        let size = products[atom, atom]
        var squares = 0.0
        for column in row.indices {
          row[column] += (target[column] - image.elements[column]) / size
          squares += Double(row[column]) * Double(row[column])
        }
        guard squares > 1 else { continue }
        let scale = Float(1 / squares.squareRoot())
        for column in row.indices { row[column] *= scale }
      }
    }
  }
}
