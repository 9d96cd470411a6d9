import DataImport
import TestSupport
import Testing

@Suite("Bag of words")
struct BagOfWordsTests {
  private let texts = [
    "A cat, a dog!", "The dog's DOG", "cat-fish 3", "", "fish and chips and fish",
  ]

  @Test("ranks words by the number of texts that hold them, then by the alphabet")
  func ranks() {
    let bag = BagOfWords(texts)
    #expect(bag.words == ["cat", "dog", "fish", "3", "a", "and", "chips", "s", "the"])
    #expect(bag.textWords == [[0, 1, 4], [1, 7, 8], [0, 2, 3], [], [2, 5, 6]])
  }

  @Test("drops rare words, words of the stop list, and what is beyond the size asked for")
  func options() {
    #expect(BagOfWords(texts, .init(leastTextCount: 2)).words == ["cat", "dog", "fish"])
    #expect(BagOfWords(texts, .init(wordCount: 2)).words == ["cat", "dog"])
    let words = BagOfWords(texts, .init(stopWords: BagOfWords.englishStopWords)).words
    #expect(words == ["cat", "dog", "fish", "3", "chips"])
  }

  @Test("holds each text's words as a plain count of texts tells", arguments: 0..<5)
  func property(round: Int) {
    var random = testStream("bag of words \(round)")
    let letters = Array("abcdefgh")
    let texts = (0..<40).map { _ in
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        String(letters[Int.random(in: 0..<letters.count, using: &random)])
      }.joined(separator: " ")
    }
    let bag = BagOfWords(texts)
    for (place, word) in bag.words.enumerated() {
      let holders = texts.indices.filter { texts[$0].contains(word) }
      #expect(holders == texts.indices.filter { bag.textWords[$0].contains(Int32(place)) })
    }
    #expect(Set(bag.words) == Set(texts.joined().filter(\.isLetter).map(String.init)))
  }
}
