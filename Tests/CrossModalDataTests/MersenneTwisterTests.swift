import CrossModalData
import Testing

@Suite("The Mersenne Twister")
struct MersenneTwisterTests {
  private let references: PublishedSplitReferences

  init() throws {
    references = try .read()
  }

  // Reference: RandomState of NumPy 2.4.6; see Fixtures/make_published_splits.py.
  @Test("gives NumPy's words, also after its state was renewed")
  func words() {
    #expect(references.generators.map(\.seed) == [0, 1, 6, 5489, .max])
    for reference in references.generators {
      var twister = MersenneTwister(seed: reference.seed)
      let words = (0..<1300).map { _ in twister.nextWord() }
      #expect(Array(words.prefix(8)) == reference.firstWords)
      #expect(Array(words.suffix(8)) == reference.lastWords)
    }
  }

  // Reference: the authors' mt19937ar.c seeds with 5489 by default; its 10,000th word is the one that
  // the C++ standard demands of std::mt19937 (ISO C++, [rand.predef]).
  @Test("gives the word that the C++ standard names")
  func standard() {
    var twister = MersenneTwister(seed: MersenneTwister.matlabDefaultSeed)
    for _ in 1..<10_000 { _ = twister.nextWord() }
    #expect(twister.nextWord() == 4_123_659_995)
  }

  @Test("gives NumPy's uniform numbers to the last bit")
  func uniform() {
    for reference in references.generators {
      var twister = MersenneTwister(seed: reference.seed)
      let numbers = reference.uniform.map { _ in twister.nextUniform() }
      #expect(numbers == reference.uniform)
    }
  }

  @Test("gives NumPy's bounded integers")
  func integers() {
    let bounds: [UInt32] = [1, 6, 127, 128, 99_999]
    for reference in references.generators {
      let drawn = bounds.map { bound in
        var twister = MersenneTwister(seed: reference.seed)
        return twister.nextInteger(through: bound)
      }
      #expect(drawn == reference.integers)
    }
  }

  @Test("draws no word for an integer that can only be 0, and any for one without a bound")
  func extremes() {
    var twister = MersenneTwister(seed: 3)
    var untouched = twister
    let zero = twister.nextInteger(through: 0)
    #expect(zero == 0)
    let whole = twister.nextInteger(through: .max)
    let word = untouched.nextWord()
    #expect(whole == word)
  }

  @Test("gives NumPy's permutations one after the other")
  func permutations() {
    for reference in references.permutations {
      var twister = MersenneTwister(seed: reference.seed)
      for draw in reference.draws {
        let permutation = twister.numPyPermutation(draw.count)
        #expect(permutation == draw)
      }
      let next = twister.nextUniform()
      #expect(next == reference.uniformAfter)
    }
  }

  // Reference: the order of NumPy's uniform numbers of seed 5489; the one of 6 items also stands in
  // MathWorks' manual, RandStream's randperm: RandStream('mt19937ar','Seed',0), randperm(s,6).
  @Test("gives the permutations of a fresh MATLAB session")
  func matlab() {
    for reference in references.matlabPermutations {
      var twister = MersenneTwister(seed: MersenneTwister.matlabDefaultSeed)
      let permutation = twister.matlabPermutation(reference.count)
      #expect(permutation.map { $0 + 1 } == reference)
    }
    var twister = MersenneTwister(seed: MersenneTwister.matlabDefaultSeed)
    let manual = twister.matlabPermutation(6)
    #expect(manual.map { $0 + 1 } == [6, 3, 5, 1, 2, 4])
  }

  @Test("permutes every item, whatever the seed")
  func property() {
    for seed in UInt32(0)..<20 {
      var twister = MersenneTwister(seed: seed &* 0x9e37_79b9)
      for count in [0, 1, 2, 31, 32, 33, 623, 625] {
        let numPy = twister.numPyPermutation(count)
        let matlab = twister.matlabPermutation(count)
        #expect(numPy.sorted() == Array(0..<count))
        #expect(matlab.sorted() == Array(0..<count))
      }
    }
  }
}
