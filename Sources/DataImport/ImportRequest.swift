import ArrayFiles
import Foundation

/// What a user asks to be made into a data file.
package struct ImportRequest: Sendable {
  /// Files and folders to read.
  package var files: [String]
  /// Layout of the files; nil where options name every array.
  package var layout: ImportLayout?
  /// Arrays that options name, as `NAME` or `FILE:NAME`; they come before those of the layout.
  package var arrays: [ImportPart: [ImportRole: String]] = [:]
  /// Whether items of several files are brought together by their names.
  package var joinsByName = false
  /// Whether a file without pictures, texts or labels is wanted.
  package var isPartial = false
  /// Number of items, where the shapes do not tell; nil otherwise.
  package var itemCount: Int?
  /// Which words of captions count.
  package var words = BagOfWords.Options()
  /// Whether features of 32 bits and more are stored in 16.
  package var usesHalfPrecision = false
  /// A list of the labels' names, one a line.
  package var labelNames: String?
  /// A list of the words or tags that the columns of the texts stand for, one a line.
  package var vocabulary: String?
  /// Whether a file of that name may be replaced.
  package var isReplacing = false
  /// Title of the data set, for people.
  package var title: String?
  /// The command that a user gave, for the file's provenance.
  package var command: String

  /// Creates a request.
  package init(files: [String], layout: ImportLayout?, command: String) {
    self.files = files
    self.layout = layout
    self.command = command
  }

  /// Names that arrays usually have, for requests without a layout.
  static let usualForm: ImportLayout.Form = [
    .all: [
      .image: ["image", "images", "img", "I", "XAll"],
      .text: ["text", "texts", "txt", "T", "YAll"],
      .label: ["label", "labels", "L", "LAll", "category"],
      .name: ["image_name", "names", "FAll", "index"], .caption: ["caption", "captions"],
    ]
  ]
}

/// The arrays of the files that a request means, part by part.
struct ImportSources {
  typealias Arrays = [ImportRole: ArrayNamespace.Member]

  let namespace: ArrayNamespace
  /// Arrays of each part that has any.
  let parts: [ImportPart: Arrays]

  /// Opens the files and picks the arrays.
  ///
  /// - Throws: ``DatasetError`` when a file cannot be read, an array that is named is not there, or
  ///   none is found.
  init(_ request: ImportRequest) throws(DatasetError) {
    namespace = try ArrayNamespace(paths: request.files, takesReleases: true)
    // A MATLAB file that is cut short may end before its first array.
    for file in namespace.files where file.entries.isEmpty {
      throw DatasetError(file: file.path, expected: "arrays", found: "none in it")
    }
    var chosen: [ImportPart: Arrays] = [:]
    let forms = request.layout?.forms ?? [ImportRequest.usualForm]
    var best: [ImportPart: Arrays] = [:]
    for form in forms {
      let found = try Self.arrays(of: form, in: namespace, except: request.arrays)
      if Self.count(found) > Self.count(best) { best = found }
    }
    for (part, roles) in request.arrays {
      for (role, reference) in roles where reference != Self.nothing {
        chosen[part, default: [:]][role] = try namespace.member(
          reference, option: "--\(role.rawValue)")
      }
    }
    // Arrays that options name come instead of the layout's of the same part.
    for (part, arrays) in best {
      chosen[part, default: [:]].merge(arrays) { named, _ in named }
    }
    parts = chosen
    guard chosen.values.contains(where: { !$0.isEmpty }) else {
      throw namespace.error(
        expected: request.layout.map { "arrays of layout \($0.name)" }
          ?? "arrays of usual names; say which is which with --image, --text and --label",
        found: namespace.listing)
    }
    if chosen[.all] != nil, chosen.count > 1 {
      throw namespace.error(
        expected: "either all items in one array or parts such as query=NAME",
        found: "both")
    }
  }

  /// What an option gives instead of an array that is not wanted.
  static let nothing = "none"

  private static func count(_ parts: [ImportPart: Arrays]) -> Int {
    parts.values.reduce(0) { $0 + $1.count }
  }

  private static func arrays(
    of form: ImportLayout.Form, in namespace: ArrayNamespace,
    except named: [ImportPart: [ImportRole: String]]
  ) throws(DatasetError) -> [ImportPart: Arrays] {
    var parts: [ImportPart: Arrays] = [:]
    for (part, roles) in form {
      for (role, keys) in roles where named[part]?[role] == nil {
        if let member = try member(keys, role, in: namespace) {
          parts[part, default: [:]][role] = member
        }
      }
    }
    return parts
  }

  /// The array of the first key that is there.
  private static func member(
    _ keys: [ImportKey], _ role: ImportRole, in namespace: ArrayNamespace
  ) throws(DatasetError) -> ArrayNamespace.Member? {
    for key in keys {
      let members = namespace.members(named: [key.name]).filter { member in
        key.fileWord.map { member.file.path.fileName.lowercased().contains($0) } ?? true
      }
      guard let member = members.first else { continue }
      guard members.count == 1 else {
        throw namespace.error(
          expected:
            "one array \(key.name), or an option such as --\(role.rawValue) that says which",
          found: members.map { $0.reference(amid: namespace.members) }.joined(separator: " and "))
      }
      return member
    }
    return nil
  }
}

extension String {
  /// The path without the folders in front.
  var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
