import Foundation
import TestSupport
import Testing

/// Files that are spoiled a few thousand times over and read by a process of their own, which has
/// 2 GiB of memory and 20 seconds for a file.
@Suite("Spoiled files")
struct MutatedFilesTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let mutantCount = 240

  /// Files of every form that is read: NumPy, zip, HDF5, MATLAB 4 to 7.3.
  static let files =
    [
      "float32.npy", "int16-big-fortran.npy", "bool.npy", "stored.npz", "deflated.npz",
      "zip64.npz", "plain.h5", "chunked.h5", "matlab4.mat", "matlab5.mat",
      "matlab5-compressed.mat", "matlab73.mat",
    ].map { "ArrayFilesTests/Fixtures/\($0)" }
    + ["FLICKR-25K.mat", "caption.mat"].map { "DataImportTests/Fixtures/\($0)" } + [dataset]
  /// A data set that the test writes itself.
  private static let dataset = "a data set"

  private static func bytes(of file: String, in folder: String) throws -> [UInt8] {
    guard file == dataset else {
      return Array(try Data(contentsOf: fixtures.appending(path: file)))
    }
    try HDF5Fixture.synthetic().write(to: "\(folder)/whole.h5")
    return Array(try Data(contentsOf: URL(filePath: "\(folder)/whole.h5")))
  }

  /// One way of spoiling a file: flipped bits, a field set to an extreme, fields that change places,
  /// a missing end, further bytes.
  private func spoil(
    _ bytes: [UInt8], _ number: Int, using random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var spoiled = bytes
    // Headers stand at the beginning; half the mutants are spoiled there only.
    let bound = number.isMultiple(of: 2) ? min(1024, bytes.count) : bytes.count
    switch number % 7 {
    case 0, 1, 2:
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        spoiled[Int.random(in: 0..<bound, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
      }
    case 3, 4:
      let width = 1 << Int.random(in: 0...3, using: &random)
      let place = Int.random(in: 0..<max(1, bound - width), using: &random) / width * width
      let fillers: [UInt8] = [0, 0x7f, 0x80, 0xff]
      let filler = fillers[Int.random(in: 0..<4, using: &random)]
      for offset in 0..<min(width, bytes.count - place) { spoiled[place + offset] = filler }
    case 5:
      let places = (0..<2).map { _ in Int.random(in: 0..<max(1, bound - 8), using: &random) }
      for offset in 0..<min(8, bytes.count - (places.max() ?? 0)) {
        spoiled.swapAt(places[0] + offset, places[1] + offset)
      }
    default:
      if Bool.random(using: &random) {
        spoiled.removeLast(Int.random(in: 1...bytes.count, using: &random))
      } else {
        spoiled += (0..<Int.random(in: 1...64, using: &random)).map { UInt8($0) }
      }
    }
    return spoiled
  }

  @Test("are read or refused, and crash nothing", arguments: files)
  func spoiled(file: String) throws {
    var random = testStream("spoiled \(file)")
    try withTemporaryFolder { folder in
      let bytes = try Self.bytes(of: file, in: folder)
      for number in 0..<Self.mutantCount {
        try Data(spoil(bytes, number, using: &random)).write(
          to: URL(filePath: "\(folder)/\(number)"))
      }
      var first = 0
      var refusalCount = 0
      while first < Self.mutantCount {
        let outcome = try BuiltProgram.readFiles.run([
          folder, "\(first)", "\(Self.mutantCount)",
        ])
        let lines = outcome.output.split(separator: "\n")
        refusalCount += lines.count { $0.hasSuffix("refused") }
        first += lines.count
        if outcome.exitCode == 0 { break }
        // What the library does not survive ends with a sentence that names the file.
        #expect(
          outcome.exitCode == 1
            && outcome.lastError.hasPrefix("Error: \(folder)/\(first): expected an undamaged file"),
          "mutant \(first) of \(file): exit code \(outcome.exitCode), \(outcome.lastError)")
        refusalCount += 1
        first += 1
      }
      #expect(refusalCount > Self.mutantCount / 20, "hardly any mutant was refused")
    }
  }

  @Test("end the process with a sentence where the library fails, and only there")
  func fault() throws {
    let inside = try BuiltProgram.readFiles.run(["fault", "inside"])
    #expect(inside.exitCode == 1)
    #expect(
      inside.errors
        == "Error: some/file.h5: expected an undamaged file, found damage that the library which "
        + "reads it does not survive.\n")
    let outside = try BuiltProgram.readFiles.run(["fault", "outside"])
    #expect(outside.exitCode == 128 + SIGABRT)
    #expect(!outside.errors.contains("expected"))
  }

  @Test("are not left behind by an interrupt", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    try withTemporaryFolder { folder in
      let running = try BuiltProgram.crossbit.start([
        "data", "synthesize", "--like", "nuswide-tc21", "--output", "\(folder)/large.h5",
      ])
      func files() -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      }
      #expect(eventually { files().contains { $0.hasSuffix(".partial") } })
      running.send(signal)
      let outcome = running.outcome()
      #expect(outcome.exitCode == 128 + signal)
      #expect(files().isEmpty)
    }
  }
}
