import CodeSets
import Testing

@Suite("Rows of the queries in the retrieval set")
struct OwnRowsTests {
  private let within = Arrays.sound.without("q_img").without("r_txt")
    .with("q_txt", [2, 2], [1, 1, 1, 1]).with("r_txt", [3, 2], [1, 1, 1, 1, 1, 1])
    .with("q_img", [2, 2], [1, 1, 1, 1])
    .with("q_l", [2, 1], [7, 7]).with("r_l", [3, 1], [7, 7, 7])

  @Test(
    "count from 0 or from 1 and go to tasks of one modality", arguments: [[2], [2, 1], [1, 2]])
  func rows(shape: [Int]) throws {
    let arrays = within.with("rows", shape, [2, -1])
    let zero = try arrays.read { $0.queryRows = "rows" }
    #expect(zero.tasks.map(\.name) == ["I2T", "T2T"])
    #expect(zero.tasks[0].ownRows == nil)
    #expect(zero.tasks[1].ownRows == [2, nil])
    let one = try arrays.read {
      $0.queryRows = "rows"
      $0.firstRow = 1
    }
    #expect(one.tasks[1].ownRows == [1, nil])
  }

  @Test("are refused when they are out of range", arguments: [-2, 3, 0.5, .nan])
  func range(row: Double) throws {
    let refusal = try within.with("rows", [2], [0, row]).refusal { $0.queryRows = "rows" }
    #expect(refusal.contains("rows of the retrieval set from 0 to 2, or -1 for none"), "\(refusal)")
    #expect(refusal.contains("--query-rows-from 1") == (row == 3), "\(refusal)")
  }

  @Test("are refused where the labels are not those of the query")
  func labels() throws {
    let refusal = try within.with("r_l", [3, 1], [7, 8, 7]).with("rows", [2], [0, 1])
      .refusal { $0.queryRows = "rows" }
    #expect(
      refusal.contains("the same labels, found query 1 and row 1 with others"), "\(refusal)")
  }

  @Test("are refused for another number of queries, or where no query can find itself")
  func misfit() throws {
    let count = try within.with("rows", [3], [0, 1, 2]).refusal { $0.queryRows = "rows" }
    #expect(count.contains("one row number for each of 2 queries, found shape 3"), "\(count)")
    let task = try Arrays.sound.with("rows", [2], [0, 1]).refusal { $0.queryRows = "rows" }
    #expect(task.contains("a task I2I or T2T for --query-rows"), "\(task)")
  }
}
