import Testing

@testable import ReportedNumbers

@Suite("Library of reported numbers")
struct ReportedLibraryTests {
  /// Cells that could be read; DCMH's Table 4 lost 14 of its 108 at the foot of a scanned page.
  static let cellCounts: [(ReportedTable, Int)] = [
    (.dbrcACMMM2017Table1, 168), (.dbrcACMMM2017Table2, 30), (.dbrcTMM2019TableI, 120),
    (.dbrcTMM2019TableII, 192), (.dcmhCVPR2017Table3, 108), (.dcmhCVPR2017Table4, 94),
  ]

  @Test("every table is read whole", arguments: cellCounts)
  func readsWholeTable(table: ReportedTable, count: Int) throws {
    #expect(try ReportedNumber.rows(of: table, csv: table.csv).count == count)
    #expect(ReportedLibrary.numbers(in: table).count == count)
  }

  @Test("no cell of a table stands twice")
  func cellsAreUnique() {
    var seen: Set<[String]> = []
    for number in ReportedLibrary.all {
      let cell = [
        number.table.rawValue, number.dataset, number.task, number.method, "\(number.bits)",
      ]
      #expect(seen.insert(cell).inserted, "\(cell)")
    }
  }

  @Test("every number is a mean average precision over the whole list")
  func measuresAreWholeList() {
    // Reports compares all of them with mAP@all, so another measure must not slip in.
    for number in ReportedLibrary.all {
      let isWholeList =
        number.measure == "mAP@all"
        || number.measure == "MAP" && number.protocolText.contains("full-list MAP")
      #expect(isWholeList, "\(number)")
    }
  }

  @Test("the same cell differs between two tables of one paper")
  func tablesDisagree() {
    let cells = [ReportedTable.dbrcTMM2019TableI, .dbrcTMM2019TableII].map {
      ReportedLibrary.numbers(
        in: $0, dataset: "FLICKR-25K", task: "I2T", method: "DBRC-N", bits: 64)
    }
    #expect(cells.map { $0.map(\.value) } == [[0.5954], [0.5854]])
    #expect(cells[0].first?.evidence.contains("Table II prints 0.5854") == true)
  }

  @Test("the value repaired by hand carries its remark")
  func repairedValue() {
    let cell = ReportedLibrary.numbers(
      in: .dcmhCVPR2017Table3, dataset: "MIRFLICKR-25K", task: "T2I", method: "SePH", bits: 16)
    #expect(cell.map(\.value) == [0.6480])
    #expect(cell.first?.evidence.contains("OCR shows 0.64801; trailing 1 read as noise") == true)
  }

  @Test("both DBRC papers print the same comparison")
  func papersAgree() {
    let names = ["DBRC": "DBRC-L"]
    for early in ReportedLibrary.numbers(in: .dbrcACMMM2017Table1) {
      let late = ReportedLibrary.numbers(
        in: .dbrcTMM2019TableII, dataset: early.dataset, task: early.task,
        method: names[early.method] ?? early.method, bits: early.bits)
      #expect(late.map(\.value) == [early.value], "\(early)")
    }
  }

  @Test("Table 4 of the DCMH paper repeats DCMH's own rows of Table 3")
  func methodRowsRepeat() {
    for number in ReportedLibrary.numbers(in: .dcmhCVPR2017Table4, method: "DCMH") {
      let other = ReportedLibrary.numbers(
        in: .dcmhCVPR2017Table3, dataset: number.dataset, task: number.task, method: "DCMH",
        bits: number.bits)
      #expect(other.map(\.value) == [number.value], "\(number)")
    }
  }

  @Test("data sets and methods are listed once each, in the order carried")
  func lists() {
    #expect(
      ReportedLibrary.datasets(in: .dbrcTMM2019TableII) == ["Wiki", "FLICKR-25K", "NUS-WIDE"])
    #expect(
      ReportedLibrary.datasets(in: .dcmhCVPR2017Table3)
        == ["MIRFLICKR-25K", "IAPR TC-12", "NUS-WIDE"])
    #expect(
      ReportedLibrary.methods(in: .dbrcACMMM2017Table2)
        == ["DBRC-C(fixed alpha continuation)", "DBRC-N(no regulariser)", "DBRC"])
    #expect(ReportedLibrary.numbers(in: .dbrcTMM2019TableII, dataset: "wiki").isEmpty)
  }

  @Test(
    "a bad record is refused in one sentence",
    arguments: [
      ("DBRC-TMM2019,Wiki,p,mAP@all,I2T,DBRC-L,16,0.2", "9 fields expected, 8 found"),
      ("Other,Wiki,p,mAP@all,I2T,DBRC-L,16,0.2,e", "paper DBRC-TMM2019 expected, Other found"),
      ("DBRC-TMM2019,Wiki,p,mAP@all,X2T,DBRC-L,16,0.2,e", "task I2T or T2I expected, X2T found"),
      (
        "DBRC-TMM2019,Wiki,p,mAP@all,I2T,DBRC-L,0,0.2,e",
        "a code length of at least 1 expected, 0 found"
      ),
      (
        "DBRC-TMM2019,Wiki,p,mAP@all,I2T,DBRC-L,16,25.3,e",
        "a value in 0 … 1 expected, 25.3 found"
      ),
      ("DBRC-TMM2019,\"Wiki,p", "a quoted field is never closed"),
    ])
  func refusesBadRecord(record: String, reason: String) {
    let text = ReportedNumber.columns.joined(separator: ",") + "\n" + record
    let error = #expect(throws: ReportedNumberError.self) {
      try ReportedNumber.rows(of: .dbrcTMM2019TableII, csv: text)
    }
    #expect(error?.description == "Record 2 of DBRC-TMM2019 Table II: \(reason).")
  }

  @Test("a wrong header is refused")
  func refusesHeader() {
    let error = #expect(throws: ReportedNumberError.self) {
      try ReportedNumber.rows(of: .dbrcTMM2019TableI, csv: "paper,value")
    }
    #expect(error?.record == 1)
  }
}
