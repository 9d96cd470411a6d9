import CHDF5

/// An open object of the HDF5 library, closed with its owner.
struct HDF5Identifier: ~Copyable {
  let id: hid_t
  private let close: (hid_t) -> herr_t

  /// Takes ownership of `id`; nil when the library returned an invalid one.
  init?(_ id: hid_t, close: @escaping (hid_t) -> herr_t) {
    guard id >= 0 else { return nil }
    self.id = id
    self.close = close
  }

  deinit {
    FaultGuard.enter()
    _ = close(id)
    FaultGuard.leave()
  }
}
