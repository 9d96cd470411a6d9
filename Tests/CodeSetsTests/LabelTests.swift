import CodeSets
import Retrieval
import Testing

@Suite("Labels of a code set")
struct LabelTests {
  @Test("may be one class an item in any usual shape", arguments: [[3], [3, 1], [1, 3]])
  func classes(shape: [Int]) throws {
    let arrays = Arrays.sound.with("q_l", [2], [7, 900]).with("r_l", shape, [900, 5, 7])
    let set = try arrays.read()
    // 5, 7 and 900 become the labels 0, 1 and 2.
    #expect(set.queryLabels.words == [0b010, 0b100])
    #expect(set.retrievalLabels.words == [0b100, 0b001, 0b010])
    #expect(set.sources.last?.reading == "classes, 3 of them")
  }

  @Test("of one query are a matrix where they are as wide as the other side's")
  func oneQuery() throws {
    let set = try Arrays.sound.with("q_img", [1, 2], [1, -1]).with("q_l", [1, 3], [0, 1, 1]).read()
    #expect(set.queryLabels.words == [0b110])
    #expect(set.queryLabels.labelCount == 3)
  }

  @Test("may be missing for an item, which is counted")
  func unlabelled() throws {
    let set = try Arrays.sound.read()
    #expect(set.unlabelledQueryCount == 0)
    #expect(set.unlabelledRetrievalCount == 1)
  }

  @Test("of more than 64 classes keep them apart")
  func manyClasses() throws {
    let ids = (0..<130).map(Double.init)
    let ones = [Double](repeating: 1, count: 260)
    let set = try Arrays.sound.with("r_txt", [130, 2], ones).with("r_l", [130], ids)
      .with("q_l", [2], [64, 129]).read()
    for query in 0..<2 {
      let id = [64, 129][query]
      let sharing = (0..<130).filter { item in
        (0..<130).contains {
          set.queryLabels.contains($0, item: query) && set.retrievalLabels.contains($0, item: item)
        }
      }
      #expect(sharing == [id])
    }
  }

  @Test(
    "are refused with the place when they are no 0 and 1",
    arguments: [
      (-1, "found -1 at row 1"), (2, "found 2 at row 1"), (Double.nan, "found NaN at row 1"),
    ])
  func refusedMatrix(value: Double, found: String) throws {
    let refusal = try Arrays.sound.with("q_l", [2, 3], [0, 1, 0, value, 0, 0]).refusal()
    #expect(
      refusal == "F/q_l.npy, dataset q_l: expected labels of 0/1, \(found), column 0, counted from "
        + "0.")
  }

  @Test(
    "are refused when a class is no whole number from 0", arguments: [-1, 0.5, .nan, 1e300, 0x1p53])
  func refusedClass(value: Double) throws {
    let refusal = try Arrays.sound.with("q_l", [2], [3, value]).with("r_l", [3], [1, 2, 3])
      .refusal()
    #expect(refusal.contains("expected one class an item, whole numbers from 0"), "\(refusal)")
    #expect(refusal.contains("at position 1, counted from 0"), "\(refusal)")
  }

  @Test("are refused when the sides have different forms")
  func forms() throws {
    let refusal = try Arrays.sound.with("q_l", [2], [3, 4]).refusal()
    #expect(refusal.contains("labels in the form of q_l (2)"), "\(refusal)")
    #expect(refusal.contains("found shape 3 × 3"), "\(refusal)")
  }
}
