import CrossModalData
import Foundation
import Retrieval
import Testing

private let sharedFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("../shared/data").standardized.path

/// A split that a real file stores and the published one that should be the same.
struct StoredCopy: CustomTestStringConvertible, Sendable {
  let file: String
  let stored: String
  let published: String

  var path: String { "\(sharedFolder)/\(file).h5" }
  var isHere: Bool { FileManager.default.fileExists(atPath: path) }
  var testDescription: String { "\(published) as \(stored) of \(file).h5" }

  // The first was recovered from the rows of DLFH's own file; the next three were drawn with NumPy
  // in the order of the releases' picture lists; the last comes with the data.
  static let all = [
    StoredCopy(file: "mirflickr25k", stored: "official", published: "dlfh-mirflickr25k"),
    StoredCopy(file: "mirflickr25k", stored: "gcdh", published: "gcdh-mirflickr25k"),
    StoredCopy(file: "mscoco2014", stored: "gcdh", published: "gcdh-mscoco"),
    StoredCopy(file: "nuswide_tc10_labels", stored: "gcdh", published: "gcdh-nuswide-tc10"),
    StoredCopy(file: "wiki", stored: "official", published: "wiki-official"),
  ]
}

@Suite("Published splits of real files")
struct PublishedSplitRealFilesTests {
  @Test(
    "are those that the files store, in the same order",
    .enabled(
      if: StoredCopy.all.allSatisfy(\.isHere),
      "the folder ../shared/data beside the package lacks the files"),
    arguments: StoredCopy.all)
  func stored(copy: StoredCopy) throws {
    let file = try DatasetFile(path: copy.path)
    let stored = try file.storedSplit(named: copy.stored)
    let published = try file.split(for: .published(copy.published))
    #expect(published.query == stored.query)
    #expect(published.retrieval == stored.retrieval)
    // DLFH trains on all it searches, and the file leaves the training items open.
    #expect(published.training == stored.training ?? stored.retrieval)
  }

  private static let flickr = "\(sharedFolder)/mirflickr25k.h5"

  @Test(
    "by class find enough items in MIRFlickr",
    .enabled(
      if: FileManager.default.fileExists(atPath: flickr),
      "there is no file ../shared/data/mirflickr25k.h5 beside the package"))
  func djsrh() throws {
    let file = try DatasetFile(path: Self.flickr)
    let split = try file.split(for: .published("djsrh-mirflickr25k"))
    let published = try #require(PublishedSplit.named("djsrh-mirflickr25k"))
    #expect(split.query.count == published.rule.queryCount)
    #expect(split.training.count == published.rule.trainingCount)
    #expect((split.query + split.retrieval).sorted() == Array(0..<file.itemCount))
    let labels = try #require(file.labels)
    // The first class asks with 160 items of its own, the next with 80.
    #expect(split.query.prefix(160).allSatisfy { labels.contains(0, item: $0) })
    #expect(split.query[160..<240].allSatisfy { labels.contains(1, item: $0) })
  }
}
