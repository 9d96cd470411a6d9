import ArrayFiles
import Foundation
import TestSupport
import Testing

@Suite("The commands data info and data validate", .serialized)
struct DataCommandTests {
  private let program = BuiltProgram.crossbit

  /// Distinct rows of which none is empty, so that nothing is worth a warning.
  private static var clean: HDF5Fixture {
    var fixture = HDF5Fixture.synthetic(itemCount: 20)
    fixture["/text"]?.values = .uint8((0..<180).map { UInt8($0 + 1) })
    return fixture
  }

  private func validate(
    _ fixture: HDF5Fixture, _ flags: [String] = []
  ) throws -> BuiltProgram.Outcome {
    try withTemporaryFolder { folder in
      try fixture.write(to: "\(folder)/tiny.h5")
      return try program.run(["data", "validate", "\(folder)/tiny.h5"] + flags)
    }
  }

  @Test("validate ends with 0 for a clean file, also when warnings count")
  func clean() throws {
    for flags in [[], ["--strict"]] {
      let outcome = try validate(Self.clean, flags)
      #expect(outcome.exitCode == 0)
      #expect(outcome.output.hasSuffix("/tiny.h5: nothing to refuse, no warnings\n"))
      #expect(outcome.errors == "")
    }
  }

  @Test("validate lets warnings pass unless it is strict")
  func strict() throws {
    var fixture = Self.clean
    fixture["/pixel"] = .init([1], .uint8([1]))
    let tolerant = try validate(fixture)
    #expect(tolerant.exitCode == 0)
    #expect(tolerant.output.hasPrefix("warning  /pixel: ignored; not part of the format\n"))
    let strict = try validate(fixture, ["--strict"])
    #expect(strict.exitCode == 1)
    #expect(
      strict.output.split(separator: "\n").first
        == tolerant.output.split(separator: "\n").first)
  }

  @Test("validate lists every refusal and ends with 1")
  func refused() throws {
    var fixture = Self.clean
    fixture["/label_names"] = nil
    fixture["/image"] = .init([20, 1], .float32(Array(repeating: .nan, count: 20)))
    fixture["/split/query_idx"] = .init([2], .int32([0, 99]))
    let outcome = try validate(fixture)
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors == "")
    let refused = outcome.output.split(separator: "\n").filter { $0.hasPrefix("refused  ") }
    #expect(
      refused == [
        "refused  /image: expected finite numbers, found NaN in row 0, column 0, "
          + "the first of 20 values in 20 rows",
        "refused  /split/query_idx: expected indices from 0 to 19, found 99 at position 1",
      ])
  }

  @Test("validate says one sentence about a file that is no HDF5 file")
  func foreign() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/notes.txt"
      try Data("not a data set\n".utf8).write(to: URL(filePath: path))
      let outcome = try program.run(["data", "validate", path])
      #expect(outcome.exitCode == 1)
      #expect(outcome.output == "")
      #expect(
        outcome.errors
          == "Error: \(path): expected an HDF5 file, found a file without the HDF5 signature.\n")
    }
  }

  @Test("names of foreign files reach the terminal without control characters")
  func controlCharacters() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      fixture["/label_names"] = .init(
        [3], .fixedStrings(["\u{1b}[31mred", "be\u{7}ll", "größe"], width: 16))
      try fixture.write(to: "\(folder)/tiny.h5")
      let info = try program.run(["data", "info", "\(folder)/tiny.h5"])
      #expect(info.exitCode == 0)
      #expect(!info.output.contains("\u{1b}") && !info.output.contains("\u{7}"))
      for name in ["\u{FFFD}[31mred", "be\u{FFFD}ll", "größe"] {
        #expect(info.output.contains(name), "no \(name.debugDescription) in \(info.output)")
      }

      // A list of arrays in a complaint, and a table of evaluate.
      let arrays = "\(folder)/arrays"
      try FileManager.default.createDirectory(atPath: arrays, withIntermediateDirectories: true)
      for name in ["clear\u{1b}[2J", "title\u{9b}0;x"] {
        try NumPyFile.write(path: "\(arrays)/\(name).npy", shape: [2, 2], values: [1, 2, 3, 4])
      }
      let refused = try program.run(["data", "import", "-o", "\(folder)/made.h5", arrays])
      #expect(refused.exitCode == 1)
      #expect(refused.errors.contains("clear\u{FFFD}[2J"), "\(refused.errors.debugDescription)")
      #expect(refused.errors.contains("title\u{FFFD}0;x"), "\(refused.errors.debugDescription)")
      let evaluated = try program.run(["evaluate", arrays])
      #expect(evaluated.exitCode != 0)
      let scalars = (evaluated.errors + refused.errors).unicodeScalars
      #expect(!scalars.contains { $0 == "\u{1b}" || $0 == "\u{9b}" })
    }
  }

  @Test("info shows neighbours, label pairs and duplicates, and warns of misaligned rows")
  func neighbours() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/tiny.h5"
      var fixture = HDF5Fixture.synthetic(itemCount: 300)
      try fixture.write(to: path)
      let aligned = try program.run(["data", "info", path])
      #expect(aligned.exitCode == 0)
      for part in [
        "neighbours  /image ", "neighbours  /text ", "300 of 300 sampled items asked",
        "linear probe  /image names a right label in ", "linear probe  /text ",
        "(100 items asked, 200 fitted)",
        "label pairs  ", "lift ", "duplicates  /image 0 of 300, /text ",
      ] {
        #expect(aligned.output.contains(part), "no “\(part)” in \(aligned.output)")
      }
      #expect(!aligned.output.contains("misaligned"))

      var labels: [UInt8] = []
      if case .uint8(let bytes)? = fixture["/label"]?.values { labels = bytes }
      try #require(labels.count == 900)
      var random = testStream("misaligned rows")
      let order = Array(0..<300).shuffled(using: &random)
      fixture["/label"]?.values = .uint8(order.flatMap { labels[(3 * $0)..<(3 * $0 + 3)] })
      try fixture.write(to: path)
      let shuffled = try program.run(["data", "info", path])
      #expect(shuffled.exitCode == 0)
      for modality in ["/image", "/text"] {
        let warning =
          "warning  \(modality): near items share labels hardly more often than random ones; "
          + "rows may be misaligned with the labels"
        #expect(shuffled.output.contains(warning), "\(shuffled.output)")
      }
    }
  }
}
