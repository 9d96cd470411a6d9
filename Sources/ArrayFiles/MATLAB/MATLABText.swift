#if MATIO
  import CMatio

  /// Text that libmatio has read: matrices of characters and cell arrays of them.
  enum MATLABText {
    /// Cells may hold cells; no sound file nests them deeper.
    private static let greatestDepth = 4

    /// The rows of a matrix of characters, or one string for each member of a cell array; nil when
    /// the array holds something else or is damaged.
    static func strings(of variable: UnsafePointer<matvar_t>) -> [String]? {
      switch variable.pointee.class_type {
      case MAT_C_CHAR: rows(of: variable)
      case MAT_C_CELL: members(of: variable, depth: 0)
      default: nil
      }
    }

    private static func count(of variable: UnsafePointer<matvar_t>) -> Int? {
      guard let extents = variable.pointee.dims, variable.pointee.rank >= 2 else { return nil }
      return ArrayShape.byteCount(
        (0..<Int(variable.pointee.rank)).map { Int(clamping: extents[$0]) }, elementBytes: 1)
    }

    private static func members(
      of variable: UnsafePointer<matvar_t>, depth: Int
    ) -> [String]? {
      guard depth < greatestDepth, let count = count(of: variable),
        count <= variable.pointee.nbytes / MemoryLayout<UnsafeRawPointer>.size
      else { return nil }
      guard count > 0 else { return [] }
      guard
        let cells = variable.pointee.data?
          .assumingMemoryBound(to: UnsafeMutablePointer<matvar_t>?.self)
      else { return nil }
      var strings: [String] = []
      strings.reserveCapacity(count)
      for index in 0..<count {
        guard let cell = cells[index] else { return nil }
        let parts: [String]? =
          switch cell.pointee.class_type {
          case MAT_C_CHAR: rows(of: cell)
          case MAT_C_CELL: members(of: cell, depth: depth + 1)
          // What MATLAB makes of a cell that was never filled.
          case MAT_C_EMPTY: []
          default: self.count(of: cell) == 0 ? [] : nil
          }
        guard let parts else { return nil }
        strings.append(parts.joined(separator: " "))
      }
      return strings
    }

    private static func rows(of variable: UnsafePointer<matvar_t>) -> [String]? {
      guard let count = count(of: variable), variable.pointee.rank == 2 else { return nil }
      guard count > 0 else { return [""] }
      guard let data = variable.pointee.data else { return nil }
      let rowCount = Int(clamping: variable.pointee.dims[0])
      switch variable.pointee.data_type {
      case MAT_T_UINT16, MAT_T_UTF16:
        guard variable.pointee.nbytes / 2 >= count else { return nil }
        let units = UnsafeBufferPointer(
          start: data.assumingMemoryBound(to: UInt16.self), count: count)
        return CharacterMatrix(Array(units), rows: rowCount).strings
      case MAT_T_UINT8, MAT_T_INT8, MAT_T_UTF8:
        let byteCount = Int(clamping: variable.pointee.nbytes)
        let bytes = UnsafeBufferPointer(
          start: data.assumingMemoryBound(to: UInt8.self), count: byteCount)
        // A character beyond ASCII takes several bytes, which one row alone can hold.
        if rowCount == 1 { return [String(decoding: bytes, as: UTF8.self)] }
        guard byteCount >= count else { return nil }
        return CharacterMatrix(bytes.prefix(count).map { UInt16($0) }, rows: rowCount).strings
      default: return nil
      }
    }
  }
#endif
