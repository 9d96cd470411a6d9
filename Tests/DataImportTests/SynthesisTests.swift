import ArrayFiles
import CrossModalData
import DataImport
import Foundation
import Retrieval
import TestSupport
import Testing

@Suite("Data that are made up")
struct SynthesisTests {
  /// MIRFlickr in small.
  private var recipe: DatasetSynthesis {
    get throws {
      var shape = try #require(SyntheticShape.named("mirflickr25k"))
      shape.itemCount = 600
      shape.imageColumns = 64
      return DatasetSynthesis(shape: shape)
    }
  }

  @Test("have the sizes asked for, and say in the file that they are made up")
  func sizes() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/made.h5"
      let remarks = try recipe.write(to: path)
      let dataset = try CrossModalDataset(path: path)
      try dataset.validateFeatures()
      #expect(dataset.itemCount == 600)
      #expect(dataset.imageColumns == 64)
      #expect(dataset.textColumns == 1386)
      #expect(dataset.labelCount == 24)
      #expect(dataset.surrogate == "image, text, label")
      #expect(remarks[0].hasPrefix("made up: image, text, label; "))
      // Every item has a label and a word; the means are about those of the release.
      let counts = (0..<600).map { dataset.labels.cardinality(of: $0) }
      #expect(counts.allSatisfy { $0 > 0 })
      let meanCount = Double(counts.reduce(0, +)) / 600
      #expect(abs(meanCount - 3.78) < 0.3)
      let words = try #require(try rows("text", of: path)).map { $0.reduce(0, +) }
      #expect(words.allSatisfy { $0 > 0 })
      let meanLength = words.reduce(0, +) / 600
      #expect(abs(meanLength - 4.8) < 1.5)
    }
  }

  @Test("are the same for a seed, and others for another")
  func seeds() throws {
    try withTemporaryFolder { folder in
      var recipe = try recipe
      _ = try recipe.write(to: "\(folder)/one.h5")
      _ = try recipe.write(to: "\(folder)/two.h5")
      recipe.seed = 2
      _ = try recipe.write(to: "\(folder)/other.h5")
      for name in ["image", "text", "label"] {
        let one = try rows(name, of: "\(folder)/one.h5")
        let two = try rows(name, of: "\(folder)/two.h5")
        let other = try rows(name, of: "\(folder)/other.h5")
        #expect(one == two, "\(name)")
        #expect(one != other, "\(name)")
      }
    }
  }

  @Test(
    "have pictures whose neighbours agree as often as is asked for", arguments: [0.75, 0.85, 0.92])
  func agreement(wanted: Double) throws {
    try withTemporaryFolder { folder in
      var recipe = try recipe
      recipe.agreement = wanted
      let remark = try recipe.write(to: "\(folder)/made.h5")[0]
      let text = try #require(
        remark.split(separator: " ").compactMap { word in
          Double(word.filter { $0.isNumber || $0 == "." })
        }.first { $0 > 0 && $0 < 1 })
      // 500 items with 5 neighbours each: a neighbour more or less moves the share by 1 / 2500.
      #expect(abs(text - wanted) < 0.02, "\(remark)")
      let summary = try DatasetSummary(ofFileAt: "\(folder)/made.h5")
      let image = try #require(summary.agreements.first { $0.path == "/image" })
      // Another sample of the same items.
      #expect(abs(image.agreement - wanted) < 0.06)
      #expect(!image.isDoubtful)
    }
  }

  @Test("keep the labels, texts, names and splits of a file whose pictures are missing")
  func source() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic(itemCount: 300)
      fixture["/image"] = nil
      try fixture.write(to: "\(folder)/labels.h5")
      var recipe = try recipe
      recipe.source = "\(folder)/labels.h5"
      _ = try recipe.write(to: "\(folder)/made.h5")
      for name in ["text", "label", "split/query_idx", "split/train_idx", "split/database_idx"] {
        let made = try rows(name, of: "\(folder)/made.h5")
        let source = try rows(name, of: "\(folder)/labels.h5")
        #expect(made == source, "\(name)")
      }
      let dataset = try CrossModalDataset(path: "\(folder)/made.h5")
      #expect(dataset.surrogate == "image")
      #expect(dataset.labelNames == ["label 0", "label 1", "label 2"])
      #expect(dataset.imageColumns == 64)
    }
  }

  @Test(
    "have pictures of which a linear probe says what is asked for, at the same agreement",
    arguments: [0.5, 0.6, 0.7])
  func probe(wanted: Double) throws {
    try withTemporaryFolder { folder in
      var recipe = try recipe
      recipe.agreement = 0.85
      _ = try recipe.write(to: "\(folder)/without.h5")
      recipe.probe = wanted
      let remark = try recipe.write(to: "\(folder)/made.h5")[0]
      let shares = remark.split(whereSeparator: { !$0.isNumber && $0 != "." }).compactMap {
        Double($0)
      }
      // Neighbours, chance; probe, the most frequent label.
      try #require(shares.count == 4, "\(remark)")
      #expect(abs(shares[0] - 0.85) < 0.02, "\(remark)")
      // 200 items ask: four of them.
      #expect(abs(shares[2] - wanted) <= 0.02, "\(remark)")
      let summary = try DatasetSummary(ofFileAt: "\(folder)/made.h5")
      #expect(summary.attributes["synthesis"]?.hasSuffix(remark) == true)
      // Other items are fitted and asked: three deviations of the share of 200 of them.
      let probe = try #require(summary.probes.first { $0.path == "/image" })
      #expect(abs(probe.accuracy - wanted) < 3 * (0.25 / 200).squareRoot(), "\(probe)")
      let plain = try DatasetSummary(ofFileAt: "\(folder)/without.h5")
      let usual = try #require(plain.probes.first { $0.path == "/image" })
      #expect(usual.accuracy > probe.accuracy)
      // Labels and texts are those of the same seed without a probe.
      for name in ["text", "label"] {
        let (one, other) = (
          try rows(name, of: "\(folder)/made.h5"), try rows(name, of: "\(folder)/without.h5")
        )
        #expect(one == other, "\(name)")
      }
    }
  }

  @Test("say which linear probes are in reach at an agreement", arguments: [0.05, 0.9999])
  func unreachableProbe(wanted: Double) throws {
    try withTemporaryFolder { folder in
      var recipe = try recipe
      recipe.agreement = 0.85
      recipe.probe = wanted
      let made = recipe
      let error = #expect(throws: DatasetError.self) { try made.write(to: "\(folder)/made.h5") }
      #expect(error?.expected.hasPrefix("a linear probe between 0.") == true)
      #expect(
        error?.expected.hasSuffix(", as an agreement of neighbours of 0.850 admits") == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("need 200 items with labels")
  func few() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic(itemCount: 4).write(to: "\(folder)/few.h5")
      var recipe = try recipe
      recipe.source = "\(folder)/few.h5"
      let made = recipe
      let error = #expect(throws: DatasetError.self) { try made.write(to: "\(folder)/made.h5") }
      #expect(
        error?.description == "\(folder)/few.h5, dataset /label: expected at least 200 items with "
          + "labels, found 4.")
    }
  }

  @Test("need an agreement above chance")
  func unreachable() throws {
    try withTemporaryFolder { folder in
      var recipe = try recipe
      recipe.agreement = 0.1
      let made = recipe
      let error = #expect(throws: DatasetError.self) { try made.write(to: "\(folder)/made.h5") }
      #expect(error?.expected.hasPrefix("an agreement of neighbours between chance, 0.") == true)
      #expect(error?.found == "0.100")
    }
  }

  @Test("need labels to be made of")
  func refusal() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      fixture["/label"] = nil
      fixture["/label_names"] = nil
      try fixture.write(to: "\(folder)/bare.h5")
      var recipe = try recipe
      recipe.source = "\(folder)/bare.h5"
      let made = recipe
      let error = #expect(throws: DatasetError.self) { try made.write(to: "\(folder)/made.h5") }
      #expect(
        error?.description
          == "\(folder)/bare.h5, dataset /label: expected labels to make pictures of, found none.")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["bare.h5"])
    }
  }
}
