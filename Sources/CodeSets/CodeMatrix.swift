import ArrayFiles
import Retrieval

/// A matrix of codes as its values show it to be: ±1, 0/1, or packed bytes where told so.
struct CodeMatrix {
  let source: NumericArray
  let codes: BinaryCodes
  /// How the numbers were read.
  let reading: String

  /// Advice for real values and for the 0 of `sign`.
  private static let advice = "write np.where(x >= 0, 1, -1)"

  /// Reads codes, one row an item.
  ///
  /// - Throws: ``DatasetError`` when the numbers are no codes; nothing is guessed.
  init(_ array: NumericArray, options: CodeSetOptions) throws(DatasetError) {
    source = array
    guard array.shape.count == 2, array.shape.allSatisfy({ $0 > 0 }) else {
      throw array.error(
        expected: "a matrix of codes, one row an item and at least one",
        found: array.shape.count == 2 ? "shape \(array.shapeText)" : array.shapeWords)
    }
    if let order = options.packing, array.elementName == "uint8" {
      codes = try PackedBytes(array, order: order, bits: options.bits).codes()
      reading = "packed, \(order.rawValue)"
      return
    }
    reading = try Self.reading(of: array)
    codes = BinaryCodes(
      count: array.shape[0], bits: array.shape[1],
      words: array.packedRows(columns: array.shape[1]))
  }

  private static func reading(of array: NumericArray) throws(DatasetError) -> String {
    let tally = array.tally()
    if let place = tally.firstOther {
      let expected =
        if array[place].isNaN {
          "codes of ±1 or 0/1"
        } else if array.elementName == "uint8", array.distinctBytes > 2 {
          "codes of 0/1, or --packed big or --packed little for eight bits a byte"
        } else {
          "codes of ±1 or 0/1 (\(advice))"
        }
      throw array.error(
        expected: expected, found: "\(array.text(place)) at \(array.words(place))")
    }
    guard tally.minusOnes > 0 else { return "0/1" }
    if let place = tally.firstZero {
      throw array.error(
        expected: "codes of ±1 (sign(0) gives 0; \(advice))",
        found: "0 among ±1 in \(tally.zeros) of \(array.count) places, first at "
          + array.words(place))
    }
    return "±1"
  }
}

extension NumericArray {
  /// Number of distinct bytes; packed codes have many, ±1 or truth values stored as bytes have two.
  fileprivate var distinctBytes: Int {
    if case .bytes(let bytes) = values { Set(bytes).count } else { 0 }
  }

  /// How often −1, 0 and 1 occur, up to the first number that is none of them.
  struct Tally {
    var minusOnes = 0
    var zeros = 0
    var firstMinusOne: Int?
    var firstZero: Int?
    /// Where the first other number stands, NaN among them.
    var firstOther: Int?
  }

  func tally() -> Tally {
    switch values {
    case .bytes(let bytes): Self.tally(bytes, minusOne: nil)
    case .signedBytes(let bytes): Self.tally(bytes, minusOne: -1)
    case .integers(let integers): Self.tally(integers, minusOne: -1)
    case .floats(let floats): Self.tally(floats, minusOne: -1)
    case .doubles(let doubles): Self.tally(doubles, minusOne: -1)
    }
  }

  private static func tally<Number: Numeric>(_ values: [Number], minusOne: Number?) -> Tally {
    var tally = Tally()
    for (place, value) in values.enumerated() where value != 1 {
      if value == 0 {
        tally.zeros += 1
        if tally.firstZero == nil { tally.firstZero = place }
      } else if value == minusOne {
        tally.minusOnes += 1
        if tally.firstMinusOne == nil { tally.firstMinusOne = place }
      } else {
        tally.firstOther = place
        return tally
      }
    }
    return tally
  }

  /// Words of 64 bits, row after row: a bit is 1 where the number is 1.
  func packedRows(columns: Int) -> [UInt64] {
    switch values {
    case .bytes(let bytes): Self.packed(bytes, columns: columns)
    case .signedBytes(let bytes): Self.packed(bytes, columns: columns)
    case .integers(let integers): Self.packed(integers, columns: columns)
    case .floats(let floats): Self.packed(floats, columns: columns)
    case .doubles(let doubles): Self.packed(doubles, columns: columns)
    }
  }

  private static func packed<Number: Numeric>(_ values: [Number], columns: Int) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(values.count / columns * ((columns + 63) / 64))
    for row in stride(from: 0, to: values.count, by: columns) {
      for start in stride(from: row, to: row + columns, by: 64) {
        var word: UInt64 = 0
        for place in start..<min(start + 64, row + columns) where values[place] == 1 {
          word |= 1 << UInt64(truncatingIfNeeded: place - start)
        }
        words.append(word)
      }
    }
    return words
  }

  /// Where a number of a matrix or a vector stands, counted as NumPy does.
  func words(_ place: Int) -> String {
    guard shape.count == 2 else { return "position \(place), counted from 0" }
    return "row \(place / shape[1]), column \(place % shape[1]), counted from 0"
  }

  /// A number as messages print it.
  func text(_ place: Int) -> String {
    let value = self[place]
    return value.isNaN ? "NaN" : Int(exactly: value).map(String.init) ?? "\(value)"
  }

  /// The shape in words that fit after "found", for arrays that are no matrix.
  var shapeWords: String {
    shape.isEmpty ? "a single value" : "shape \(shapeText), \(shape.count) dimensions"
  }
}
