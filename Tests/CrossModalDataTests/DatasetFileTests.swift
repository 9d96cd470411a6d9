import ArrayFiles
import CrossModalData
import Retrieval
import TestSupport
import Testing

@Suite("Opening a data file")
struct DatasetFileTests {
  @Test("gives shapes, labels, names and attributes")
  func contents() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic(
        itemCount: 20, imageColumns: 4, textColumns: 5, labelCount: 3)
      fixture.attributes["surrogate"] = "image"
      fixture["/pixel"] = .init([20, 2], .float32(Array(repeating: 0, count: 40)))
      fixture["/extra/thing"] = .init([1], .int32([1]))
      try fixture.write(to: "\(folder)/tiny.h5")
      let dataset = try CrossModalDataset(path: "\(folder)/tiny.h5")
      #expect(dataset.name == "tiny")
      #expect(dataset.itemCount == 20)
      #expect(dataset.imageColumns == 4)
      #expect(dataset.textColumns == 5)
      #expect(dataset.labelCount == 3)
      #expect(dataset.labelNames == ["label 0", "label 1", "label 2"])
      #expect(dataset.surrogate == "image")
      #expect(dataset.file.attributes["dataset"] == "A synthetic data set")
      #expect(dataset.file.ignored == ["/extra", "/pixel"])
      #expect(dataset.file.missing.isEmpty)
      #expect(dataset.features(.image).layout == FeatureLayout(vector: dataset.imageColumns))
      #expect(dataset.features(.text).layout == FeatureLayout(vector: dataset.textColumns))
      for item in 0..<20 {
        for label in 0..<3 {
          let isBorne = item % 3 == label || (item % 3 == 0 && (item + 1) % 3 == label)
          #expect(dataset.labels.contains(label, item: item) == isBorne)
        }
      }
    }
  }

  @Test("reads more than 64 labels")
  func manyLabels() throws {
    try withTemporaryFolder { folder in
      let fixture = HDF5Fixture.synthetic(itemCount: 90, labelCount: 70)
      try fixture.write(to: "\(folder)/wide.h5")
      let labels = try CrossModalDataset(path: "\(folder)/wide.h5").labels
      #expect(labels.labelCount == 70)
      #expect(labels.wordsPerItem == 2)
      #expect(labels.contains(68, item: 68))
      #expect(!labels.contains(68, item: 67))
    }
  }

  @Test("reads label names of fixed and of variable length")
  func labelNames() throws {
    let names = ["Wolken", "été", "x"]
    for values in [HDF5Fixture.Values.fixedStrings(names, width: 6), .variableStrings(names)] {
      try withTemporaryFolder { folder in
        var fixture = HDF5Fixture.synthetic()
        fixture["/label_names"] = .init([3], values)
        try fixture.write(to: "\(folder)/names.h5")
        #expect(try DatasetFile(path: "\(folder)/names.h5").labelNames == names)
      }
    }
  }

  @Test("takes compressed and chunked labels", arguments: [1, 7, 40])
  func chunkedLabels(chunkRows: Int) throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      try fixture.write(to: "\(folder)/plain.h5")
      fixture["/label"]?.layout = .compressed([chunkRows, 3])
      try fixture.write(to: "\(folder)/packed.h5")
      let plain = try CrossModalDataset(path: "\(folder)/plain.h5")
      let packed = try CrossModalDataset(path: "\(folder)/packed.h5")
      #expect(plain.labels == packed.labels)
    }
  }

  @Test("finds splits in every form the format allows")
  func splitForms() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      for group in ["/split/inner", "/split_outer"] {
        fixture["\(group)/query_idx"] = .init([2], .int64([3, 1]))
        fixture["\(group)/database_idx"] = .init([3], .int32([0, 2, 4]))
      }
      fixture["/split_outer/train_idx"] = .init([1], .int32([4]))
      try fixture.write(to: "\(folder)/splits.h5")
      let file = try DatasetFile(path: "\(folder)/splits.h5")
      #expect(file.splitNames == ["official", "inner", "outer"])
      #expect(file.ignored.isEmpty)
      let inner = try file.storedSplit(named: "inner")
      #expect(inner.query == [3, 1])
      #expect(inner.retrieval == [0, 2, 4])
      #expect(inner.training == nil)
      #expect(try file.storedSplit(named: "outer").training == [4])
    }
  }

  @Test(
    "opens a partial file and says what it lacks",
    arguments: [["/image"], ["/text"], ["/label"], ["/image", "/text"], ["/text", "/label"]])
  func partial(missing: [String]) throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      for path in missing { fixture[path] = nil }
      let path = "\(folder)/partial.h5"
      try fixture.write(to: path)
      let file = try DatasetFile(path: path)
      #expect(file.missing == missing)
      #expect(file.itemCount == 40)
      try file.validate()
      let error = #expect(throws: DatasetError.self) { try CrossModalDataset(path: path) }
      #expect(
        error?.description == "\(path): expected /image, /text and /label to train on, found a "
          + "partial file without \(missing.joined(separator: " and ")).")
    }
  }

  @Test("has the digest of its bytes")
  func digest() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/tiny.h5"
      try HDF5Fixture.synthetic().write(to: path)
      let bytes = try fileBytes(path)
      var whole = SHA256()
      bytes.withUnsafeBytes { whole.update($0) }
      let dataset = try CrossModalDataset(path: path)
      #expect(try dataset.digest().digest == whole.hexDigest())
      #expect(bytes.count > 64)
    }
  }
}
