import ArrayFiles
import Retrieval

/// The arrays of a code set as they are read one by one, and whether they fit each other.
struct SetArrays {
  let assignment: RoleAssignment
  let options: CodeSetOptions
  private(set) var codes: [CodeRole: CodeMatrix] = [:]
  private(set) var sources: [CodeSet.Source] = []

  init(assignment: RoleAssignment, options: CodeSetOptions) {
    self.assignment = assignment
    self.options = options
  }

  /// Code matrices in the order of the roles.
  private var matrices: [CodeMatrix] { CodeRole.allCases.compactMap { codes[$0] } }

  mutating func readCodes(_ role: CodeRole) throws(DatasetError) {
    guard codes[role] == nil else { return }
    let matrix = try CodeMatrix(assignment.array(for: role).read(), options: options)
    codes[role] = matrix
    note(role.rawValue, matrix.source, matrix.reading)
  }

  /// - Throws: ``DatasetError`` when packed codes were announced and none are there.
  func checkPacking() throws(DatasetError) {
    guard let order = options.packing, let first = matrices.first?.source else { return }
    guard !matrices.contains(where: { $0.source.elementName == "uint8" }) else { return }
    throw first.error(
      expected: "uint8 codes for --packed \(order.rawValue)", found: first.elementName)
  }

  /// Labels of both sides; checks that there is one row for each code.
  mutating func readLabels() throws(DatasetError) -> LabelReading {
    let queries = try assignment.array(for: .queryLabels).read()
    let retrieval = try assignment.array(for: .retrievalLabels).read()
    let querySide: [CodeRole] = [.queryImage, .queryText, .queries]
    let matrices = CodeRole.allCases.compactMap { role in codes[role].map { (role, $0) } }
    func first(_ isQuery: Bool) -> CodeMatrix? {
      matrices.first { querySide.contains($0.0) == isQuery }?.1
    }
    guard let query = first(true), let item = first(false) else {
      preconditionFailure("a task has codes on both sides")
    }
    let labels = try LabelReading(
      queries: queries, retrieval: retrieval,
      counts: (queries: query.codes.count, retrieval: item.codes.count))
    for (role, matrix) in matrices {
      let isQuery = querySide.contains(role)
      let array = isQuery ? queries : retrieval
      let count = (isQuery ? labels.queries : labels.retrieval).count
      guard matrix.codes.count == count else {
        throw matrix.source.error(
          expected: "\(count) rows of codes, one for each row of \(array.name) "
            + "(\(array.shapeText))",
          found: "shape \(matrix.source.shapeText)"
            + Fit.hint(matrix.source, array) { codes, labels in codes[0] == labels[0] })
      }
    }
    note(CodeRole.queryLabels.rawValue, queries, labels.reading)
    note(CodeRole.retrievalLabels.rawValue, retrieval, labels.reading)
    return labels
  }

  /// The one length of all codes.
  func codeLength() throws(DatasetError) -> Int {
    guard let first = matrices.first else { preconditionFailure("no codes were read") }
    for matrix in matrices where matrix.codes.bits != first.codes.bits {
      throw matrix.source.error(
        expected: "codes of \(first.codes.bits) bits as in \(first.source.name) "
          + "(\(first.source.shapeText))",
        found: "\(matrix.codes.bits) bits, shape \(matrix.source.shapeText)"
          + Fit.hint(first.source, matrix.source) { $0[1] == $1[1] })
    }
    return first.codes.bits
  }

  /// Rows of the queries in the retrieval set; nil when nothing was said of them.
  mutating func readOwnRows(
    _ namespace: ArrayNamespace, queryCount: Int, retrievalCount: Int, isUsed: Bool
  ) throws(DatasetError) -> [Int?]? {
    guard let reference = options.queryRows else { return nil }
    let array = try namespace.member(reference, option: "--query-rows").read()
    guard isUsed else {
      throw array.error(
        expected: "a task I2I or T2T for --query-rows, where a query can find itself",
        found: "codes for none of them")
    }
    let rows = try OwnRows.read(
      array, firstRow: options.firstRow, queryCount: queryCount, retrievalCount: retrievalCount)
    note("query-rows", array, "rows from \(options.firstRow)")
    return rows
  }

  private mutating func note(_ role: String, _ array: NumericArray, _ reading: String) {
    sources.append(
      CodeSet.Source(
        role: role, file: array.file, name: array.name, shape: array.shape, reading: reading))
  }
}
