import ArrayFiles
import Foundation
import Testing

private let sharedFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("../shared/raw").standardized.path

private func isThere(_ name: String) -> Bool {
  FileManager.default.fileExists(atPath: "\(sharedFolder)/\(name)")
}

@Suite("MATLAB files of others")
struct RealFilesTests {
  @Test(
    "of the Wiki pairs are read",
    .enabled(
      if: isThere("wiki/raw_features.mat"), "there is no folder ../shared/raw beside the package"),
    .enabled(if: Fixture.hasMATIO, "built without libmatio"))
  func wiki() throws {
    let file = try ArrayFiles.open(path: "\(sharedFolder)/wiki/raw_features.mat")
    // The counts of pairs, SIFT words and topics that the data set's paper states.
    #expect(try file.read("I_tr").shape == [2173, 128])
    #expect(try file.read("T_tr").shape == [2173, 10])
    #expect(try file.read("I_te").shape == [693, 128])
    #expect(try file.read("T_te").shape == [693, 10])
  }

  @Test(
    "of version 5 and 7.3 agree about the Wiki pairs",
    .enabled(
      if: isThere("other/wiki_data_v73.mat"),
      "there is no folder ../shared/raw beside the package"),
    .enabled(if: Fixture.hasMATIO, "built without libmatio"))
  func versions() throws {
    let old = try ArrayFiles.open(path: "\(sharedFolder)/other/wiki_class_vector_v5.mat")
    let new = try ArrayFiles.open(path: "\(sharedFolder)/other/wiki_data_v73.mat")
    #expect(new.kindName == "MATLAB 7.3 file")
    // Two releases of the same numbers, one with reversed dimensions in the file.
    for name in ["I_tr", "I_te", "T_tr", "T_te"] {
      #expect(try new.read(name).shape == old.read(name).shape)
      #expect(try new.read(name).values == old.read(name).values)
    }
    // Classes from 1 to 10 in one, an indicator for each in the other.
    let classes = try old.read("L_te")
    let indicators = try new.read("L_te")
    // Of class double, although the file keeps them in one byte each.
    #expect(classes.elementName == "float64")
    #expect(indicators.shape == [classes.count, 10])
    for item in 0..<classes.count {
      for label in 0..<10 {
        #expect(indicators[item * 10 + label] == (classes[item] == Double(label + 1) ? 1 : 0))
      }
    }
  }
}
