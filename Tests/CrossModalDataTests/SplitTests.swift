import ArrayFiles
import CrossModalData
import Retrieval
import Tensors
import TestSupport
import Testing

@Suite("Stored splits")
struct StoredSplitTests {
  @Test("become retrieval splits as they are")
  func official() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      let split = try CrossModalDataset(path: "\(folder)/tiny.h5").split(for: .stored("official"))
      #expect(split.rule == "stored split official")
      #expect(split.query == (0..<40).filter { $0 % 5 == 0 })
      #expect(split.training == (0..<40).filter { $0 % 5 != 0 })
      #expect(split.retrieval == split.training)
      #expect(split.overlapCount == 32)
    }
  }

  @Test("give the training rows with their labels")
  func trainingRows() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      fixture["/split/train_idx"] = .init([3], .int32([9, 1, 33]))
      try fixture.write(to: "\(folder)/tiny.h5")
      let dataset = try CrossModalDataset(path: "\(folder)/tiny.h5")
      let rows = try dataset.trainingRows(of: dataset.split(for: .stored("official")))
      #expect(rows.labels == dataset.labels.selecting([9, 1, 33]))
      for (source, matrix) in [(dataset.image, rows.image), (dataset.text, rows.text)] {
        let single = Matrix(rows: 1, columns: source.columns)
        for (position, item) in [9, 1, 33].enumerated() {
          try source.copyRows([item], into: single)
          #expect(Array(matrix.row(position)) == Array(single.elements))
        }
      }
    }
  }

  static let faults = [
    Spoiling(
      "an index too high", "/split/query_idx", expected: "indices from 0 to 39",
      found: "40 at position 1"
    ) { $0["/split/query_idx"] = .init([2], .int32([0, 40])) },
    Spoiling(
      "a negative index", "/split/database_idx", expected: "indices from 0 to 39",
      found: "-1 at position 2"
    ) { $0["/split/database_idx"] = .init([3], .int32([1, 2, -1])) },
    Spoiling(
      "a repeated index", "/split/train_idx", expected: "each index once",
      found: "index 7 at positions 1 and 3"
    ) { $0["/split/train_idx"] = .init([4], .int32([6, 7, 8, 7])) },
    Spoiling(
      "queries that are trained on", "/split/train_idx", expected: "no item of query_idx",
      found: "2 of them, the first is item 10"
    ) { $0["/split/train_idx"] = .init([4], .int32([1, 10, 2, 5])) },
    Spoiling("no queries", "/split/query_idx", expected: "at least one index", found: "none") {
      $0["/split/query_idx"] = .init([0], .int32([]))
    },
    Spoiling(
      "indices of two dimensions", "/split/query_idx", expected: "1 dimension", found: "2 (4 × 2)"
    ) { $0["/split/query_idx"]?.shape = [4, 2] },
    Spoiling(
      "real numbers as indices", "/split/train_idx", expected: "int32 indices", found: "float32"
    ) { $0["/split/train_idx"] = .init([1], .float32([1])) },
    Spoiling(
      "a missing query list", "/split/query_idx", expected: "a dataset", found: "nothing"
    ) { $0["/split/query_idx"] = nil },
    Spoiling(
      "a missing database list", "/split/database_idx", expected: "a dataset", found: "nothing"
    ) { $0["/split/database_idx"] = nil },
    Spoiling(
      "a missing training list", "/split/train_idx", expected: "the items to train on",
      found: "none; name another split, such as a random one, in the experiment"
    ) { $0["/split/train_idx"] = nil },
    Spoiling(
      "another name", "/split/official", expected: "a stored split", found: "only first, second"
    ) {
      for name in ["query_idx", "train_idx", "database_idx"] { $0["/split/\(name)"] = nil }
      $0["/split/second/query_idx"] = .init([1], .int32([0]))
      $0["/split_first/query_idx"] = .init([1], .int32([0]))
    },
    Spoiling(
      "no split at all", "/split/official", expected: "a stored split", found: "a file without any"
    ) {
      for name in ["query_idx", "train_idx", "database_idx"] { $0["/split/\(name)"] = nil }
    },
  ]

  @Test("that break a rule are refused", arguments: faults)
  func refused(fault: Spoiling) throws {
    try fault.check { path in
      _ = try CrossModalDataset(path: path).split(for: .stored("official"))
    }
  }
}

@Suite("Random splits")
struct RandomSplitTests {
  private func withDataset(_ body: (CrossModalDataset) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      try body(CrossModalDataset(path: "\(folder)/tiny.h5"))
    }
  }

  @Test(
    "partition the items and train on a part of what is searched",
    arguments: [1, 7, 39], [nil, 1] as [Int?])
  func partition(queryCount: Int, trainingCount: Int?) throws {
    try withDataset { dataset in
      for seed in UInt64(0)..<20 {
        let split = try dataset.split(
          for: .random(queryCount: queryCount, trainingCount: trainingCount, seed: seed))
        #expect(split.query.count == queryCount)
        #expect((split.query + split.retrieval).sorted() == Array(0..<40))
        #expect(split.training.count == trainingCount ?? split.retrieval.count)
        #expect(Set(split.training).isSubset(of: split.retrieval))
        #expect(Set(split.training).count == split.training.count)
        #expect(split.overlapCount == split.training.count)
        #expect(split.retrieval == split.retrieval.sorted())
      }
    }
  }

  @Test("depend on the seed and on nothing else")
  func seeds() throws {
    try withDataset { dataset in
      func draw(_ trainingCount: Int?, _ seed: UInt64) throws -> RetrievalSplit {
        try dataset.split(for: .random(queryCount: 8, trainingCount: trainingCount, seed: seed))
      }
      let first = try draw(5, 1)
      let again = try draw(5, 1)
      let otherSeed = try draw(5, 2)
      let moreTraining = try draw(20, 1)
      #expect(first == again)
      #expect(first.query != otherSeed.query)
      #expect(first.query == moreTraining.query)
      #expect(first.rule == "random split, seed 1")
    }
  }

  @Test("ask with every item about equally often")
  func uniform() throws {
    try withDataset { dataset in
      var counts = [Int](repeating: 0, count: 40)
      for seed in UInt64(0)..<400 {
        let split = try dataset.split(
          for: .random(queryCount: 10, trainingCount: nil, seed: seed))
        for item in split.query { counts[item] += 1 }
      }
      // Mean 100, standard deviation 8.7: six deviations on either side.
      #expect(counts.allSatisfy { (48...152).contains($0) })
    }
  }

  @Test("refuse counts that do not fit")
  func refused() throws {
    try withDataset { dataset in
      func refusal(_ queryCount: Int, _ trainingCount: Int?) -> String? {
        #expect(throws: DatasetError.self) {
          try dataset.split(
            for: .random(queryCount: queryCount, trainingCount: trainingCount, seed: 1))
        }?.description
      }
      let queries = "\(dataset.path): expected a random split of 1 to 39 queries, found"
      #expect(refusal(0, nil) == "\(queries) 0.")
      #expect(refusal(40, nil) == "\(queries) 40.")
      let training =
        "\(dataset.path): expected a random split of 1 to 30 training items beside 10 queries, found"
      #expect(refusal(10, 0) == "\(training) 0.")
      #expect(refusal(10, 31) == "\(training) 31.")
    }
  }
}

@Suite("The digest of a split")
struct SplitDigestTests {
  private let split = RetrievalSplit(
    rule: "by hand", query: [2], training: [0, 1], retrieval: [1, 0, 3])

  // Reference, made with Python: hashlib.sha256(struct.pack('<9Q', 1,2, 2,0,1, 3,1,0,3)).
  @Test("is that of the three lists with their lengths")
  func reference() {
    #expect(split.digest == "450640be02f5b32a8c1bb338de003dbb60eccc21a2fec83c216ec72cac440e0b")
  }

  @Test("changes with every list and with the order, not with the rule")
  func sensitivity() {
    let others = [
      RetrievalSplit(rule: "", query: [3], training: [0, 1], retrieval: [1, 0, 3]),
      RetrievalSplit(rule: "", query: [2], training: [1, 0], retrieval: [1, 0, 3]),
      RetrievalSplit(rule: "", query: [2], training: [0, 1], retrieval: [0, 1, 3]),
      RetrievalSplit(rule: "", query: [2], training: [0], retrieval: [1, 1, 0, 3]),
    ]
    #expect(Set(others.map(\.digest) + [split.digest]).count == 5)
    let renamed = RetrievalSplit(
      rule: "another", query: split.query, training: split.training, retrieval: split.retrieval)
    #expect(renamed.digest == split.digest)
  }

  @Test("overlap counts the training items that are searched")
  func overlap() {
    #expect(split.overlapCount == 2)
    let apart = RetrievalSplit(rule: "", query: [2], training: [0, 1], retrieval: [1, 3])
    #expect(apart.overlapCount == 1)
  }
}
