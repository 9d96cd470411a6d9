import ArrayFiles
import CrossModalData
import DataImport
import Foundation
import TestSupport
import Testing

/// Releases of other people, which are not part of this package.
@Suite("Real releases")
struct RealReleaseTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared").standardized.path

  static let isThere = FileManager.default.fileExists(atPath: "\(folder)/raw") && Release.hasMATIO

  /// Imports files and compares what both files hold, row for row.
  private func expectEqual(
    _ files: [String], _ layout: String, to other: String, _ datasets: [String],
    isPartial: Bool = false
  ) throws {
    try withTemporaryFolder { folder in
      var request = ImportRequest(
        files: files.map { "\(Self.folder)/raw/\($0)" }, layout: ImportLayout.named(layout),
        command: "")
      request.isPartial = isPartial
      try _ = DatasetImport.run(request, to: "\(folder)/made.h5")
      let made = try ArrayFiles.open(path: "\(folder)/made.h5")
      let reference = try ArrayFiles.open(path: "\(Self.folder)/data/\(other).h5")
      for name in datasets {
        if name == "image_name" {
          #expect(try made.readText(name) == reference.readText(name))
        } else {
          let (one, two) = (try made.read(name), try reference.read(name))
          #expect(one.shape == two.shape && one.values == two.values, "\(other) \(name)")
        }
      }
    }
  }

  private static let complete = [
    "image", "text", "label", "split/query_idx", "split/train_idx", "split/database_idx",
  ]

  @Test("of Wiki, in three forms, equal the file made of them elsewhere", .enabled(if: isThere))
  func wiki() throws {
    let lists = ["wiki/trainset_txt_img_cat.list", "wiki/testset_txt_img_cat.list"]
    try expectEqual(
      ["wiki/raw_features.mat"] + lists, "wiki", to: "wiki", Self.complete + ["image_name"])
    try expectEqual(["other/wiki_data_v73.mat"], "wiki", to: "wiki", Self.complete)
    try expectEqual(["other/wiki_class_vector_v5.mat"], "wiki", to: "wiki", Self.complete)
  }

  @Test("of NUS-WIDE equal the file made of them elsewhere", .enabled(if: isThere))
  func nusWide() throws {
    try expectEqual(
      ["nuswide/imgList.mat", "nuswide/labelList.mat"], "gcdh", to: "nuswide_tc10_labels",
      ["label", "image_name"], isPartial: true)
  }

  // Half a minute in a debug build.
  @Test("of MS-COCO equal the file made of them elsewhere", .enabled(if: isThere && !isDebug))
  func coco() throws {
    try expectEqual(
      ["coco/imgList.mat", "coco/tagList.mat.zip"], "gcdh", to: "mscoco2014", ["text"],
      isPartial: true)
  }

  #if DEBUG
    private static let isDebug = true
  #else
    private static let isDebug = false
  #endif
}
