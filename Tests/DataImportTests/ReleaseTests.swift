import ArrayFiles
import CrossModalData
import DataImport
import Foundation
import TestSupport
import Testing

@Suite("Released files")
struct ReleaseTests {
  @Test("become the data file that they hold", arguments: Release.names)
  func becomes(name: String) throws {
    let release = try #require(Release.all()[name])
    try withTemporaryFolder { folder in
      let path = "\(folder)/made.h5"
      let outcome = try DatasetImport.run(release.request, to: path)
      // Wiki's texts are eighths, which float32 holds as they are; pictures were float32 at first.
      for (dataset, expected) in [
        ("image", release.image), ("text", release.text), ("label", release.label),
      ] {
        let found = try rows(dataset, of: path)
        #expect(found == expected, "/\(dataset)")
      }
      let file = try DatasetFile(path: path)
      #expect(file.itemCount == outcome.itemCount)
      let hasNames = file.missing.count < 3 && release.names != nil
      let found = hasNames ? try ArrayFiles.open(path: path).readText("image_name") : nil
      #expect(found == release.names)
      for (index, list) in ["query_idx", "train_idx", "database_idx"].enumerated() {
        let found = try DataImportTests.list("split/\(list)", of: path)
        #expect(found == release.split?[index], "\(list)")
      }
      // Nothing is left beside the file.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["made.h5"])
    }
  }

  @Test("leave their names and digests in the data file")
  func provenance() throws {
    let release = try #require(Release.all()["turned"])
    try withTemporaryFolder { folder in
      let path = "\(folder)/made.h5"
      let outcome = try DatasetImport.run(release.request, to: path)
      let attributes = try DatasetFile(path: path).attributes
      let digest = try SHA256.hexDigest(ofFileAt: "\(Release.folder)/turned.npz")
      #expect(attributes["source_1"] == "turned.npz, SHA-256 \(digest)")
      #expect(attributes["import_command"] == "crossbit data import")
      #expect(outcome.remarks.contains("image is 5 × 12 and was turned: its columns are items"))
      #expect(outcome.remarks.contains("label is 3 × 12 and was turned: its columns are items"))
    }
  }

  @Test("that are cut short leave no data file", arguments: Release.names)
  func truncated(name: String) throws {
    let release = try #require(Release.all()[name])
    var random = testStream("truncated \(name)")
    try withTemporaryFolder { folder in
      for file in release.files where file.hasSuffix(".mat") || file.hasSuffix(".npz") {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Release.folder)/\(file)"))
        let count = Int.random(in: 1..<(bytes.count * 3 / 4), using: &random)
        try bytes.prefix(count).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
        var request = release.request
        request.files = release.files.map {
          $0 == file ? "\(folder)/\($0)" : "\(Release.folder)/\($0)"
        }
        request.arrays = request.arrays.mapValues { $0.filter { $0.value == "labels" } }
        let error = #expect(throws: DatasetError.self) {
          try DatasetImport.run(request, to: "\(folder)/made.h5")
        }
        #expect(error?.description.contains(file) == true, "\(file): \(error?.description ?? "")")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/made.h5"))
        try FileManager.default.removeItem(atPath: "\(folder)/\(file)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }
}

@Suite("What an import refuses")
struct ImportRefusalTests {
  /// The sentence with which an import of arrays is refused; nothing may be left.
  private func refusal(
    _ arrays: [String: (shape: [Int], values: [Float])],
    _ change: (inout ImportRequest) -> Void = { _ in }
  ) throws -> String {
    try withTemporaryFolder { folder in
      for (name, array) in arrays {
        try NumPyFile.write(
          path: "\(folder)/\(name).npy", shape: array.shape, values: array.values)
      }
      var request = ImportRequest(files: [folder], layout: nil, command: "")
      change(&request)
      let error = #expect(throws: DatasetError.self) {
        try DatasetImport.run(request, to: "\(folder)/made.h5")
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.count == arrays.count, "\(left)")
      return (error?.description ?? "").replacing("\(folder)", with: "FOLDER")
    }
  }

  private func ones(_ shape: Int...) -> (shape: [Int], values: [Float]) {
    (shape, [Float](repeating: 1, count: shape.reduce(1, *)))
  }

  @Test("is arrays without a number of items in common")
  func counts() throws {
    let text = try refusal(["image": ones(4, 3), "text": ones(5, 2), "label": ones(6, 2)])
    #expect(
      text
        == "FOLDER: expected arrays with one number of items, found image (4 × 3), text (5 × 2), "
        + "label (6 × 2).")
  }

  @Test("is a file without some arrays, unless it is asked for")
  func missing() throws {
    let text = try refusal(["image": ones(4, 3), "label": ones(4, 2)])
    #expect(text.contains("expected pictures, texts and labels, or --partial"))
    #expect(text.contains("found no array for text"))
  }

  @Test("is labels other than 0 and 1, by their place")
  func labels() throws {
    var labels = ones(4, 2)
    labels.values[5] = 3
    let text = try refusal(["image": ones(4, 3), "text": ones(4, 2), "label": labels])
    #expect(
      text == "FOLDER, dataset label: expected labels of 0 and 1, found 3.0 in row 2, column 1.")
    let half = try refusal([
      "image": ones(3, 3), "text": ones(3, 2), "label": ([3], [1, 0.5, 2]),
    ])
    #expect(half.contains("expected classes from 0 or 1 on, as labels have one column"))
    #expect(half.contains("found 0.5 in row 1"))
  }

  @Test("is pixels in the place of features")
  func pixels() throws {
    let text = try refusal(["image": ones(4, 2, 2, 3), "text": ones(4, 2), "label": ones(4, 2)])
    #expect(text.contains("dataset image: expected picture features, one row an item"))
    #expect(text.contains("found 4 × 2 × 2 × 3, which looks like pixels"))
  }

  @Test("is a number that is none, under the name of the file to be")
  func finite() throws {
    var image = ones(4, 3)
    image.values[7] = .nan
    let text = try refusal(["image": image, "text": ones(4, 2), "label": ones(4, 2)])
    #expect(
      text
        == "FOLDER/made.h5, dataset /image: expected finite numbers, found NaN in row 2, column 1 "
        + "in what the files hold.")
  }

  @Test("is an array that is not there, a list of another length, and names to join by that lack")
  func options() throws {
    let arrays = ["image": ones(4, 3), "text": ones(4, 2), "label": ones(4, 2)]
    let absent = try refusal(arrays) { $0.arrays[.all] = [.image: "fc7"] }
    #expect(absent.contains("expected the array fc7 of --image, found only"))
    let join = try refusal(arrays) { $0.joinsByName = true }
    #expect(join.contains("expected names of the items to join by, given with --name, found none"))
    try withTemporaryFolder { folder in
      try Data("cat\ndog\nant\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/names.txt"))
      let names = try refusal(arrays) { $0.labelNames = "\(folder)/names.txt" }
      #expect(names.contains("expected 2 lines, one for each column of /label, found 3."))
    }
  }

  @Test("is a layout whose arrays are not there")
  func layout() throws {
    let text = try refusal(["image": ones(4, 3)]) { $0.layout = ImportLayout.named("dlfh") }
    #expect(text == "FOLDER: expected arrays of layout dlfh, found only image (4 × 3).")
  }
}
