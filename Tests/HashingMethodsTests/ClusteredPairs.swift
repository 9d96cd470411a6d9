import HashingMethods
import Retrieval
import Tensors
import TestSupport

/// Training data with a cluster for each of a few labels, easy enough for every supervised method.
///
/// An item's picture and text are the centres of its label plus noise, so both modalities tell the
/// label; item i has label i mod `labelCount`.
func clusteredPairs(
  count: Int, labelCount: Int = 4, imageColumns: Int = 12, textColumns: Int = 10,
  noise: Double = 0.3, scale: Float = 1, stream: String = "clustered pairs"
) -> TrainingData {
  // The centres are those of the name's root, so that several draws share them.
  var centreStream = testStream("centres")
  let imageCentres = randomMatrix(
    rows: labelCount, columns: imageColumns, using: &centreStream)
  let textCentres = randomMatrix(rows: labelCount, columns: textColumns, using: &centreStream)
  var random = testStream(stream)
  func items(around centres: Matrix) -> Matrix {
    let items = randomMatrix(
      rows: count, columns: centres.columns, deviation: noise, using: &random)
    for row in 0..<count {
      for column in 0..<centres.columns {
        items[row, column] = scale * (items[row, column] + centres[row % labelCount, column])
      }
    }
    return items
  }
  var indicators = [UInt8](repeating: 0, count: count * labelCount)
  for row in 0..<count { indicators[row * labelCount + row % labelCount] = 1 }
  return TrainingData(
    image: items(around: imageCentres), text: items(around: textCentres),
    labels: LabelSets(count: count, labelCount: labelCount, indicators: indicators))
}

/// Expected mAP@all of texts found by pictures, among the items of `data`.
func imageToTextPrecision(
  _ trained: TrainedHashing, _ data: TrainingData, bits: Int
) throws -> Double {
  let image = try BinaryCodes(
    count: data.count, bits: bits, activations: trained.image(data.image).values)
  let text = try BinaryCodes(
    count: data.count, bits: bits, activations: trained.text(data.text).values)
  return try evaluate(
    queries: image, queryLabels: data.labels, retrieval: text, retrievalLabels: data.labels,
    measures: MeasureSpecification()
  ).meanAveragePrecision.expected
}
