import COpenBLAS
import Synchronization

/// Matrix products through OpenBLAS, and what is known about it.
public enum BLAS {
  /// Sets the number of threads of every later product; 1 inside a trial.
  public static func configure(threads: Int) {
    openblas_set_num_threads(Int32(threads))
  }

  /// Number of threads in use.
  public static var threads: Int { Int(openblas_get_num_threads()) }

  /// Name of the kernel set that OpenBLAS chose, such as `SkylakeX`; results depend on it bit by bit.
  public static var coreName: String { String(cString: openblas_get_corename()) }

  /// Version and build options of the library.
  public static var configuration: String { String(cString: openblas_get_config()) }

  // MARK: How much of the time is spent in products

  private static let nanoseconds = Atomic<UInt64>(0)
  private static let operations = Atomic<UInt64>(0)

  /// Wall-clock seconds that this process has spent inside products.
  public static var secondsInProducts: Double {
    Double(nanoseconds.load(ordering: .relaxed)) * 1e-9
  }

  /// Floating-point operations that this process has done in products, 2 · m · n · k each.
  public static var operationsInProducts: Double { Double(operations.load(ordering: .relaxed)) }

  static func account(_ elapsed: Duration, _ count: Int) {
    let (seconds, attoseconds) = elapsed.components
    nanoseconds.add(
      UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000), ordering: .relaxed)
    operations.add(UInt64(count), ordering: .relaxed)
  }
}

/// A matrix as a product reads it: as stored, or with rows and columns exchanged.
public struct Factor {
  let matrix: Matrix
  let isTransposed: Bool

  /// Rows as the product sees them.
  public var rows: Int { isTransposed ? matrix.columns : matrix.rows }
  /// Columns as the product sees them.
  public var columns: Int { isTransposed ? matrix.rows : matrix.columns }
}

extension Matrix {
  /// The matrix as a factor of a product.
  public var asFactor: Factor { Factor(matrix: self, isTransposed: false) }
  /// The transposed matrix as a factor of a product; nothing is moved.
  public var transposed: Factor { Factor(matrix: self, isTransposed: true) }

  /// Sets the matrix to `scale · left · right + keep · self` (BLAS `sgemm`).
  ///
  /// With `keep == 0` the old elements are not read.
  ///
  /// - Parameters:
  ///   - left: Shape (rows, k).
  ///   - right: Shape (k, columns).
  ///   - scale: Factor of the product.
  ///   - keep: Factor of the old elements.
  public func setProduct(_ left: Factor, _ right: Factor, scale: Float = 1, keep: Float = 0) {
    precondition(
      left.rows == rows && right.columns == columns && left.columns == right.rows,
      "product (\(left.rows), \(left.columns)) · (\(right.rows), \(right.columns)) "
        + "does not have shape (\(rows), \(columns))")
    let start = ContinuousClock.now
    cblas_sgemm(
      CblasRowMajor,
      left.isTransposed ? CblasTrans : CblasNoTrans,
      right.isTransposed ? CblasTrans : CblasNoTrans,
      blasint(rows), blasint(columns), blasint(left.columns),
      scale, left.matrix.elements.baseAddress, blasint(left.matrix.columns),
      right.matrix.elements.baseAddress, blasint(right.matrix.columns),
      keep, elements.baseAddress, blasint(columns))
    BLAS.account(ContinuousClock.now - start, 2 * rows * columns * left.columns)
  }
}
