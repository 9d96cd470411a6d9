import ArrayFiles
import DataImport
import Foundation
import Tensors
import TestSupport
import Testing

/// Damaged copies of releases of other people, which are not part of this package.
///
/// What no reader could notice is left out: the text in front of a MATLAB file and of an HDF5 file in
/// it, which nothing depends on; numbers that stand unpacked in a MATLAB 5 file, as the names of
/// MS-COCO do, which has no sum over them; the last line of a list, where a class 10 that lost its 0
/// is a class 1. Packed arrays, zip files and HDF5's packed chunks have a sum.
@Suite("Damaged copies of real releases")
struct DamagedReleaseTests {
  /// One file of a release, to be damaged, and what is imported with it.
  struct Victim: Sendable, CustomTestStringConvertible {
    let files: [String]
    let layout: String
    var isPartial = false
    let index: Int
    /// Bytes that a reader depends on.
    var headers: [Range<Int>] = []
    /// Whether numbers and text are packed, with a sum over them, or are text.
    var isChecked = true

    var name: String { files[index] }
    var testDescription: String { name }
  }

  private static let version5 = [120..<136, 128..<132]

  private static let wiki: [Victim] = {
    let files =
      ["wiki/raw_features.mat", "wiki/trainset_txt_img_cat.list"]
      + ["wiki/testset_txt_img_cat.list"]
    return [
      Victim(files: files, layout: "wiki", index: 0, headers: version5),
      Victim(files: files, layout: "wiki", index: 1),
      Victim(files: files, layout: "wiki", index: 2),
      // The superblock of HDF5 stands behind the 512 bytes of MATLAB.
      Victim(
        files: ["other/wiki_data_v73.mat"], layout: "wiki", index: 0,
        headers: [512..<520, 520..<584]),
      Victim(
        files: ["other/wiki_class_vector_v5.mat"], layout: "wiki", index: 0, headers: version5),
    ]
  }()

  private static let nusWide = (0..<2).map {
    Victim(
      files: ["nuswide/imgList.mat", "nuswide/labelList.mat"], layout: "gcdh", isPartial: true,
      index: $0, headers: version5)
  }

  private static let coco: [Victim] = {
    let files = ["coco/imgList.mat", "coco/tagList.mat.zip"]
    return [
      Victim(
        files: files, layout: "gcdh", isPartial: true, index: 0, headers: version5,
        isChecked: false),
      Victim(files: files, layout: "gcdh", isPartial: true, index: 1, headers: [0..<4, 0..<30]),
    ]
  }()

  /// Imports a release with other bytes in place of one file, which must be refused by its name.
  private func expectRefusal(of victim: Victim, with bytes: Data, _ damage: String) throws {
    try withTemporaryFolder { folder in
      let copy = "\(folder)/\(victim.name.split(separator: "/").last ?? "")"
      try bytes.write(to: URL(fileURLWithPath: copy))
      try FileManager.default.createDirectory(
        atPath: "\(folder)/made", withIntermediateDirectories: true)
      var request = ImportRequest(
        files: victim.files.map {
          $0 == victim.name ? copy : "\(RealReleaseTests.folder)/raw/\($0)"
        }, layout: ImportLayout.named(victim.layout), command: "")
      request.isPartial = victim.isPartial
      let damaged = request
      let error = #expect(throws: DatasetError.self, "\(victim.name) \(damage)") {
        try _ = DatasetImport.run(damaged, to: "\(folder)/made/made.h5")
      }
      #expect(error?.file.contains(copy) == true, "\(victim.name) \(damage): \(error as Any)")
      let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/made")
      #expect(left.isEmpty, "\(victim.name) \(damage) left \(left)")
    }
  }

  private func whole(_ victim: Victim) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(RealReleaseTests.folder)/raw/\(victim.name)"))
  }

  private func expectRefusalOfCuts(_ victim: Victim) throws {
    let bytes = try whole(victim)
    var random = testStream("cuts of \(victim.name)")
    let isList = victim.name.hasSuffix(".list")
    // The last line of a list is left whole, see above.
    let bound = bytes.count - (isList ? 1_000 : 0)
    var lengths = [0, 1, Int.random(in: 2..<128, using: &random)]
    lengths += (0..<4).map { _ in Int.random(in: 128..<bound, using: &random) }
    if !isList { lengths.append(bytes.count - 1) }
    for length in lengths {
      try expectRefusal(of: victim, with: bytes.prefix(length), "cut to \(length) bytes")
    }
  }

  private func expectRefusalOfOverwrites(_ victim: Victim) throws {
    let bytes = try whole(victim)
    var random = testStream("overwrites of \(victim.name)")
    var places = victim.headers
    if victim.isChecked {
      // The middle of all these files is data.
      places += (0..<4).map { _ in
        let start = Int.random(in: (bytes.count / 5)..<(bytes.count * 4 / 5), using: &random)
        return start..<(start + 64)
      }
    }
    for place in places {
      var damaged = bytes
      for index in place { damaged[index] = UInt8.random(in: 0...255, using: &random) }
      try expectRefusal(of: victim, with: damaged, "overwritten at \(place)")
    }
  }

  @Test(
    "that end too early are refused by name",
    .enabled(if: RealReleaseTests.isThere, "the releases or libmatio are not there"),
    arguments: wiki + nusWide + coco)
  func cut(victim: Victim) throws {
    try expectRefusalOfCuts(victim)
  }

  @Test(
    "with overwritten headers or data are refused by name",
    .enabled(if: RealReleaseTests.isThere, "the releases or libmatio are not there"),
    arguments: wiki + nusWide + coco)
  func overwritten(victim: Victim) throws {
    try expectRefusalOfOverwrites(victim)
  }
}
