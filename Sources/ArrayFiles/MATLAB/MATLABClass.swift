/// The classes of MATLAB's arrays by the names that MATLAB gives them.
enum MATLABClass {
  /// Where a file of MATLAB 7.3 keeps the name.
  static let attribute = "MATLAB_class"

  /// The NumPy name of a class of numbers; nil for another class.
  static func elementName(_ name: String) -> String? {
    switch name {
    case "double": "float64"
    case "single": "float32"
    case "logical": "bool"
    case "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64": name
    default: nil
    }
  }

  /// What a class holds instead of numbers, in words that fit after "found"; nil for numbers.
  static func obstacle(_ name: String) -> String? {
    guard elementName(name) == nil else { return nil }
    return switch name {
    case "char": "text"
    case "cell": "a cell array"
    case "struct": "a struct array"
    case "function_handle": "a function"
    default: "an object of class \(name)"
    }
  }
}

extension NumericArray.Values {
  /// No numbers of a type, given by its NumPy name.
  init(emptyOf elementName: String) {
    self =
      switch elementName {
      case "bool", "uint8": .bytes([])
      case "int8": .signedBytes([])
      case "float16", "float32": .floats([])
      case "float64": .doubles([])
      default: .integers([])
      }
  }

  /// Truth values as bytes 0 and 1.
  var asTruth: Self {
    switch self {
    case .bytes(let bytes): .bytes(bytes.map { $0 == 0 ? 0 : 1 })
    case .signedBytes(let bytes): .bytes(bytes.map { $0 == 0 ? 0 : 1 })
    case .integers(let integers): .bytes(integers.map { $0 == 0 ? 0 : 1 })
    case .floats(let floats): .bytes(floats.map { $0 == 0 ? 0 : 1 })
    case .doubles(let doubles): .bytes(doubles.map { $0 == 0 ? 0 : 1 })
    }
  }
}
