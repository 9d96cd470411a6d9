import CHDF5
import CHDF5Shims

extension HDF5Dataset {
  /// What the dataset holds instead of numbers, in words that fit after "found"; nil when it holds
  /// numbers.
  var obstacle: String? {
    if isNull { return "no data (an empty dataspace)" }
    return switch elementType {
    case .float16, .float32, .float64, .bool: nil
    case .integer(let bits, _): bits <= 64 ? nil : "\(bits)-bit integers"
    case .string: "text"
    case .other(let name): name == "compound" ? compoundObstacle : "elements of type \(name)"
    }
  }

  /// h5py and MATLAB write complex numbers as a pair.
  private var compoundObstacle: String {
    for pair in [("r", "i"), ("real", "imag")] {
      if H5Tget_member_index(typeID, pair.0) >= 0, H5Tget_member_index(typeID, pair.1) >= 0 {
        return "complex numbers"
      }
    }
    return "a structured type"
  }

  /// Reads all numbers in the order of the file, the last index running fastest.
  ///
  /// - Throws: ``DatasetError`` when they are damaged, or an integer is too large.
  func readValues() throws(DatasetError) -> NumericArray.Values {
    switch elementType {
    case .bool: return .bytes(try readAll(as: typeID, placeholder: 0))
    case .uint8: return .bytes(try readBytes())
    case .integer(bits: 8, isSigned: true):
      return .signedBytes(try readAll(as: chdf5_native_int8(), placeholder: 0))
    case .integer(bits: 64, isSigned: false):
      // Asked for signed integers, the library would silently give the greatest instead.
      let patterns: [UInt64] = try readAll(as: chdf5_native_uint64(), placeholder: 0)
      if let place = patterns.firstIndex(where: { $0 > UInt64(Int64.max) }) {
        throw error(
          expected: "integers below 2^63", found: "\(patterns[place]) at position \(place)")
      }
      return .integers(patterns.map { Int64($0) })
    case .integer:
      return .integers(try readAll(as: chdf5_native_int64(), placeholder: 0))
    case .float16 where isHalfPrecision:
      let halves: [UInt16] = try readAll(as: typeID, placeholder: 0)
      return .floats(
        halves.map { Float(bitPattern: singleBits(ofHalf: UInt16(littleEndian: $0))) })
    case .float16, .float32:
      return .floats(try readAll(as: chdf5_native_float(), placeholder: 0))
    case .float64: return .doubles(try readAll(as: chdf5_native_double(), placeholder: 0))
    case .string, .other:
      throw error(expected: "an array of numbers", found: obstacle ?? elementType.name)
    }
  }
}
