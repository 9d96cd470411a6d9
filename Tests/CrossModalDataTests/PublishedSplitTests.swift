import ArrayFiles
import Foundation
import Retrieval
import TestSupport
import Testing

@testable import CrossModalData

@Suite("Published splits")
struct PublishedSplitTests {
  private let references: PublishedSplitReferences

  init() throws {
    references = try .read()
  }

  /// A file of labels only, those that the script makes up.
  private func withLabels<Result>(
    itemCount: Int, labelCount: Int, _ body: (DatasetFile) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture()
      fixture["/label"] = .init(
        [itemCount, labelCount],
        .uint8(
          PublishedSplitReferences.madeUpIndicators(itemCount: itemCount, labelCount: labelCount)))
      try fixture.write(to: "\(folder)/labels.h5")
      return try body(DatasetFile(path: "\(folder)/labels.h5"))
    }
  }

  // Reference: the same rules written with NumPy, Fixtures/make_published_splits.py; digests cover
  // all lists in full.
  @Test("are the lists that NumPy gives", arguments: PublishedSplit.known)
  func reference(published: PublishedSplit) throws {
    let reference = try #require(references.splits.first { $0.name == published.name })
    #expect(published.itemCount == reference.itemCount)
    // Only rules by class look at labels.
    var labelCount = 1
    if case .perClass(let quotas, _) = published.rule { labelCount = quotas.labelCount }
    try withLabels(itemCount: published.itemCount, labelCount: labelCount) { file in
      let split = try file.split(for: .published(published.name))
      #expect(
        [split.query.count, split.training.count, split.retrieval.count] == reference.counts)
      #expect(Array(split.query.prefix(20)) == reference.queryStarts)
      #expect(Array(split.training.suffix(20)) == reference.trainingEnds)
      #expect(Array(split.retrieval.prefix(20)) == reference.retrievalStarts)
      #expect(Array(split.retrieval.suffix(20)) == reference.retrievalEnds)
      #expect(split.digest == reference.digest)
      #expect(Set(split.query).isDisjoint(with: split.training))
      #expect(split.overlapCount == split.training.count)
      #expect(split.rule.hasPrefix("published split \(published.name): "))
    }
  }

  @Test("are all in the reference, each under a name of its own")
  func names() {
    let names = PublishedSplit.known.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names == references.splits.map(\.name))
    #expect(PublishedSplit.named("mith-mscoco")?.itemCount == 122_218)
    #expect(PublishedSplit.named("mith") == nil)
  }

  @Test("say their rule in words")
  func words() throws {
    func words(_ name: String) throws -> String {
      try #require(PublishedSplit.named(name)).ruleText
    }
    let numPy = try words("gcdh-mirflickr25k")
    #expect(
      numPy
        == "published split gcdh-mirflickr25k: rows in the order of NumPy's permutation, seed 6; "
        + "the first 2000 ask, the others are searched, the first 10000 of these are trained on")
    let matlab = try words("dlfh-mirflickr25k")
    #expect(matlab.contains("MATLAB's randperm in a fresh session (MT19937, seed 5489)"))
    let last = try words("ucch-mirflickr25k")
    #expect(last.contains("rows in the file's order; the last 2000 ask"))
    let drawn = try words("djsrh-mirflickr25k")
    #expect(
      drawn == "published split djsrh-mirflickr25k: 80 queries, then 200 training items of each "
        + "class (160 and 400 of the first) in the order of the label columns, none drawn twice, "
        + "filled up to 5000 training items; the release draws without a seed, here NumPy's with "
        + "seed 1; all but the queries are searched, in the file's order")
    let other = try words("djsrh-nuswide-tc10")
    #expect(other.contains("200 queries, then 500 training items of each class in the order"))
    #expect(!other.contains("filled"))
  }

  @Test("refuse a file with another number of rows")
  func otherCount() throws {
    try withLabels(itemCount: 40, labelCount: 3) { file in
      let error = #expect(throws: DatasetError.self) {
        try file.split(for: .published("gcdh-mscoco"))
      }
      #expect(
        error?.description == "\(file.path): expected 122218 items, as split gcdh-mscoco is for "
          + "MS-COCO 2014 with the rows of data/coco2014/imgList.mat, found 40.")
    }
  }

  @Test("refuse an unknown name and say which fit the file")
  func unknown() throws {
    func refusal(itemCount: Int) throws -> String? {
      try withLabels(itemCount: itemCount, labelCount: 3) { file in
        let error = #expect(throws: DatasetError.self) {
          try file.split(for: .published("gcdh"))
        }
        return error?.found
      }
    }
    let small = try refusal(itemCount: 40)
    #expect(small == "“gcdh”; published for 40 items: none")
    let wiki = try refusal(itemCount: 2866)
    #expect(wiki == "“gcdh”; published for 2866 items: wiki-official")
  }

  @Test("by class refuse other labels than the release's, and none at all")
  func otherLabels() throws {
    func refusal(labelCount: Int) throws -> String? {
      try withLabels(itemCount: 20_015, labelCount: labelCount) { file in
        let error = #expect(throws: DatasetError.self) {
          try file.split(for: .published("djsrh-mirflickr25k"))
        }
        return error?.description
      }
    }
    let other = try refusal(labelCount: 2)
    let expected = "expected 24 labels, from which split djsrh-mirflickr25k draws"
    #expect(other?.hasSuffix("labels.h5, dataset /label: \(expected), found 2.") == true)
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture()
      fixture["/text"] = .init([20_015, 1], .uint8([UInt8](repeating: 1, count: 20_015)))
      try fixture.write(to: "\(folder)/texts.h5")
      let file = try DatasetFile(path: "\(folder)/texts.h5")
      let error = #expect(throws: DatasetError.self) {
        try file.split(for: .published("djsrh-mirflickr25k"))
      }
      #expect(error?.found == "none")
      fixture["/label"] = .init(
        [20_015, 24], .uint8([UInt8](repeating: 0, count: 20_015 * 24)))
      try fixture.write(to: "\(folder)/empty.h5")
      let empty = try DatasetFile(path: "\(folder)/empty.h5")
      let none = #expect(throws: DatasetError.self) {
        try empty.split(for: .published("djsrh-mirflickr25k"))
      }
      #expect(none?.found == "labels that give 0 queries and 5000 training items")
    }
  }

  // Reference: the same draw written with NumPy, from 24 classes of 240 items.
  @Test("by class take what is left where classes run out of items", arguments: [true, false])
  func scarce(fills: Bool) {
    let quotas = ClassQuotas(
      labelCount: 24, first: .init(query: 16, training: 40), others: .init(query: 8, training: 20),
      fillsTraining: fills)
    let labels = LabelSets(
      count: 240, labelCount: 24,
      indicators: PublishedSplitReferences.madeUpIndicators(itemCount: 240, labelCount: 24))
    let split = RetrievalSplit(rule: "by hand", quotas: quotas, labels: labels, seed: 9)
    let reference = references.scarceClasses
    #expect(split.query == reference.query)
    #expect(split.training == (fills ? reference.training : reference.trainingUnfilled))
    #expect(split.retrieval == (0..<240).filter { !reference.query.contains($0) })
  }

  @Test("go through the JSON of a record")
  func coding() throws {
    let split = SplitProtocol.published("ucch-mscoco")
    let data = try JSONEncoder().encode(split)
    let decoded = try JSONDecoder().decode(SplitProtocol.self, from: data)
    #expect(decoded == split)
  }

  @Test("can be validated on their training items, unless the file stores that name")
  func validation() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic(itemCount: 2866)
      try fixture.write(to: "\(folder)/like-wiki.h5")
      let file = try DatasetFile(path: "\(folder)/like-wiki.h5")
      let rule = SplitProtocol.validation(of: "wiki-official", queryCount: 100, seed: 3)
      let split = try file.split(for: rule)
      #expect(split.query.count == 100)
      #expect((split.query + split.training).sorted() == Array(0..<2173))
      #expect(split.retrieval == split.training)
      #expect(
        split.rule.hasPrefix("validation on training items of published split wiki-official: "))

      for list in ["query", "train", "database"] {
        fixture["/split/wiki-official/\(list)_idx"] = fixture["/split/\(list)_idx"]
        fixture["/split/\(list)_idx"] = nil
      }
      try fixture.write(to: "\(folder)/stored.h5")
      let stored = try DatasetFile(path: "\(folder)/stored.h5").split(for: rule)
      #expect(
        stored.rule == "validation on training items of stored split wiki-official, seed 3")
    }
  }
}
