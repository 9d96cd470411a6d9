package import Retrieval

/// What a user says about a code set beyond its files.
package struct CodeSetOptions: Sendable {
  /// Order of the bits inside a byte.
  package enum BitOrder: String, Sendable, CaseIterable {
    /// The first bit is the greatest, as `np.packbits` does unless told otherwise.
    case big
    /// The first bit is the least, as faiss does.
    case little
  }

  /// Arrays by `NAME` or `PATH:NAME`, for roles that usual names do not settle.
  package var names: [CodeRole: String] = [:]
  /// Tasks to measure; empty for all that can be measured.
  package var tasks: [RetrievalTask] = []
  /// How `uint8` matrices of codes hold eight bits a byte; nil where a number is a bit.
  package var packing: BitOrder?
  /// Code length of packed codes; nil for all bits of the bytes.
  package var bits: Int?
  /// The array that holds the row of each query in the retrieval set; nil where there is none.
  package var queryRows: String?
  /// The number of the first row in that array, 0 or 1.
  package var firstRow = 0

  /// Usual names, all tasks, a number for each bit.
  package init() {}
}
