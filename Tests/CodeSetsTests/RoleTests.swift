import ArrayFiles
import CodeSets
import Retrieval
import TestSupport
import Testing

@Suite("Roles of arrays")
struct RoleTests {
  private static let usualNames = CodeRole.allCases.flatMap { role in
    role.usualNames.map { (role, $0) }
  }

  @Test("are settled by names that belong to one role only")
  func namesAreDistinct() {
    let names = Self.usualNames.map { $0.1 }
    #expect(Set(names).count == names.count)
  }

  @Test("follow from each usual name", arguments: usualNames)
  func usualName(role: CodeRole, name: String) throws {
    let isQuery = role.rawValue.hasPrefix("quer")
    let codes = isQuery ? [1.0, 1, -1, 1] : [1, 1, -1, 1, 1, -1]
    let partner: String? =
      switch role {
      case .queryImage, .queryText: "r_img"
      case .retrievalImage, .retrievalText: "q_img"
      case .queries: "rB"
      case .retrieval: "qB"
      case .queryLabels, .retrievalLabels: nil
      }
    var arrays = Arrays.sound
    if let partner, let item = Arrays.sound.items[isQuery ? "r_txt" : "q_img"] {
      arrays = arrays.without("q_img").without("r_txt")
        .with(partner, item.shape, item.values).with(name, [codes.count / 2, 2], codes)
    } else if let old = isQuery ? "q_l" : "r_l", let item = Arrays.sound.items[old] {
      arrays = arrays.without(old).with(name, item.shape, item.values)
    }
    let set = try arrays.read()
    #expect(set.sources.first { $0.role == role.rawValue }?.name == name)
  }

  @Test("give the tasks whose sides are there")
  func tasks() throws {
    let queries = Arrays.sound.with("q_txt", [2, 2], [1, 1, 1, 1])
    #expect(try queries.read().tasks.map(\.name) == ["I2T", "T2T"])
    let all = queries.with("r_img", [3, 2], [1, 1, 1, 1, 1, 1])
    #expect(try all.read().tasks.map(\.name) == ["I2T", "T2I", "I2I", "T2T"])
    #expect(try all.read { $0.tasks = [.textToImage] }.tasks.map(\.name) == ["T2I"])
    let refusal = try Arrays.sound.refusal { $0.tasks = [.textToImage] }
    #expect(refusal.contains("query-text (q_txt, "), "\(refusal)")
    #expect(refusal.contains(" of task T2I, or --key ROLE=NAME, found only q_img (2 × 2), "))
  }

  @Test("without a modality are one task, named or not")
  func plainCodes() throws {
    let plain = Arrays.sound.without("q_img").without("r_txt")
      .with("qB", [2, 2], [1, 1, 1, 1]).with("rB", [3, 2], [1, 1, 1, 1, 1, 1])
    #expect(try plain.read().tasks.map(\.name) == ["codes"])
    #expect(try plain.read { $0.tasks = [.imageToText] }.tasks.map(\.name) == ["I2T"])
    let two = try plain.refusal { $0.tasks = [.imageToText, .textToImage] }
    #expect(two.contains("of task I2T"), "\(two)")
  }

  @Test("prefer a database over training items, and the labels that go with the codes")
  func databaseAndTraining() throws {
    let codes = (3, [1.0, 1, 1, 1, 1, 1])
    let both = Arrays.sound.without("q_img").without("r_txt").without("r_l")
      .with("B_te", [2, 2], [1, 1, 1, 1]).with("B_tr", [3, 2], codes.1)
      .with("L_tr", [3, 3], [1, 1, 1, 1, 1, 1, 1, 1, 1])
      .with("L_db", [1, 3], [0, 0, 1])
    #expect(try both.read().sources.map(\.name) == ["B_te", "B_tr", "q_l", "L_tr"])
    let database = both.with("B_db", [1, 2], [1, 1])
    #expect(try database.read().sources.map(\.name) == ["B_te", "B_db", "q_l", "L_db"])
  }

  @Test("that two arrays may take are refused until a key says which")
  func ambiguity() throws {
    let arrays = Arrays.sound.with("qBX", [2, 2], [1, 1, 1, 1])
    #expect(
      try arrays.refusal() == "F: expected one array that is query-image by its name, found q_img "
        + "and qBX; say which with --key query-image=NAME.")
    let set = try arrays.read { $0.names[.queryImage] = "qBX" }
    #expect(set.sources.first?.name == "qBX")
  }

  @Test("that no array takes are refused with the names looked for and what is there")
  func missing() throws {
    let refusal = try Arrays.sound.without("r_l").refusal()
    #expect(
      refusal.hasPrefix("F: expected an array for retrieval-labels (r_l, retrieval_labels, "))
    #expect(
      refusal.hasSuffix(
        "or --key ROLE=NAME, found only q_img (2 × 2), q_l (2 × 3), r_txt (3 × 2)."), "\(refusal)")
    let key = try Arrays.sound.refusal { $0.names[.queryImage] = "absent" }
    #expect(key.contains("the array absent of --key query-image=absent"), "\(key)")
    let nothing = try Arrays.sound.without("q_img").refusal()
    #expect(nothing.contains("query-image (q_img, "), "\(nothing)")
  }

  @Test("are found inside the groups of an HDF5 file, unless two have one name")
  func groups() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/codes.h5"
      var file = HDF5Fixture()
      file["/codes/q_img"] = .init([2, 2], .int8([1, -1, -1, -1]))
      file["/codes/r_txt"] = .init([1, 2], .int8([1, 1]))
      file["/labels/q_l"] = .init([2], .int64([3, 4]))
      file["/labels/r_l"] = .init([1], .int64([3]))
      try file.write(to: path)
      #expect(try CodeSet(paths: [path]).sources[0].name == "codes/q_img")
      file["/64/q_img"] = .init([2, 2], .int8([1, 1, 1, 1]))
      try file.write(to: path)
      let refusal = #expect(throws: DatasetError.self) { try CodeSet(paths: [path]) }
      #expect(
        refusal?.found
          == "64/q_img and codes/q_img; say which with --key query-image=NAME")
      var options = CodeSetOptions()
      options.names[.queryImage] = "/64/q_img"
      #expect(try CodeSet(paths: [path], options: options).sources[0].name == "64/q_img")
    }
  }

  @Test("in two files with one name are told apart by the path")
  func paths() throws {
    try withTemporaryFolder { first in
      try withTemporaryFolder { second in
        try Arrays.sound.write(to: first)
        try Arrays.sound.with("q_img", [2, 2], [1, 1, 1, 1]).write(to: second)
        var options = CodeSetOptions()
        for (role, name) in [
          (CodeRole.queryImage, "q_img"), (.retrievalText, "r_txt"), (.queryLabels, "q_l"),
          (.retrievalLabels, "r_l"),
        ] {
          options.names[role] = "\(second):\(name)"
        }
        let set = try CodeSet(paths: [first, second], options: options)
        #expect(set.tasks[0].queries.words == [0b11, 0b11])
        // One folder twice holds each array once.
        #expect(try CodeSet(paths: [first, first]).tasks[0].queries.words == [0b01, 0])
        options.names[.queryImage] = "q_img"
        let refusal = #expect(throws: DatasetError.self) {
          try CodeSet(paths: [first, second], options: options)
        }
        #expect(refusal?.found == "2 of that name; write \(first):q_img or \(second):q_img")
      }
    }
  }

  @Test("given by --key that no task needs are refused")
  func unusedKey() throws {
    let refusal = try Arrays.sound.refusal { $0.names = [.retrieval: "r_txt"] }
    #expect(
      refusal.contains(
        "expected a use for --key retrieval=r_txt, found tasks I2T, which need no retrieval"),
      "\(refusal)")
  }
}
