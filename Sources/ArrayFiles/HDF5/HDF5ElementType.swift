import CHDF5
import CHDF5Shims

/// The type of a dataset's elements, as far as this package tells types apart.
package enum HDF5ElementType: Hashable {
  case float16, float32, float64
  /// What h5py makes of NumPy's `bool`: an enumeration of FALSE and TRUE in one byte.
  case bool
  case integer(bits: Int, isSigned: Bool)
  case string
  case other(String)

  /// Describes a type of the library.
  init(_ type: hid_t) {
    let byteCount = H5Tget_size(type)
    switch H5Tget_class(type) {
    case H5T_FLOAT:
      switch byteCount {
      case 2: self = .float16
      case 4: self = .float32
      case 8: self = .float64
      default: self = .other("\(byteCount * 8)-bit floating point")
      }
    case H5T_INTEGER:
      self = .integer(bits: byteCount * 8, isSigned: H5Tget_sign(type) != H5T_SGN_NONE)
    case H5T_STRING: self = .string
    case H5T_ENUM: self = Self.isBool(type) ? .bool : .other("enumeration")
    case H5T_COMPOUND: self = .other("compound")
    case H5T_REFERENCE: self = .other("reference")
    case H5T_VLEN: self = .other("variable-length list")
    case H5T_ARRAY: self = .other("array")
    default: self = .other("another type")
    }
  }

  /// The name as NumPy prints it, where it has one.
  package var name: String {
    switch self {
    case .float16: "float16"
    case .float32: "float32"
    case .float64: "float64"
    case .integer(let bits, let isSigned): "\(isSigned ? "" : "u")int\(bits)"
    case .bool: "bool"
    case .string: "string"
    case .other(let name): name
    }
  }

  private static func isBool(_ type: hid_t) -> Bool {
    guard H5Tget_size(type) == 1, H5Tget_nmembers(type) == 2 else { return false }
    var values: (UInt8, UInt8) = (0, 0)
    return H5Tenum_valueof(type, "FALSE", &values.0) >= 0
      && H5Tenum_valueof(type, "TRUE", &values.1) >= 0 && values == (0, 1)
  }

  package static let uint8 = HDF5ElementType.integer(bits: 8, isSigned: false)

  package var isInteger: Bool {
    if case .integer = self { true } else { false }
  }
}
