import Tensors

/// The first element that is NaN or infinite, in row-major order; nil when all are finite.
func firstNonFinite(in matrix: Matrix) -> (row: Int, column: Int, value: Float)? {
  let elements = matrix.elements
  // Without its sign bit, a pattern at or above that of infinity is no finite number. The greatest
  // pattern is an integer reduction, which vectorises; the search runs only after a find.
  let infinity = Int32(bitPattern: Float.infinity.bitPattern)
  var greatest: Int32 = 0
  for element in elements {
    greatest = max(greatest, Int32(bitPattern: element.bitPattern & 0x7fff_ffff))
  }
  guard greatest >= infinity, let index = elements.firstIndex(where: { !$0.isFinite }) else {
    return nil
  }
  return (index / matrix.columns, index % matrix.columns, elements[index])
}
