import ArrayFiles
import CrossModalData
import Foundation
import TestSupport
import Testing

private let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A folder of further data sets beside the package, which not every machine has.
private let sharedFolder = packageRoot.appendingPathComponent("../shared/data").standardized.path
private let sharedFiles =
  (try? FileManager.default.contentsOfDirectory(atPath: sharedFolder))?
  .filter { $0.hasSuffix(".h5") }.sorted() ?? []

@Suite("Real data files")
struct RealFilesTests {
  @Test("Open Clip Art, which comes with the package, is whole")
  func openclipart() throws {
    let dataset = try CrossModalDataset(
      .openclipart, in: packageRoot.appendingPathComponent("Data").path)
    #expect(dataset.itemCount == 3981)
    #expect(dataset.imageColumns == 256)
    #expect(dataset.textColumns == 682)
    #expect(dataset.labelCount == 39)
    #expect(dataset.labelNames.count == 39)
    #expect(dataset.surrogate == nil)
    try dataset.validateFeatures()
    let split = try dataset.split(for: .stored("official"))
    #expect(split.query.count == 500)
    #expect(split.training.count == 2500)
    #expect(split.retrieval.count == 3481)
    #expect(split.overlapCount == 2500)
    // As `sha256sum Data/openclipart.h5` prints it: records name the data by this digest.
    #expect(
      try dataset.digest().digest
        == "d896f9b9986df8d4ee8046bdb95d044aa350e57443cddae0dbcda9882b9830e9")
  }

  @Test(
    "in the shared folder open, complete or partial",
    .enabled(if: !sharedFiles.isEmpty, "there is no folder ../shared/data beside the package"),
    arguments: sharedFiles)
  func shared(name: String) throws {
    let path = "\(sharedFolder)/\(name)"
    let file = try DatasetFile(path: path)
    #expect(file.itemCount > 0)
    for split in file.splitNames {
      let stored = try file.storedSplit(named: split)
      #expect(stored.query.count + stored.retrieval.count == file.itemCount)
    }
    if file.missing.isEmpty {
      let dataset = try CrossModalDataset(path: path)
      try dataset.validateFeatures()
    } else {
      let error = #expect(throws: DatasetError.self) { try CrossModalDataset(path: path) }
      #expect(error?.found.hasPrefix("a partial file without") == true)
    }
  }
}
