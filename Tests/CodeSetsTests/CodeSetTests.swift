import ArrayFiles
import CodeSets
import Retrieval
import TestSupport
import Testing

@Suite("Code sets")
struct CodeSetTests {
  @Test("reads ±1 and 0/1 codes of both modalities from one folder")
  func folder() throws {
    try withTemporaryFolder { folder in
      try NumPyFile.write(
        path: "\(folder)/q_img.npy", shape: [2, 3], values: [1, -1, 1, -1, -1, 1] as [Float])
      try NumPyFile.write(
        path: "\(folder)/r_txt.npy", shape: [1, 3], values: [0, 1, 1] as [UInt8])
      try NumPyFile.write(
        path: "\(folder)/q_l.npy", shape: [2, 2], values: [1, 0, 0, 0] as [Int64])
      try NumPyFile.write(path: "\(folder)/r_l.npy", shape: [1, 2], values: [1, 1] as [Double])
      let set = try CodeSet(paths: [folder])
      #expect(set.bits == 3)
      #expect(set.tasks.map(\.name) == ["I2T"])
      #expect(set.tasks[0].queries.words == [0b101, 0b100])
      #expect(set.tasks[0].retrieval.words == [0b110])
      #expect(set.queryLabels.words == [1, 0])
      #expect(set.unlabelledQueryCount == 1)
      #expect(set.sources.map(\.reading) == ["±1", "0/1", "0/1, 2 labels", "0/1, 2 labels"])
    }
  }
}
