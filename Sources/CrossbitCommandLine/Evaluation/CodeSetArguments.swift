import ArgumentParser
import CodeSets
import Retrieval

/// What files of codes and labels do not say themselves.
struct CodeSetArguments: ParsableArguments {
  @Option(
    name: .customLong("key"),
    help: ArgumentHelp(
      "The array of a role, where usual names do not tell; repeatable. PATH:NAME says the file.",
      valueName: "role=name"))
  var keys: [String] = []

  @Option(
    name: .customLong("task"),
    help: "I2T, T2I, I2I or T2T; repeatable. All that can be measured if absent.",
    transform: Self.task)
  var tasks: [RetrievalTask] = []

  @Option(
    name: .customLong("packed"),
    help: """
      uint8 codes hold eight bits a byte: big as np.packbits makes them, little as faiss does.
      """, transform: Self.bitOrder)
  var packing: CodeSetOptions.BitOrder?

  @Option(help: "Code length of packed codes whose last byte is filled up with zeros.")
  var bits: Int?

  @Option(
    help: ArgumentHelp(
      """
      The array with the row of each query in the retrieval set, -1 for none. In I2I, T2T and \
      codes without a modality that row is left out of the query's ranking.
      """, valueName: "name"))
  var queryRows: String?

  @Option(help: "The number of the first row in that array: 0, or 1 as in MATLAB.")
  var queryRowsFrom = 0

  /// All of it in the words of the reader.
  var options: CodeSetOptions {
    get throws {
      var options = CodeSetOptions()
      options.names = try names()
      options.tasks = tasks
      options.packing = packing
      options.bits = bits
      options.queryRows = queryRows
      options.firstRow = queryRowsFrom
      return options
    }
  }

  private static func task(_ name: String) throws -> RetrievalTask {
    guard let task = RetrievalTask(rawValue: name) else {
      throw ValidationError("The tasks are I2T, T2I, I2I and T2T.")
    }
    return task
  }

  private static func bitOrder(_ name: String) throws -> CodeSetOptions.BitOrder {
    guard let order = CodeSetOptions.BitOrder(rawValue: name) else {
      throw ValidationError("The orders of bits in a byte are big and little.")
    }
    return order
  }

  private func names() throws -> [CodeRole: String] {
    var names: [CodeRole: String] = [:]
    for key in keys {
      let parts = key.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let role = CodeRole(rawValue: parts[0]) else {
        let roles = CodeRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
          "--key is ROLE=NAME with one of the roles \(roles), not “\(key)”.")
      }
      guard names.updateValue(parts[1], forKey: role) == nil else {
        throw ValidationError("--key names the array of \(role.rawValue) twice.")
      }
    }
    return names
  }

  func validate() throws {
    _ = try names()
    if let bits {
      guard packing != nil else {
        throw ValidationError("--bits is for packed codes: say --packed big or --packed little.")
      }
      guard bits >= 1 else { throw ValidationError("--bits is at least 1, not \(bits).") }
    }
    guard (0...1).contains(queryRowsFrom) else {
      throw ValidationError("--query-rows-from is 0 or 1, not \(queryRowsFrom).")
    }
    guard queryRowsFrom == 0 || queryRows != nil else {
      throw ValidationError("--query-rows-from says how --query-rows counts, which is absent.")
    }
  }
}
