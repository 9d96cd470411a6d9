import Foundation
import Testing

@testable import HashingMethods

@Suite("Bounds on the distance between codewords")
struct CodeDistanceBoundsTests {
  /// Rows of the table: M, then least, Plotkin and Hamming at 16, 32, 64 and 128 bits.
  ///
  /// Made with Python's whole numbers from the three inequalities, apart from this program.
  static let table: [(wordCount: Int, cells: [[Int]])] = [
    (10, [[6, 8, 10], [13, 17, 24], [27, 35, 54], [57, 71, 114]]),
    (21, [[5, 8, 10], [11, 16, 22], [25, 33, 50], [55, 67, 110]]),
    (24, [[5, 8, 10], [11, 16, 22], [25, 33, 50], [54, 66, 108]]),
    (80, [[4, 8, 8], [10, 16, 20], [23, 32, 46], [51, 64, 102]]),
    (500, [[2, 8, 4], [8, 16, 16], [21, 32, 42], [48, 64, 96]]),
    (10_000, [[1, 8, 2], [6, 16, 12], [17, 32, 34], [43, 64, 86]]),
  ]

  @Test("equal the table of the guide", arguments: Array(0..<24))
  func table(index: Int) {
    let row = Self.table[index / 4]
    let bits = [16, 32, 64, 128][index % 4]
    let bounds = CodeDistanceBounds(bits: bits, wordCount: row.wordCount)
    #expect(
      [bounds.gilbertVarshamov, bounds.plotkin, bounds.hamming] == row.cells[index % 4],
      "M = \(row.wordCount), K = \(bits)")
    #expect(bounds.least == row.cells[index % 4][0])
    #expect(bounds.greatest == min(row.cells[index % 4][1], row.cells[index % 4][2]))
  }

  @Test("hold with equality for perfect codes and for the simplex code")
  func equality() {
    // Hamming code (7, 4) and Golay code (23, 12): M V(K, t) is 2^K exactly, δ = 2t + 1. The even
    // δ above it asks for the same balls.
    #expect(CodeDistanceBounds(bits: 7, wordCount: 16).hamming == 4)
    #expect(CodeDistanceBounds(bits: 7, wordCount: 17).hamming == 2)
    #expect(CodeDistanceBounds(bits: 23, wordCount: 4096).hamming == 8)
    #expect(CodeDistanceBounds(bits: 23, wordCount: 4097).hamming == 6)
    // 2^m words of 2^m − 1 bits, all 2^(m−1) apart.
    #expect(CodeDistanceBounds(bits: 15, wordCount: 16).plotkin == 8)
    #expect(CodeDistanceBounds(bits: 15, wordCount: 17).plotkin == 7)
    // Two words can be opposite.
    #expect(CodeDistanceBounds(bits: 5, wordCount: 2).greatest == 5)
  }

  @Test("are 0 where there are more words than codes")
  func tooManyWords() {
    let full = CodeDistanceBounds(bits: 4, wordCount: 16)
    #expect(full.least == 1 && full.hamming == 2)
    let tooMany = CodeDistanceBounds(bits: 4, wordCount: 17)
    #expect(tooMany.least == 0 && tooMany.greatest == 0)
  }

  @Test(
    "contain the best distance of any code, found by trying all codes",
    arguments: [1, 2, 3, 4], [2, 3, 4, 5])
  func bruteForce(bits: Int, wordCount: Int) {
    let bounds = CodeDistanceBounds(bits: bits, wordCount: wordCount)
    /// The greatest least distance of `count` further words above `words`.
    func best(_ words: [Int], _ least: Int) -> Int {
      if words.count == wordCount { return least }
      let start = (words.last ?? -1) + 1
      guard start < 1 << bits else { return 0 }
      return (start..<(1 << bits)).map { word in
        best(words + [word], words.reduce(least) { min($0, ($1 ^ word).nonzeroBitCount) })
      }.max() ?? 0
    }
    let attained = best([], bits)
    #expect(bounds.least <= attained && attained <= bounds.greatest)
  }

  @Test(
    "hold at the distance found and no longer at the next one, by logarithms",
    arguments: [63, 64, 65, 1000, 4096], [2, 39, 1_000_000])
  func manyBits(bits: Int, wordCount: Int) {
    /// log₂ V(K, r) from the logarithm of the gamma function.
    func logarithmOfBall(_ radius: Int) -> Double {
      let logarithms: [Double] = (0...radius).map { i in
        let factorials = lgamma(Double(i + 1)) + lgamma(Double(bits - i + 1))
        return (lgamma(Double(bits + 1)) - factorials) / log(2)
      }
      let largest = logarithms.max() ?? 0
      return largest + log2(logarithms.reduce(0) { $0 + exp2($1 - largest) })
    }
    let bounds = CodeDistanceBounds(bits: bits, wordCount: wordCount)
    // Neighbouring balls differ by far more than the 10⁻⁹ that lgamma may be off at 4096 bits; the
    // slack lets equality through: two words of odd length meet Hamming's bound exactly.
    let slack = 1e-9
    func promised(_ δ: Int) -> Double { log2(Double(wordCount - 1)) + logarithmOfBall(δ - 1) }
    func admitted(_ δ: Int) -> Double { log2(Double(wordCount)) + logarithmOfBall((δ - 1) / 2) }
    #expect(promised(bounds.gilbertVarshamov) < Double(bits) + slack)
    #expect(promised(bounds.gilbertVarshamov + 1) > Double(bits) - slack)
    #expect(admitted(bounds.hamming) < Double(bits) + slack)
    #expect(bounds.hamming == bits || admitted(bounds.hamming + 1) > Double(bits) - slack)
  }

  @Test("give a distance at every position, inside and outside the range")
  func positions() {
    let bounds = CodeDistanceBounds(bits: 32, wordCount: 24)
    #expect(bounds.distance(at: 0) == 11 && bounds.distance(at: 1) == 16)
    #expect(bounds.distance(at: 0.5) == 13.5)
    #expect(bounds.distance(at: -1) == 6 && bounds.distance(at: 2) == 21)
  }
}
