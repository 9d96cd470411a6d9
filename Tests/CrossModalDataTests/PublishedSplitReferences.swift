import Foundation

/// What `Fixtures/make_published_splits.py` wrote with NumPy.
struct PublishedSplitReferences: Decodable {
  struct Generator: Decodable {
    let seed: UInt32
    let firstWords: [UInt32]
    let lastWords: [UInt32]
    let uniform: [Double]
    let integers: [UInt32]
  }

  struct Permutations: Decodable {
    let seed: UInt32
    let draws: [[Int]]
    let uniformAfter: Double
  }

  struct Split: Decodable {
    let name: String
    let itemCount: Int
    let counts: [Int]
    let queryStarts: [Int]
    let trainingEnds: [Int]
    let retrievalStarts: [Int]
    let retrievalEnds: [Int]
    let digest: String
  }

  struct ScarceClasses: Decodable {
    let query: [Int]
    let training: [Int]
    let trainingUnfilled: [Int]
  }

  let generators: [Generator]
  let permutations: [Permutations]
  let matlabPermutations: [[Int]]
  let splits: [Split]
  let scarceClasses: ScarceClasses

  /// Reads the file.
  static func read() throws -> PublishedSplitReferences {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/published_splits.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Self.self, from: Data(contentsOf: file))
  }

  /// The labels that the script makes up: item i has label j when (i (2j + 3) + j) mod 13 < 2.
  static func madeUpIndicators(itemCount: Int, labelCount: Int) -> [UInt8] {
    var indicators: [UInt8] = []
    indicators.reserveCapacity(itemCount * labelCount)
    for item in 0..<itemCount {
      for label in 0..<labelCount {
        indicators.append((item * (2 * label + 3) + label) % 13 < 2 ? 1 : 0)
      }
    }
    return indicators
  }
}
