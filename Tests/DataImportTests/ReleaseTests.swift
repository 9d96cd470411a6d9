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
        == "FOLDER, dataset /image: expected finite numbers, found NaN in row 2, column 1 of what "
        + "would be stored.")
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

@Suite("Arrays whose shapes or names do not tell all")
struct AmbiguityTests {
  /// Imports arrays of a folder and returns the pictures and what was remarked.
  private func imported(
    _ arrays: [String: (shape: [Int], values: [Float])], into name: String = "made.h5",
    _ change: (inout ImportRequest) -> Void = { _ in }
  ) throws -> (image: [[Double]]?, split: [[Int]?], remarks: [String]) {
    try withTemporaryFolder { folder in
      for (name, array) in arrays {
        try NumPyFile.write(
          path: "\(folder)/\(name).npy", shape: array.shape, values: array.values)
      }
      var request = ImportRequest(files: [folder], layout: nil, command: "")
      change(&request)
      let path = "\(folder)/\(name)"
      let outcome = try DatasetImport.run(request, to: path)
      let split = try ["query_idx", "train_idx", "database_idx"].map {
        try list("split/\($0)", of: path)
      }
      return (try rows("image", of: path), split, outcome.remarks)
    }
  }

  private func counting(_ shape: Int...) -> (shape: [Int], values: [Float]) {
    (shape, (0..<shape.reduce(1, *)).map(Float.init))
  }

  private func ones(_ shape: Int...) -> (shape: [Int], values: [Float]) {
    (shape, [Float](repeating: 1, count: shape.reduce(1, *)))
  }

  @Test("a square array goes with the others of its part, and is remarked")
  func square() throws {
    let turned = try imported(["image": counting(3, 3), "text": ones(2, 3), "label": ones(2, 3)])
    #expect(turned.image == [[0, 3, 6], [1, 4, 7], [2, 5, 8]])
    #expect(turned.remarks.contains { $0.hasPrefix("image is square") && $0.contains("columns") })
    let upright = try imported(["image": counting(3, 3), "text": ones(3, 2), "label": ones(3, 2)])
    #expect(upright.image == [[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    #expect(upright.remarks.contains { $0.hasPrefix("image is square") && $0.contains("rows") })
  }

  @Test("two numbers of items that fit are both said")
  func twoCounts() throws {
    let arrays = ["image": counting(3, 4), "text": ones(3, 4)]
    let rows = try imported(arrays) { $0.isPartial = true }
    #expect(rows.image?.count == 3)
    #expect(
      rows.remarks.contains(
        "the shapes fit 4 items too; 3 were taken, --items 4 takes the others"))
    let columns = try imported(arrays) {
      $0.isPartial = true
      $0.itemCount = 4
    }
    #expect(columns.image?.count == 4)
  }

  @Test("training items are those searched only where everything about them is equal")
  func contained() throws {
    var arrays = [
      "it": counting(2, 2), "tt": ones(2, 2), "lt": ones(2, 2), "ir": counting(4, 2),
      "tr": ones(4, 2), "lr": ones(4, 2), "iq": counting(1, 2), "tq": ones(1, 2), "lq": ones(1, 2),
    ]
    func change(_ request: inout ImportRequest) {
      request.arrays = [
        .training: [.image: "it", .text: "tt", .label: "lt"],
        .retrieval: [.image: "ir", .text: "tr", .label: "lr"],
        .query: [.image: "iq", .text: "tq", .label: "lq"],
      ]
    }
    let once = try imported(arrays, change)
    #expect(once.split == [[4], [0, 1], [0, 1, 2, 3]])
    arrays["lt"]?.values[0] = 0
    let twice = try imported(arrays, change)
    #expect(twice.split == [[6], [0, 1], [2, 3, 4, 5]])
    #expect(
      twice.remarks.contains(
        "the training items are not all among those searched and are not searched"))
  }

  @Test("names in one file alone do not join, and a file without names is remarked")
  func join() throws {
    try withTemporaryFolder { folder in
      for (name, shape) in [("image", [3, 2]), ("text", [3, 2]), ("label", [3, 2])] {
        try NumPyFile.write(
          path: "\(folder)/\(name).npy", shape: shape, values: [Float](repeating: 1, count: 6))
      }
      try Data("b.jpg\na.jpg\nc.jpg\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/names.txt"))
      try Data("c.jpg 1 0\nb.jpg 0 1\n".utf8).write(
        to: URL(fileURLWithPath: "\(folder)/labels.txt"))
      var request = ImportRequest(
        files: ["image", "text", "label"].map { "\(folder)/\($0).npy" } + ["\(folder)/names.txt"],
        layout: nil, command: "")
      request.joinsByName = true
      request.arrays = [.all: [.name: "names.txt:names"]]
      let alone = request
      let error = #expect(throws: DatasetError.self) {
        try DatasetImport.run(alone, to: "\(folder)/made.h5")
      }
      #expect(error?.found == "names in names.txt only")
      request.files.append("\(folder)/labels.txt")
      request.arrays[.all]?[.label] = "labels.txt:labels"
      let outcome = try DatasetImport.run(request, to: "\(folder)/made.h5")
      #expect(outcome.remarks.contains("joined by name: 2 of 3 items are in all files"))
      #expect(
        outcome.remarks.contains(
          "image.npy has no names: its rows were taken in the order of names.txt"))
      #expect(try rows("label", of: "\(folder)/made.h5") == [[0, 1], [1, 0]])
    }
  }

  @Test("a file that appears meanwhile is left as it is, and leftovers of killed imports go")
  func files() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/made.h5"
      // No process has this number: it is beyond the greatest of Linux.
      try Data().write(to: URL(fileURLWithPath: "\(path).4194305.partial"))
      let writer = try HDF5Writer(path: path)
      try writer.writeIndices("/list", [1, 2])
      try writer.close()
      try Data("other".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: DatasetError.self) { try writer.finish(isReplacing: false) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("other".utf8))
      try writer.finish(isReplacing: true)
      #expect(try list("list", of: path) == [1, 2])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["made.h5"])
    }
  }
}
