import Tensors
import TestSupport
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test("The generator is SplitMix64 from a mixed seed")
  func reference() {
    // Made with a plain Python transcription of Steele, Lea & Flood (2014), figure 16:
    // state = mix(seed + gamma); then state += gamma; mix(state).
    func mix(_ value: UInt64) -> UInt64 {
      var z = value
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    let gamma: UInt64 = 0x9e37_79b9_7f4a_7c15
    var state = mix(7 &+ gamma)
    var stream = RandomStream(seed: 7)
    for _ in 0..<5 {
      state &+= gamma
      #expect(stream.next() == mix(state))
    }
  }

  @Test("A sub-stream depends on names and seed, not on draws before it")
  func substreams() {
    var stream = RandomStream(seed: 1)
    var before = stream.stream("weights")
    _ = stream.next()
    var after = stream.stream("weights")
    var other = stream.stream("batches")
    var otherSeed = RandomStream(seed: 2).stream("weights")
    let first = before.next()
    #expect(first == after.next())
    #expect(first != other.next())
    #expect(first != otherSeed.next())
  }

  @Test("Normal numbers have mean 0 and variance 1")
  func normal() {
    var stream = testStream("normal")
    let count = 20_000
    let numbers = (0..<count).map { _ in stream.nextNormal() }
    let mean = numbers.reduce(0, +) / Double(count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    // Standard errors are 0.007 and 0.01; four of them.
    #expect(abs(mean) < 0.03)
    #expect(abs(variance - 1) < 0.04)
  }

  @Test("Distinct draws are distinct, in range, and hit every place alike")
  func distinct() {
    var stream = testStream("distinct")
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<3000 {
      let draw = stream.nextDistinct(4, below: 10)
      #expect(Set(draw).count == 4)
      for value in draw { counts[value] += 1 }
    }
    // 1,200 expected, standard deviation 27.
    #expect(counts.allSatisfy { abs($0 - 1200) < 110 })
  }
}
