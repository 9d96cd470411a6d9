import ArrayFiles
import Foundation
import Testing

/// The files that `Fixtures/make_fixtures.py` wrote, and what they hold.
enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures").path

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// What an entry holds; nil stands for an entry that holds no numbers.
  struct Entry: Decodable {
    let shape: [Int]
    let type: String
    let values: [Number]
  }

  /// A number of `expected.json`: exact where it is an integer.
  enum Number: Decodable, Equatable {
    case integer(Int64)
    case real(Double)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let integer = try? container.decode(Int64.self) {
        self = .integer(integer)
      } else if let real = try? container.decode(Double.self) {
        self = .real(real)
      } else {
        // NaN and infinity, which JSON has not.
        let text = try container.decode(String.self)
        self = .real(try #require(Double(text)))
      }
    }

    func equals(_ value: Double) -> Bool {
      switch self {
      case .integer(let integer): value == Double(integer)
      case .real(let real): value == real || value.isNaN && real.isNaN
      }
    }
  }

  static func expected() throws -> [String: [String: Entry?]] {
    try JSONDecoder().decode(
      [String: [String: Entry?]].self,
      from: Data(contentsOf: URL(fileURLWithPath: path("expected.json"))))
  }

  /// Files that `expected.json` describes, without those that this build cannot read.
  static var describedFiles: [String] {
    ((try? expected()) ?? [:]).keys.sorted().filter { hasMATIO || !needsMATIO.contains($0) }
  }

  static let needsMATIO = ["matlab4.mat", "matlab5.mat", "matlab5-compressed.mat"]

  #if MATIO
    static let hasMATIO = true
  #else
    static let hasMATIO = false
  #endif
}

/// Compares an array with what the script wrote, number by number.
func expectEqual(_ array: NumericArray, _ expected: Fixture.Entry) {
  #expect(array.shape == expected.shape)
  #expect(array.elementName == expected.type)
  guard array.count == expected.values.count else {
    Issue.record("\(array.name): \(array.count) numbers, not \(expected.values.count)")
    return
  }
  for position in 0..<array.count {
    let isEqual =
      if case .integers(let integers) = array.values {
        expected.values[position] == .integer(integers[position])
      } else {
        expected.values[position].equals(array[position])
      }
    #expect(isEqual, "\(array.name) \(position): \(array[position]), \(expected.values[position])")
  }
}

/// The sentence with which a body is refused.
func refusal(_ body: () throws -> Void) -> String? {
  #expect(throws: DatasetError.self) { try body() }?.description
}

/// The bytes of a `.npy` file of format 1.0 with any header.
func npyBytes(_ header: String, data: [UInt8] = []) -> [UInt8] {
  let text = Array("\(header)\n".utf8)
  return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count % 256), UInt8(text.count / 256)]
    + text + data
}

/// The bytes of a `.npy` file of this type and shape.
func npyBytes(_ type: String, fortran: Bool = false, shape: String, data: [UInt8] = []) -> [UInt8] {
  npyBytes(
    "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }",
    data: data)
}

func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}
