/// A seeded generator that gives birth to named sub-streams.
///
/// A sub-stream depends on the seed and on the names that lead to it, never on how many numbers
/// were drawn before. Adding a draw in one place therefore moves nothing elsewhere.
///
/// The generator is SplitMix64 (Steele, Lea & Flood 2014): 64 bits of state, one multiplication
/// chain a number, equidistributed over 2⁶⁴ outputs; ample for initial weights and shuffles.
public struct RandomStream: RandomNumberGenerator, Sendable {
  /// Identifies the stream; sub-streams are derived from it, not from the moving state.
  private let root: UInt64
  private var state: UInt64

  /// Creates the root stream of a seed.
  public init(seed: UInt64) {
    root = Self.mix(seed &+ 0x9e37_79b9_7f4a_7c15)
    state = root
  }

  /// Returns the sub-stream of this name; equal names give equal streams.
  public func stream(_ name: String) -> RandomStream {
    // FNV-1a over the name, folded into the root and mixed.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return RandomStream(seed: root ^ Self.mix(hash))
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mix(state)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension RandomNumberGenerator {
  /// Draws a number uniformly from 0 ..< 1 with 53 random bits.
  public mutating func nextUniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Draws a standard normal number (Box–Muller, one of the pair).
  public mutating func nextNormal() -> Double {
    // 1 − u lies in 0 < … ≤ 1, so the logarithm is finite.
    let radius = (-2 * logarithm(1 - nextUniform())).squareRoot()
    return radius * cosine(2 * .pi * nextUniform())
  }

  /// Draws `count` distinct numbers of 0 ..< `bound` in random order (partial Fisher–Yates).
  ///
  /// - Precondition: `count <= bound`.
  public mutating func nextDistinct(_ count: Int, below bound: Int) -> [Int] {
    precondition(count <= bound, "cannot draw \(count) distinct numbers below \(bound)")
    var values = Array(0..<bound)
    for position in 0..<count {
      values.swapAt(position, Int.random(in: position..<bound, using: &self))
    }
    return Array(values.prefix(count))
  }
}
