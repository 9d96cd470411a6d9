import CHDF5
import CHDF5Shims

extension HDF5File {
  /// What a name in a group stands for.
  package enum Member: Hashable {
    case dataset, group, other
  }

  /// The members of a group by name; empty when there is no such group.
  package func members(of group: String) -> [String: Member] {
    FaultGuard.enter(path)
    defer { FaultGuard.leave() }
    guard let opened = HDF5Identifier(H5Gopen2(id, group, hid_t(H5P_DEFAULT)), close: H5Gclose)
    else { return [:] }
    var information = H5G_info_t()
    guard H5Gget_info(opened.id, &information) >= 0 else { return [:] }
    var members: [String: Member] = [:]
    for index in 0..<information.nlinks {
      guard let name = memberName(in: opened.id, at: index) else { continue }
      members[name] = kind(of: name, in: opened.id)
    }
    return members
  }

  private func memberName(in group: hid_t, at index: hsize_t) -> String? {
    func copyName(_ buffer: UnsafeMutablePointer<CChar>?, _ size: Int) -> Int {
      H5Lget_name_by_idx(
        group, ".", H5_INDEX_NAME, H5_ITER_INC, index, buffer, size, hid_t(H5P_DEFAULT))
    }
    let length = copyName(nil, 0)
    guard length > 0 else { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { buffer in
      guard let start = buffer.baseAddress, copyName(start, length + 1) == length else {
        return nil
      }
      return String(cString: start)
    }
  }

  private func kind(of name: String, in group: hid_t) -> Member {
    // A link that leads nowhere does not open.
    guard let object = HDF5Identifier(H5Oopen(group, name, hid_t(H5P_DEFAULT)), close: H5Oclose)
    else { return .other }
    switch H5Iget_type(object.id) {
    case H5I_DATASET: return .dataset
    case H5I_GROUP: return .group
    default: return .other
    }
  }

  /// The string attributes of the root group by name.
  ///
  /// An attribute of another type is listed as `(not a string)`.
  package func attributes() -> [String: String] {
    FaultGuard.enter(path)
    defer { FaultGuard.leave() }
    var attributes: [String: String] = [:]
    var index: hsize_t = 0
    while let attribute = HDF5Identifier(
      H5Aopen_by_idx(
        id, "/", H5_INDEX_NAME, H5_ITER_INC, index, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT)),
      close: H5Aclose)
    {
      let length = H5Aget_name(attribute.id, 0, nil)
      let name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { buffer in
        H5Aget_name(attribute.id, length + 1, buffer.baseAddress)
        return buffer.baseAddress.map { String(cString: $0) } ?? ""
      }
      attributes[name] = text(of: attribute.id) ?? "(not a string)"
      index += 1
    }
    return attributes
  }

  /// A string attribute of an object; nil when there is none.
  func textAttribute(_ name: String, of path: String) -> String? {
    FaultGuard.enter(self.path)
    defer { FaultGuard.leave() }
    guard let attribute = openAttribute(name, of: path) else { return nil }
    return text(of: attribute.id)
  }

  /// An integer attribute of an object; nil when there is none.
  func integerAttribute(_ name: String, of path: String) -> Int? {
    FaultGuard.enter(self.path)
    defer { FaultGuard.leave() }
    guard let attribute = openAttribute(name, of: path),
      let type = HDF5Identifier(H5Aget_type(attribute.id), close: H5Tclose),
      let space = HDF5Identifier(H5Aget_space(attribute.id), close: H5Sclose),
      H5Tget_class(type.id) == H5T_INTEGER, H5Sget_simple_extent_npoints(space.id) == 1
    else { return nil }
    var value = 0
    return H5Aread(attribute.id, chdf5_native_int64(), &value) >= 0 ? value : nil
  }

  private func openAttribute(_ name: String, of path: String) -> HDF5Identifier? {
    let defaults = hid_t(H5P_DEFAULT)
    guard H5Aexists_by_name(id, path, name, defaults) > 0 else { return nil }
    return HDF5Identifier(H5Aopen_by_name(id, path, name, defaults, defaults), close: H5Aclose)
  }

  /// Whether a name is a link by path rather than the object's own place, and may lead in a circle.
  func isSymbolicLink(_ path: String) -> Bool {
    // Only such links have a value.
    var start: UInt8 = 0
    return H5Lget_val(id, path, &start, 1, hid_t(H5P_DEFAULT)) >= 0
  }

  private func text(of attribute: hid_t) -> String? {
    guard let type = HDF5Identifier(H5Aget_type(attribute), close: H5Tclose),
      let space = HDF5Identifier(H5Aget_space(attribute), close: H5Sclose),
      H5Sget_simple_extent_npoints(space.id) == 1
    else { return nil }
    return HDF5Strings.read(type: type.id, space: space.id, count: 1) { memoryType, buffer in
      H5Aread(attribute, memoryType, buffer)
    }?.first
  }
}
