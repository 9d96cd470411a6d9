import CHDF5
import Tensors
import TestSupport
import Testing

@testable import ArrayFiles
@testable import CrossModalData

@Suite("Rows that are read by blocks")
struct UnmappedRowsTests {
  private static let rowCount = 300
  private static let columns = 4

  /// Opens a dataset of 300 rows whose elements count up from 0.
  private func withDataset(
    chunk: [Int], _ body: (HDF5Dataset) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture()
      fixture["/image"] = .init(
        [Self.rowCount, Self.columns],
        .float32((0..<(Self.rowCount * Self.columns)).map(Float.init)), layout: .compressed(chunk))
      try fixture.write(to: "\(folder)/rows.h5")
      try body(HDF5Dataset("/image", in: HDF5File(path: "\(folder)/rows.h5")))
    }
  }

  @Test(
    "are the rows asked for, whatever the gaps, the order and the memory",
    arguments: [1, 2, 3, 7, 32, 1000], [[64, 4], [300, 4], [10, 3]])
  func gather(stageRows: Int, chunk: [Int]) throws {
    try withDataset(chunk: chunk) { dataset in
      var random = testStream("unmapped rows \(stageRows)")
      let rows = UnmappedRows(
        dataset, stageBytes: stageRows * Self.columns * MemoryLayout<Float>.stride)
      for density in [0.02, 0.1, 0.3, 0.9] {
        let ascending = (0..<Self.rowCount).filter { _ in random.nextUniform() < density }
        for indices in [ascending, ascending.shuffled(using: &random), ascending + ascending] {
          let target = Matrix(rows: indices.count, columns: Self.columns)
          try rows.copyRows(indices[...], into: target)
          let expected = indices.flatMap { row in
            (0..<Self.columns).map { Float(row * Self.columns + $0) }
          }
          #expect(Array(target.elements) == expected)
        }
      }
    }
  }

  /// Bytes of the cache that the library uses for a dataset.
  private func cacheBytes(of dataset: HDF5Dataset) -> Int {
    let access = H5Dget_access_plist(dataset.id)
    defer { H5Pclose(access) }
    var slots = 0
    var bytes = 0
    var policy = 0.0
    H5Pget_chunk_cache(access, &slots, &bytes, &policy)
    return bytes
  }

  @Test("of large chunks get a cache that holds every chunk of a row")
  func cache() throws {
    try withDataset(chunk: [64, 4]) { #expect(cacheBytes(of: $0) == 1 << 20) }
    try withTemporaryFolder { folder in
      // Two chunks of 400 × 512 numbers lie side by side: 1.6 MB, above the library's default.
      var fixture = HDF5Fixture()
      fixture["/image"] = .init(
        [400, 1000], .float32(Array(repeating: 1, count: 400_000)), layout: .compressed([400, 512]))
      try fixture.write(to: "\(folder)/large.h5")
      let dataset = try HDF5Dataset("/image", in: HDF5File(path: "\(folder)/large.h5"))
      #expect(cacheBytes(of: dataset) == 400 * 1024 * 4)
    }
  }
}
