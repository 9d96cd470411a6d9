/// A bag of words over texts: which words count, and which text holds them.
package struct BagOfWords: Sendable, Hashable {
  /// Which words count.
  package struct Options: Sendable, Hashable {
    /// The greatest number of words; nil for all.
    package var wordCount: Int?
    /// The least number of texts that hold a word.
    package var leastTextCount: Int
    /// Words that never count.
    package var stopWords: Set<String>

    /// Creates options.
    package init(wordCount: Int? = nil, leastTextCount: Int = 1, stopWords: Set<String> = []) {
      self.wordCount = wordCount
      self.leastTextCount = leastTextCount
      self.stopWords = stopWords
    }
  }

  /// The words, the most frequent first; of equally frequent ones, by the alphabet.
  package let words: [String]
  /// Places in ``words`` of the words of each text, ascending.
  package let textWords: [[Int32]]

  /// Counts the words of texts.
  ///
  /// A word is a run of letters and digits, in lower case. Its frequency is the number of texts that
  /// hold it.
  package init(_ texts: [String], _ options: Options = Options()) {
    var frequency: [String: Int] = [:]
    for text in texts {
      for word in Set(Self.words(of: text)) where !options.stopWords.contains(word) {
        frequency[word, default: 0] += 1
      }
    }
    let ranked = frequency.filter { $0.value >= options.leastTextCount }
      .sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
    words = ranked.prefix(options.wordCount ?? ranked.count).map(\.key)
    let places = Dictionary(uniqueKeysWithValues: zip(words, Int32(0)...))
    textWords = texts.map { text in Set(Self.words(of: text).compactMap { places[$0] }).sorted() }
  }

  /// The words of a text in order.
  static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// English words that say little about a picture: articles, pronouns, prepositions, forms of be,
  /// have and do.
  package static let englishStopWords: Set<String> = Set(
    """
    a about above after again against all am an and any are as at be because been before being below \
    between both but by can did do does doing down during each few for from further had has have \
    having he her here hers herself him himself his how i if in into is it its itself just me more \
    most my myself no nor not now of off on once only or other our ours ourselves out over own s same \
    she should so some such t than that the their theirs them themselves then there these they this \
    those through to too under until up very was we were what when where which while who whom why \
    will with you your yours yourself yourselves
    """.split(separator: " ").map(String.init))
}
