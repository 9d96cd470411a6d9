/// The generator MT19937 behind the splits of published code: NumPy's `RandomState` and MATLAB's
/// default stream.
///
/// Only for drawing splits that others have drawn; our own randomness comes from `RandomStream`.
/// Source: Matsumoto & Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), in the version of 2002
/// with `init_genrand` and `genrand_res53`.
package struct MersenneTwister: Sendable {
  /// The seed of a MATLAB session in which nobody has touched the generator; `rng(0)` is the same.
  package static let matlabDefaultSeed: UInt32 = 5489

  private static let size = 624
  private static let offset = 397

  private var state: [UInt32]
  /// Words of `state` that are used up.
  private var position = MersenneTwister.size

  /// Seeds with one number, as `numpy.random.seed(seed)` and MATLAB's `rng(seed)` do.
  package init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(Self.size)
    for index in 1..<UInt32(Self.size) {
      let last = state[state.count - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ index)
    }
  }

  /// Draws 32 random bits.
  package mutating func nextWord() -> UInt32 {
    if position == Self.size { renew() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// Draws a number from 0 ..< 1 with 53 random bits, two words a number: `numpy.random.rand` and
  /// MATLAB's `rand`.
  package mutating func nextUniform() -> Double {
    let high = nextWord() >> 5
    let low = nextWord() >> 6
    return (Double(high) * 0x1p26 + Double(low)) * 0x1p-53
  }

  /// Draws an integer up to and including `bound`, as NumPy's `random_interval` does.
  ///
  /// A word is masked to the bits of `bound` and drawn again while it is too large.
  package mutating func nextInteger(through bound: UInt32) -> UInt32 {
    guard bound > 0 else { return 0 }
    let mask = UInt32.max >> UInt32(bound.leadingZeroBitCount)
    var value = nextWord() & mask
    while value > bound { value = nextWord() & mask }
    return value
  }

  private mutating func renew() {
    for index in 0..<Self.size {
      let next = state[(index + 1) % Self.size]
      let word = (state[index] & 0x8000_0000) | (next & 0x7fff_ffff)
      let twist: UInt32 = word & 1 == 0 ? 0 : 0x9908_b0df
      state[index] = state[(index + Self.offset) % Self.size] ^ (word >> 1) ^ twist
    }
    position = 0
  }
}

extension MersenneTwister {
  /// Draws a permutation of 0 ..< `count` as NumPy's `RandomState.permutation` does: Fisher and
  /// Yates' shuffle from the last place down.
  ///
  /// - Precondition: `count` fits into 32 bits.
  package mutating func numPyPermutation(_ count: Int) -> [Int] {
    precondition(count <= Int(UInt32.max), "\(count) items to permute, at most \(UInt32.max)")
    var items = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      items.swapAt(place, Int(nextInteger(through: UInt32(place))))
    }
    return items
  }

  /// Draws a permutation of 0 ..< `count` as MATLAB's `randperm(count)` does, less 1: the order that
  /// sorts `count` uniform numbers; equal ones, which hardly occur, keep their order.
  package mutating func matlabPermutation(_ count: Int) -> [Int] {
    var keys: [Double] = []
    keys.reserveCapacity(count)
    for _ in 0..<count { keys.append(nextUniform()) }
    return (0..<count).sorted { (keys[$0], $0) < (keys[$1], $1) }
  }
}
