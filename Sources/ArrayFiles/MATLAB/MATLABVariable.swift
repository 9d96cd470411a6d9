#if MATIO
  import CMatio

  /// An array that libmatio has described, with or without its numbers, and the fields in it.
  struct MATLABVariable: ~Copyable {
    let array: MATLABArray

    /// Takes ownership; nil when libmatio returned nothing.
    init?(_ pointer: UnsafeMutablePointer<matvar_t>?) {
      guard let pointer else { return nil }
      array = MATLABArray(pointer: pointer)
    }

    deinit { Mat_VarFree(array.pointer) }
  }

  /// An array of libmatio that a ``MATLABVariable`` owns.
  struct MATLABArray {
    let pointer: UnsafeMutablePointer<matvar_t>

    private var isLogical: Bool { pointer.pointee.isLogical != 0 }
    /// Whether only elements other than 0 are stored.
    var isSparse: Bool { pointer.pointee.class_type == MAT_C_SPARSE }

    /// The extents; nil when one is beyond any file.
    private var shape: [Int]? {
      guard let extents = pointer.pointee.dims, pointer.pointee.rank >= 2 else { return nil }
      return (0..<Int(pointer.pointee.rank)).map { Int(clamping: extents[$0]) }
    }

    /// The type by its NumPy name; nil when it is no type of numbers.
    private var elementName: String? {
      if isLogical { return "bool" }
      return switch pointer.pointee.class_type {
      case MAT_C_DOUBLE, MAT_C_SPARSE: "float64"
      case MAT_C_SINGLE: "float32"
      case MAT_C_INT8: "int8"
      case MAT_C_UINT8: "uint8"
      case MAT_C_INT16: "int16"
      case MAT_C_UINT16: "uint16"
      case MAT_C_INT32: "int32"
      case MAT_C_UINT32: "uint32"
      case MAT_C_INT64: "int64"
      case MAT_C_UINT64: "uint64"
      default: nil
      }
    }

    /// The class of what holds no numbers, by the name that MATLAB gives it.
    private var otherClassName: String {
      switch pointer.pointee.class_type {
      case MAT_C_CHAR: "char"
      case MAT_C_CELL: "cell"
      case MAT_C_STRUCT: "struct"
      case MAT_C_FUNCTION: "function_handle"
      default: "unknown"
      }
    }

    /// The name of an array at the top of a file.
    var name: String { pointer.pointee.name.map { String(cString: $0) } ?? "" }

    /// Describes the array.
    ///
    /// - Parameters:
    ///   - name: Its name, behind those of the structs around it.
    ///   - largestByteCount: The greatest size in memory that is believed of it.
    /// - Returns: The entry, with an obstacle when it cannot be read.
    func entry(named name: String, largestByteCount: Int) -> ArrayEntry {
      guard let elementName else {
        return ArrayEntry(
          name: name, shape: shape, elementName: otherClassName,
          obstacle: MATLABClass.obstacle(otherClassName))
      }
      if pointer.pointee.isComplex != 0 {
        return ArrayEntry(
          name: name, shape: shape, elementName: "complex", obstacle: "complex numbers")
      }
      // The size of a sparse matrix in full is compared when its elements are known.
      let elementBytes = isSparse ? 0 : elementBytes(elementName)
      guard let shape, let byteCount = ArrayShape.byteCount(shape, elementBytes: elementBytes),
        byteCount <= largestByteCount
      else {
        return ArrayEntry(
          name: name, shape: nil, elementName: elementName,
          obstacle: "shape \(ArrayShape.text(shape ?? [])), more than the file can hold")
      }
      return ArrayEntry(name: name, shape: shape, elementName: elementName, obstacle: nil)
    }

    private func elementBytes(_ name: String) -> Int {
      switch name {
      case "float64", "int64", "uint64": 8
      case "float32", "int32", "uint32": 4
      case "int16", "uint16": 2
      default: 1
      }
    }

    /// The fields by name where the array is one struct; none where it is something else.
    var fields: [(name: String, array: MATLABArray)] {
      guard pointer.pointee.class_type == MAT_C_STRUCT, shape == [1, 1],
        let names = Mat_VarGetStructFieldnames(pointer)
      else { return [] }
      return (0..<Int(Mat_VarGetNumberOfFields(pointer))).compactMap { index in
        guard let name = names[index], let field = Mat_VarGetStructFieldByIndex(pointer, index, 0)
        else { return nil }
        return (String(cString: name), MATLABArray(pointer: field))
      }
    }

    /// The array itself or, inside structs, the field that a path of names leads to.
    func member(_ path: ArraySlice<Substring>) -> MATLABArray? {
      guard let name = path.first else { return self }
      return fields.first { $0.name == name }?.array.member(path.dropFirst())
    }

    /// The numbers row after row, once libmatio has read them.
    ///
    /// - Throws: ``DatasetError`` that `error` makes when they are damaged.
    func values(
      shape: [Int], error: (_ expected: String, _ found: String) -> DatasetError
    ) throws(DatasetError) -> NumericArray.Values {
      let count = ArrayShape.count(shape)
      guard self.shape == shape, let elementName else {
        throw error("shape \(ArrayShape.text(shape))", "another shape")
      }
      if isSparse { return try sparse(shape, error: error) }
      guard count > 0 else { return NumericArray.Values(emptyOf: elementName) }
      let elementBytes = Mat_SizeOf(pointer.pointee.data_type)
      guard let data = pointer.pointee.data, elementBytes > 0,
        pointer.pointee.nbytes / elementBytes >= count,
        let values = try numbers(
          UnsafeRawPointer(data), count, type: pointer.pointee.data_type, error: error)
      else { throw error("\(count) numbers", "damaged data") }
      return (isLogical ? values.asTruth : values).rowMajor(shape: shape)
    }

    private func sparse(
      _ shape: [Int], error: (_ expected: String, _ found: String) -> DatasetError
    ) throws(DatasetError) -> NumericArray.Values {
      guard shape.count == 2,
        let parts = pointer.pointee.data?.assumingMemoryBound(to: mat_sparse_t.self).pointee,
        let starts = parts.jc, Int(parts.njc) >= shape[1] + 1
      else { throw error("a sparse matrix", "damaged data") }
      let count = Int(starts[shape[1]])
      // A matrix without elements may have lists of one, or none.
      var rows: [Int] = []
      var values = NumericArray.Values.doubles([])
      if count > 0 {
        guard let ir = parts.ir, let data = parts.data, Int(parts.nir) >= count,
          Int(parts.ndata) >= count,
          let numbers = try numbers(
            UnsafeRawPointer(data), count, type: pointer.pointee.data_type, error: error)
        else { throw error("\(count) elements", "fewer") }
        rows = (0..<count).map { Int(ir[$0]) }
        values = numbers
      }
      let matrix = SparseColumns(
        rowCount: shape[0], columnCount: shape[1], rows: rows,
        starts: (0...shape[1]).map { Int(starts[$0]) },
        values: isLogical ? values.asTruth : values.asDoubles)
      return try matrix.dense(error: error)
    }

    /// Numbers of a type of libmatio in the order of the file; nil when it is no type of numbers.
    private func numbers(
      _ data: UnsafeRawPointer, _ count: Int, type: matio_types,
      error: (_ expected: String, _ found: String) -> DatasetError
    ) throws(DatasetError) -> NumericArray.Values? {
      func elements<Element>(_ type: Element.Type) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: data.assumingMemoryBound(to: type), count: count)
      }
      switch type {
      case MAT_T_UINT8: return .bytes(Array(elements(UInt8.self)))
      case MAT_T_INT8: return .signedBytes(Array(elements(Int8.self)))
      case MAT_T_INT16: return .integers(elements(Int16.self).map { Int64($0) })
      case MAT_T_UINT16: return .integers(elements(UInt16.self).map { Int64($0) })
      case MAT_T_INT32: return .integers(elements(Int32.self).map { Int64($0) })
      case MAT_T_UINT32: return .integers(elements(UInt32.self).map { Int64($0) })
      case MAT_T_INT64: return .integers(Array(elements(Int64.self)))
      case MAT_T_UINT64:
        let patterns = elements(UInt64.self)
        if let place = patterns.firstIndex(where: { $0 > UInt64(Int64.max) }) {
          throw error("integers below 2^63", "\(patterns[place])")
        }
        return .integers(patterns.map { Int64($0) })
      case MAT_T_SINGLE: return .floats(Array(elements(Float.self)))
      case MAT_T_DOUBLE: return .doubles(Array(elements(Double.self)))
      default: return nil
      }
    }
  }

  extension NumericArray.Values {
    /// The numbers in double precision: a sparse matrix may be stored in a narrower type.
    fileprivate var asDoubles: Self {
      switch self {
      case .bytes(let bytes): .doubles(bytes.map { Double($0) })
      case .signedBytes(let bytes): .doubles(bytes.map { Double($0) })
      case .integers(let integers): .doubles(integers.map { Double($0) })
      case .floats(let floats): .doubles(floats.map { Double($0) })
      case .doubles: self
      }
    }
  }
#endif
