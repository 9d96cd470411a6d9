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
    return try codes(of: items, from: [modality], view: modality.rawValue) { function($0[0]) }
  }

  /// The codes of items from both modalities together; nil where the method has none.
  func pairCodes(of items: [Int]) throws -> BinaryCodes? {
    guard let function = hashing.pair else { return nil }
    return try codes(of: items, from: [.image, .text], view: "pair") { function($0[0], $0[1]) }
  }

  private func codes(
    of items: [Int], from modalities: [Modality], view: String,
    activations: ([Matrix]) -> Matrix
  ) throws -> BinaryCodes {
    let features = modalities.map { dataset.features($0, including: extra) }
    var blocks: [BinaryCodes] = []
    // Where each item's code stands in the blocks, which come in the order of the file.
    var places = [Int](repeating: 0, count: items.count)
    var codeCount = 0
    try FeaturePass(over: items, of: features, blockRows: Self.blockRows).run { rows, positions in
      blocks.append(try pack(activations(rows), items: positions.map { items[$0] }, view: view))
      for position in positions {
        places[position] = codeCount
        codeCount += 1
      }
    }
    return BinaryCodes(bits: bits, joining: blocks).selecting(places)
  }

  private func pack(
    _ activations: Matrix, items: [Int], view: String
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
        method: method, view: view, item: items[row], bit: bit)
    }
  }
}
