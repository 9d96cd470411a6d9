import CrossModalData
import Retrieval
import Tensors

@testable import HashingMethods

/// Twelve pairs whose numbers a formula gives exactly, for values made with NumPy from the same.
///
/// In Python, with i the row and j the column from 0: picture (12, 3) `((7*i+3*j*j+5*i*j)%11)/4`,
/// text (12, 2) `((5*i+2*j+i*i*(j+1))%13)/4`, label c of 3 where `i%3==c or i%5==c`.
func exampleData() -> TrainingData {
  let image = Matrix(rows: 12, columns: 3)
  let text = Matrix(rows: 12, columns: 2)
  var labels: [UInt8] = []
  for i in 0..<12 {
    for j in 0..<3 { image[i, j] = Float((7 * i + 3 * j * j + 5 * i * j) % 11) / 4 }
    for j in 0..<2 { text[i, j] = Float((5 * i + 2 * j + i * i * (j + 1)) % 13) / 4 }
    for c in 0..<3 { labels.append(i % 3 == c || i % 5 == c ? 1 : 0) }
  }
  return TrainingData(
    image: image, text: text, labels: LabelSets(count: 12, labelCount: 3, indicators: labels))
}

/// Centred features of ``exampleData()``.
func exampleFeatures() throws -> (image: CentredFeatures, text: CentredFeatures) {
  try exampleData().centred(image: .centred, text: .centred, method: "A test")
}
