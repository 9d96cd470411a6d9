import ArrayFiles
import CodeSets
import Retrieval
import Tensors
import TestSupport
import Testing

@Suite("Matrices of codes")
struct CodeMatrixTests {
  /// Around the sizes of a byte and of a word.
  private static let codeLengths = [1, 2, 7, 8, 9, 63, 64, 65, 130]

  /// A code set of random bits with three queries and two items, and the queries' bits.
  private func random(
    bits: Int, _ encode: (Bool) -> Double
  ) -> (arrays: Arrays, queryBits: [[Bool]]) {
    var stream = testStream("codes of \(bits) bits")
    let rows = (0..<5).map { _ in (0..<bits).map { _ in stream.nextUniform() < 0.5 } }
    let values = rows.map { $0.map(encode) }
    var arrays = Arrays(items: [:])
    arrays = arrays.with("q_img", [3, bits], values[..<3].flatMap { $0 })
    arrays = arrays.with("r_img", [2, bits], values[3...].flatMap { $0 })
    arrays = arrays.with("q_l", [3], [0, 1, 2]).with("r_l", [2], [0, 1])
    return (arrays, Array(rows[..<3]))
  }

  /// The bits of some codes one by one.
  private func unpacked(_ codes: BinaryCodes) -> [[Bool]] {
    (0..<codes.count).map { item in
      (0..<codes.bits).map { bit in
        codes.words[item * codes.wordsPerCode + bit / 64] >> UInt64(bit % 64) & 1 == 1
      }
    }
  }

  @Test("hold the same bits as ±1 and as 0/1", arguments: codeLengths)
  func notations(bits: Int) throws {
    for zero in [-1.0, 0] {
      let (arrays, expected) = random(bits: bits) { $0 ? 1 : zero }
      for asBytes in [false, true] where zero == 0 || !asBytes {
        var copy = arrays
        copy.items["q_img"]?.isBytes = asBytes
        let set = try copy.read()
        #expect(unpacked(set.tasks[0].queries) == expected)
        // The bits that fill up the last word are 0, as the evaluator wants them.
        #expect(
          set.tasks[0].queries == BinaryCodes(count: 3, bits: bits, words: packed(expected)))
      }
    }
  }

  /// Words of rows of bits.
  private func packed(_ rows: [[Bool]]) -> [UInt64] {
    rows.flatMap { row in
      stride(from: 0, to: row.count, by: 64).map { start in
        row[start..<min(start + 64, row.count)].enumerated().reduce(UInt64(0)) { word, bit in
          word | (bit.element ? 1 << UInt64(bit.offset) : 0)
        }
      }
    }
  }

  @Test("are read from bytes in either order of bits", arguments: codeLengths)
  func packedBytes(bits: Int) throws {
    let (plain, expected) = random(bits: bits) { $0 ? 1 : 0 }
    for order in CodeSetOptions.BitOrder.allCases {
      var arrays = plain
      for name in ["q_img", "r_img"] {
        guard let item = plain.items[name] else { continue }
        let rows = (0..<item.shape[0]).map { row in
          item.values[(row * bits)..<((row + 1) * bits)].map { $0 == 1 }
        }
        let bytes = rows.flatMap { row in
          stride(from: 0, to: bits, by: 8).map { start in
            row[start..<min(start + 8, bits)].enumerated().reduce(0.0) { byte, bit in
              let place = order == .big ? 7 - bit.offset : bit.offset
              return byte + (bit.element ? Double(1 << place) : 0)
            }
          }
        }
        arrays = arrays.with(name, [item.shape[0], (bits + 7) / 8], bytes, isBytes: true)
      }
      let set = try arrays.read {
        $0.packing = order
        $0.bits = bits
      }
      #expect(set.bits == bits)
      #expect(unpacked(set.tasks[0].queries) == expected)
    }
  }

  @Test("of bytes have all bits of the bytes unless told otherwise")
  func packedLength() throws {
    let arrays = Arrays.sound.with("q_img", [2, 1], [0x80, 1], isBytes: true)
      .with("r_txt", [3, 1], [1, 2, 4], isBytes: true)
    #expect(try arrays.read { $0.packing = .big }.bits == 8)
    #expect(try arrays.read { $0.packing = .big }.tasks[0].queries.words == [1, 0x80])
    #expect(try arrays.read { $0.packing = .little }.tasks[0].queries.words == [0x80, 1])
    let filled = try arrays.refusal {
      $0.packing = .little
      $0.bits = 7
    }
    #expect(
      filled == "F/q_img.npy, dataset q_img: expected zeros in the 1 bits that fill up the last "
        + "byte of 7-bit codes, found a one at row 0, column 0, counted from 0.")
    for bits in [9, 0] {
      let long = try arrays.refusal {
        $0.packing = .big
        $0.bits = bits
      }
      #expect(long.contains("codes of \(bits) bits in "), "\(long)")
    }
    let unused = try Arrays.sound.refusal { $0.packing = .big }
    #expect(unused.contains("expected uint8 codes for --packed big, found float64"), "\(unused)")
  }

  @Test(
    "are refused with the place when their numbers are none",
    arguments: [
      ([0.5, 1, 1, 1], "codes of ±1 or 0/1 (write np.where(x >= 0, 1, -1)), found 0.5 at row 0"),
      ([1, 1, .nan, 1], "codes of ±1 or 0/1, found NaN at row 1, column 0, counted from 0"),
      ([1, 1, 1, .infinity], "found inf at row 1, column 1"),
      ([1, 2, 1, 1], "found 2 at row 0, column 1"),
      ([1, -1, 0, 0], "found 0 among ±1 in 2 of 4 places, first at row 1, column 0"),
    ])
  func refusedValues(values: [Double], sentence: String) throws {
    let refusal = try Arrays.sound.with("q_img", [2, 2], values).refusal()
    #expect(refusal.hasPrefix("F/q_img.npy, dataset q_img: expected codes of ±1"), "\(refusal)")
    #expect(refusal.contains(sentence), "\(refusal)")
  }

  @Test("of bytes beyond 1 are refused with the option that may be meant")
  func refusedBytes() throws {
    let refusal = try Arrays.sound.with("q_img", [2, 2], [1, 0, 173, 0], isBytes: true).refusal()
    #expect(refusal.contains("--packed big or --packed little"), "\(refusal)")
    #expect(refusal.contains("found 173 at row 1, column 0"), "\(refusal)")
  }

  @Test(
    "are refused when they are empty or no matrix", arguments: [[0, 2], [2, 0], [4], [1, 2, 2]])
  func refusedShapes(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let ones = [Double](repeating: 1, count: count)
    let refusal = try Arrays.sound.with("q_img", shape, ones).refusal()
    #expect(refusal.contains("one row an item and at least one"), "\(refusal)")
    #expect(refusal.contains(shape.map { "\($0)" }.joined(separator: " × ")), "\(refusal)")
  }
}
