import CrossModalData
import HashingMethods
import Retrieval
import Tensors

/// Encodes items block by block with a method's hash functions.
struct ItemEncoder {
  /// Rows of a block: large enough for matrix products to run at full speed, small enough that a
  /// block of 4096 columns stays at 16 MiB.
  static let blockRows = 1024

  let dataset: CrossModalDataset
  /// What the method sees beside one vector an item.
  let extra: ExtraFeatures
  let hashing: TrainedHashing
  let method: String
  let bits: Int

  /// The codes of items from one modality.
  func codes(from modality: Modality, of items: [Int]) throws -> BinaryCodes {
    let function = modality == .image ? hashing.image : hashing.text
    var blocks: [BinaryCodes] = []
    let features = dataset.features(modality, including: extra)
    try features.forEachBlock(of: items, blockRows: Self.blockRows) { rows, range in
      blocks.append(try pack(function(rows), items: items[range], view: modality.rawValue))
    }
    return BinaryCodes(bits: bits, joining: blocks)
  }

  /// The codes of items from both modalities together; nil where the method has none.
  func pairCodes(of items: [Int]) throws -> BinaryCodes? {
    guard let function = hashing.pair else { return nil }
    let imageFeatures = dataset.features(.image, including: extra)
    let textFeatures = dataset.features(.text, including: extra)
    var blocks: [BinaryCodes] = []
    for start in stride(from: 0, to: items.count, by: Self.blockRows) {
      let block = items[start..<min(start + Self.blockRows, items.count)]
      let image = Matrix(rows: block.count, columns: imageFeatures.layout.columns)
      let text = Matrix(rows: block.count, columns: textFeatures.layout.columns)
      try imageFeatures.copyRows(Array(block), into: image)
      try textFeatures.copyRows(Array(block), into: text)
      blocks.append(try pack(function(image, text), items: block, view: "pair"))
    }
    return BinaryCodes(bits: bits, joining: blocks)
  }

  private func pack(
    _ activations: Matrix, items: ArraySlice<Int>, view: String
  ) throws -> BinaryCodes {
    guard activations.rows == items.count, activations.columns == bits else {
      throw TrialProblem.activationShape(
        method: method, view: view, rows: activations.rows, columns: activations.columns,
        expectedRows: items.count, expectedColumns: bits)
    }
    do {
      return try BinaryCodes(count: items.count, bits: bits, activations: activations.elements)
    } catch RetrievalError.activationIsNaN(let row, let bit) {
      throw TrialProblem.undefinedActivation(
        method: method, view: view, item: items[items.startIndex + row], bit: bit)
    }
  }
}
