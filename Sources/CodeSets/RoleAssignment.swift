import ArrayFiles
import Retrieval

/// Decides which array takes which role.
struct RoleAssignment {
  private let namespace: ArrayNamespace
  private let keys: [CodeRole: String]
  /// Whether training items are searched, because their codes are there and no other.
  private let searchesTraining: Bool

  init(_ namespace: ArrayNamespace, keys: [CodeRole: String]) {
    self.namespace = namespace
    self.keys = keys
    let searched: [CodeRole] = [.retrievalImage, .retrievalText, .retrieval]
    func hasCodes(_ names: (UsualNames.Names) -> [String]) -> Bool {
      searched.contains { !namespace.members(named: names(UsualNames.names(of: $0))).isEmpty }
    }
    searchesTraining = hasCodes(\.training) && !hasCodes(\.own)
  }

  /// All arrays that a role may mean; those of `--key` are left to ``array(for:)``.
  private func candidates(_ role: CodeRole) -> [ArrayNamespace.Member] {
    let names = UsualNames.names(of: role)
    let own = namespace.members(named: names.own)
    let training = namespace.members(named: names.training)
    if own.isEmpty || training.isEmpty { return own + training }
    // Both are there: the labels of those items whose codes are there too.
    return role == .retrievalLabels && searchesTraining ? training : own
  }

  /// Whether there is any array for a role.
  func has(_ role: CodeRole) -> Bool { keys[role] != nil || !candidates(role).isEmpty }

  /// The array of a role.
  ///
  /// - Throws: ``DatasetError`` when there is none or more than one.
  func array(for role: CodeRole) throws(DatasetError) -> ArrayNamespace.Member {
    if let key = keys[role] {
      return try namespace.member(key, option: "--key \(role.rawValue)=\(key)")
    }
    let found = candidates(role)
    guard let member = found.first else { throw missing([role]) }
    guard found.count == 1 else {
      let references = found.map { $0.reference(amid: namespace.members) }
      throw namespace.error(
        expected: "one array that is \(role.rawValue) by its name",
        found: "\(references.joined(separator: " and ")); say which with "
          + "--key \(role.rawValue)=NAME")
    }
    return member
  }

  /// The query side and the retrieval side of a task.
  static func sides(of task: RetrievalTask) -> (query: CodeRole, retrieval: CodeRole) {
    switch task {
    case .imageToText: (.queryImage, .retrievalText)
    case .textToImage: (.queryText, .retrievalImage)
    case .imageToImage: (.queryImage, .retrievalImage)
    case .textToText: (.queryText, .retrievalText)
    }
  }

  /// An error that lists the names of missing roles and what there is instead.
  func missing(_ roles: [CodeRole], suffix: String = "") -> DatasetError {
    let wanted = roles.map { role in
      "\(role.rawValue) (\(role.usualNames.joined(separator: ", ")))"
    }
    return namespace.error(
      expected: "an array for \(wanted.joined(separator: " or "))\(suffix), or --key ROLE=NAME",
      found: namespace.listing)
  }
}
