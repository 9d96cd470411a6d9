import Tensors

extension HDF5Fixture {
  /// A small, complete data set whose features follow its labels, so that a method can learn it.
  ///
  /// Item i has label i mod `labelCount` and, every third item, the next one too. `/image` is
  /// float32: one random prototype for each label plus noise. `/text` is uint8: word j belongs to
  /// label j mod `labelCount` and is present more often with it; word 0 always is, so no text is
  /// empty. The `official` split asks with every fifth item and trains on all it searches.
  public static func synthetic(
    itemCount: Int = 40, imageColumns: Int = 6, textColumns: Int = 9, labelCount: Int = 3
  ) -> HDF5Fixture {
    var random = testStream("synthetic data set")
    let prototypes = (0..<(labelCount * imageColumns)).map { _ in Float(random.nextNormal()) }
    var labels = [UInt8](repeating: 0, count: itemCount * labelCount)
    var image: [Float] = []
    var text: [UInt8] = []
    for item in 0..<itemCount {
      let own = item % 3 == 0 ? [item % labelCount, (item + 1) % labelCount] : [item % labelCount]
      for label in own { labels[item * labelCount + label] = 1 }
      for column in 0..<imageColumns {
        let signal = own.reduce(Float(0)) { $0 + prototypes[$1 * imageColumns + column] }
        image.append(signal + Float(random.nextNormal()) / 4)
      }
      for word in 0..<textColumns {
        let chance = own.contains(word % labelCount) ? 0.7 : 0.1
        let isPresent = random.nextUniform() < chance
        text.append(word == 0 || isPresent ? 1 : 0)
      }
    }
    let query = (0..<itemCount).filter { $0 % 5 == 0 }.map(Int32.init)
    let rest = (0..<itemCount).filter { $0 % 5 != 0 }.map(Int32.init)
    var fixture = HDF5Fixture()
    fixture["/image"] = Dataset([itemCount, imageColumns], .float32(image))
    fixture["/text"] = Dataset([itemCount, textColumns], .uint8(text))
    fixture["/label"] = Dataset([itemCount, labelCount], .uint8(labels))
    fixture["/label_names"] = Dataset(
      [labelCount], .fixedStrings((0..<labelCount).map { "label \($0)" }, width: 12))
    fixture["/split/query_idx"] = Dataset([query.count], .int32(query))
    fixture["/split/train_idx"] = Dataset([rest.count], .int32(rest))
    fixture["/split/database_idx"] = Dataset([rest.count], .int32(rest))
    fixture.attributes = ["dataset": "A synthetic data set"]
    return fixture
  }
}
